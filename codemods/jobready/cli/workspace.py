"""The files of one migration: what each holds now, and for which scripts it was changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.cli.proposals import Proposal, Proposing
from jobready.net import holding_signals
from jobready.outcome import (
    NOTE,
    ROUTED,
    Failed,
    Outcome,
    Reason,
    Refused,
    Rewritten,
    Unchanged,
)
from jobready.project.files import changed_meanwhile, decode_source, read_bytes

if TYPE_CHECKING:
    from jobready.cli.inputs import Inputs
    from jobready.edits.options import Options
    from jobready.report.results import FileResult

SHOWN_SCRIPTS = 3


@dataclass
class _Changed:
    """A file with a new text, and the scripts that it was changed for as a module."""

    now: str
    forms: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


class Workspace:
    """Migrates one script after the other; the next sees what the last one changed.

    Only the files of ``inputs`` are written, and none where ``pending``. What a script
    needs in several files is written in all of them or in none.
    """

    def __init__(self, inputs: Inputs, options: Options, *, pending: bool) -> None:
        from jobready.script.files.library import Library

        self.inputs = inputs
        self.options = options
        self.pending = pending
        self._library = Library()
        self._names = {_real(path): str(path) for path in inputs.files}
        self._proposed: dict[Path, Proposal] = {}
        self._changed: dict[Path, _Changed] = {}
        self._created: set[Path] = set()
        if options.shared is not None:
            self._names[options.shared.path] = options.shared.shown
        self._proposing = Proposing(inputs, options)

    def look_ahead(self, begun: Callable[[int], None]) -> None:
        """Find out with all cores what is to become of the scripts, where that pays.

        What was found is held to be true until a file changes that it was found in.
        ``begun`` is told how many of the files have been begun.
        """
        if self.options.shared is None:  # of which a script must know what the last one did
            self._proposed = self._proposing.ahead(self._library, begun)

    def migrate(self, path: Path) -> Outcome:
        """What becomes of one script, which is done when this returns."""
        proposal = self._proposed.pop(path, None)
        done = None if proposal is None else self._done(path, proposal)
        if done is not None:
            return self._served(path, done)
        if proposal is None or not self._holds(proposal):
            changed = self._changed.get(_real(path)) if self.pending else None
            now = None if changed is None else changed.now
            proposal = self._proposing(path, self._library, now)
        outcome = proposal.outcome
        if isinstance(outcome, Rewritten):
            return self._put(path, proposal.before, outcome)
        if isinstance(outcome, Unchanged):
            return self._served(path, outcome)
        return outcome

    def _holds(self, proposal: Proposal) -> bool:
        """Whether the files that a proposal was found in are as it takes them to be."""
        stale = proposal.read & self._changed.keys()
        return {file: self._changed[file].now for file in stale} == proposal.assumed

    def _done(self, path: Path, proposal: Proposal) -> Unchanged | None:
        """The outcome of a script for which others had all done that was proposed for it.

        There is nothing left to do to the texts of a proposal: that was looked at.
        """
        outcome = proposal.outcome
        if not isinstance(outcome, Rewritten) or outcome.text != proposal.before[path]:
            return None
        texts = {_real(file): new for file, new in outcome.also}
        stale = proposal.read & self._changed.keys()
        changed = {file: self._changed[file].now for file in stale}
        if not changed or changed != texts:
            return None
        notes = tuple(r for r in outcome.reasons if r.message.startswith(NOTE))
        return Unchanged((Reason(ROUTED),), outcome.through, notes)

    def outcome(self, result: FileResult) -> FileResult:
        """A result with what the file was changed for beside, once all are done."""
        changed = self._changed.get(_real(result.path))
        if changed is None or not changed.scripts:
            return result
        names = ", ".join(changed.scripts[:SHOWN_SCRIPTS])
        more = len(changed.scripts) - SHOWN_SCRIPTS
        text = f"for {names}" + (f" and {more} more" if more > 0 else "")
        reasons: tuple[Reason, ...] = (Reason(text),)
        forms, through = changed.forms, tuple[str, ...]()
        if isinstance(result.outcome, Rewritten):
            forms = tuple(dict.fromkeys((*result.outcome.forms, *forms)))
            reasons, through = (*result.outcome.reasons, *reasons), result.outcome.through
        elif isinstance(result.outcome, Refused | Failed):
            reasons += result.outcome.reasons
        outcome = Rewritten(changed.now, forms, reasons, through=through)
        created = _real(result.path) in self._created
        return replace(result, outcome=outcome, scripts=changed.scripts, created=created)

    def unreported(self, results: Sequence[FileResult]) -> list[FileResult]:
        """What was changed of which the results don't say so.

        The shared module, if it was none of the files, and what a signal came behind.
        """
        from jobready.report.results import FileResult

        said = {_real(r.path) for r in results if isinstance(r.outcome, Rewritten)}
        return [
            self.outcome(FileResult(self._names[real], Unchanged()))
            if changed.scripts
            else FileResult(self._names[real], Rewritten(changed.now, changed.forms))
            for real, changed in self._changed.items()
            if real not in said
        ]

    def changes(self) -> Iterator[tuple[str, str, bool]]:
        """The name of each changed file, its text now, and whether it is a new one."""
        for real, changed in self._changed.items():
            yield self._names[real], changed.now, real in self._created

    def _put(
        self, path: Path, old: Mapping[Path, str | None], outcome: Rewritten
    ) -> Outcome:
        """Write what a script needs in place of ``old`` texts, or keep it to be shown."""
        reason = self._not_to_write(path, old, outcome)
        if reason is not None:
            return Refused((reason,), outcome.through)
        # modules first: no script imports what isn't there yet
        texts = {Path(file): new for file, new in outcome.also}
        texts |= {} if outcome.text == old[path] else {path: outcome.text}
        with holding_signals():  # all of them or none, and what was written is known
            failed = self._write(texts, old)
            if failed is not None:
                return failed
            for file, new in texts.items():
                if old[file] is None:
                    self._created.add(_real(file))
                changed = self._changed.setdefault(_real(file), _Changed(new))
                changed.now = new
                changed.forms = tuple(dict.fromkeys((*changed.forms, *outcome.forms)))
                if file != path:
                    changed.scripts = (*changed.scripts, str(path))
        self._library = self._library.changed({_real(f): t for f, t in texts.items()})
        self._note_shared(path, outcome.through)
        if path in texts:
            return replace(outcome, also=())
        return _by_others([file for file, _ in outcome.also], outcome)

    def _served(self, path: Path, outcome: Unchanged) -> Unchanged:
        """The outcome of a script that needs no more than was changed for others."""
        changed = {f: self._changed.get(_real(f)) for f in outcome.through}
        files = [file for file, change in changed.items() if change is not None]
        if not files or not any(r.message == ROUTED for r in outcome.reasons):
            return outcome
        for change in filter(None, changed.values()):
            change.scripts = (*change.scripts, str(path))
        # what is in those files was said of the first script
        own = tuple(note for note in outcome.notes if note.file not in files)
        return _by_others(files, replace(outcome, reasons=own, notes=()))

    def _note_shared(self, path: Path, through: Sequence[str]) -> None:
        """Name a script among those that the shared module was changed for."""
        shared = self.options.shared
        changed = None if shared is None else self._changed.get(shared.path)
        if changed is None or str(path) in changed.scripts:
            return
        if shared is not None and shared.shown in through:
            changed.scripts = (*changed.scripts, str(path))

    def _not_to_write(
        self, path: Path, old: Mapping[Path, str | None], outcome: Rewritten
    ) -> Reason | None:
        """Why the other files of a script are not to be changed."""
        from jobready.lint.suppressions import opted_out, suppressions_in

        other = [f for f, _ in outcome.also if _real(f) not in self._names]
        if other:
            import shlex

            told = [self._names[run] for run in sorted(self.options.runs)]
            runs = [word for name in told for word in ("--run-in", name)]
            command = shlex.join(["jobready", "migrate", *runs, str(path), *other])
            were = "which was" if len(other) == 1 else "which were"
            text = f"its parameters pass through {' and '.join(other)}, {were} not given"
            return Reason(f"{text}: {command}")
        for file, _ in outcome.also:
            comment = opted_out(suppressions_in(old[Path(file)] or ""))
            if comment is not None:
                text = "a comment takes the file out (# jobready: ignore-file)"
                return Reason(text, comment.place.line, comment.place.column, file)
        return None

    def _write(
        self, texts: Mapping[Path, str], old: Mapping[Path, str | None]
    ) -> Failed | Refused | None:
        """Put the new texts in place of the old, all or none; None where that went well."""
        from jobready.cli.rewriting import create, put

        done: list[tuple[Path, bytes | None]] = []
        for path, text in texts.items():
            if old[path] is None:
                made = create(path, text, pending=self.pending)
                if made is not None:
                    _put_back(done)
                    return made
                if not self.pending:
                    done.append((path, None))
                continue
            data = read_bytes(path)
            source = data if isinstance(data, Failed) else decode_source(data, path)
            failed: Failed | Refused | None
            if isinstance(data, Failed):
                failed = data
            elif isinstance(source, Failed):
                failed = source
            elif not self.pending and source.text != old[path]:
                failed = changed_meanwhile()
            else:
                failed = put(path, source, data, text, pending=self.pending)
            if failed is not None:
                _put_back(done)
                return failed
            assert isinstance(data, bytes)
            if not self.pending:
                done.append((path, data))
        return None


def _real(path: str | Path) -> Path:
    """The file itself, by whatever name; unlike `Path.resolve` for a loop of links too."""
    return Path(os.path.realpath(path))


def _by_others(files: Sequence[str], outcome: Rewritten | Unchanged) -> Unchanged:
    """The outcome of a script for which only other files change."""
    why = Reason(f"takes launched values by what changes in {' and '.join(files)}")
    return Unchanged((why, *outcome.reasons), outcome.through)


def _put_back(done: Sequence[tuple[Path, bytes | None]]) -> None:
    """Give files back what they held, and take away those that were created."""
    from jobready.project.files import remove_file, replace_file

    for path, data in done:
        if data is None:
            remove_file(path)
        else:
            replace_file(path, data)
