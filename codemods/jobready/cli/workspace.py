"""The files of one migration: what each holds now, and for which scripts it was changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.net import holding_signals
from jobready.outcome import (
    ROUTED,
    Failed,
    Outcome,
    Reason,
    Refused,
    Rewritten,
    Unchanged,
)
from jobready.project.files import changed_meanwhile, decode_source, read_bytes
from jobready.project.mentions import may_be_migrated, may_parse

if TYPE_CHECKING:
    from jobready.cli.inputs import Inputs
    from jobready.edits.options import Options
    from jobready.project.files import Source
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
        from jobready.script.library import Library

        self.inputs = inputs
        self.options = options
        self.pending = pending
        self._library = Library()
        self._names = {_real(path): str(path) for path in inputs.files}
        self._changed: dict[Path, _Changed] = {}
        self._created: set[Path] = set()
        if options.shared is not None:
            self._names[options.shared.path] = options.shared.shown
        self._importers: frozenset[Path] | None = None

    def migrate(self, path: Path) -> Outcome:
        """What becomes of one script, which is done when this returns."""
        data = read_bytes(path)
        if isinstance(data, Failed):
            return data
        given = path in self.inputs.given
        matters = may_be_migrated(data, add_init=self.options.add_init)
        if not given and not matters and path not in self._importing:
            return Unchanged()
        source = decode_source(data, path)
        if isinstance(source, Failed):
            return source
        if not matters and not may_parse(data) and b"import" not in data:
            return _unchanged(source.text)
        from jobready.edits.migrate import Linked
        from jobready.lint.migrate import migrate_unless_opted_out
        from jobready.project.environment import environment_of

        around = environment_of(path, self.inputs.config)
        text = self._text(path, source)
        options, library = self.options, self._library.for_script()
        if options.shared is not None:
            shared = replace(options.shared, library=library)  # as the last script left it
            options = replace(options, shared=shared)
            if shared.is_new:  # a script that imports it lacks nothing else
                library = library.changed({shared.path: shared.new_text()})
        linked = Linked(path, library)
        outcome = migrate_unless_opted_out(text, options, around, linked)
        if isinstance(outcome, Rewritten):
            return self._put(path, text, outcome)
        if isinstance(outcome, Unchanged):
            return self._served(path, outcome)
        return outcome

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

    @property
    def _importing(self) -> frozenset[Path]:
        """The files that may be scripts because of what they import."""
        from jobready.project.importers import importers

        if self._importers is None:
            self._importers = frozenset(importers(self.inputs.files))
        return self._importers

    def _text(self, path: Path, source: Source) -> str:
        changed = self._changed.get(_real(path)) if self.pending else None
        return source.text if changed is None else changed.now

    def _put(self, path: Path, text: str, outcome: Rewritten) -> Outcome:
        """Write what a script needs, or keep it to be shown."""
        reason = self._not_to_write(path, outcome)
        if reason is not None:
            return Refused((reason,), outcome.through)
        # modules first: no script imports what isn't there yet
        texts = {Path(file): new for file, new in outcome.also}
        texts |= {} if outcome.text == text else {path: outcome.text}
        old = {file: text if file == path else self._known(file) for file in texts}
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
        return _by_others(files, replace(outcome, reasons=()))

    def _note_shared(self, path: Path, through: Sequence[str]) -> None:
        """Name a script among those that the shared module was changed for."""
        shared = self.options.shared
        changed = None if shared is None else self._changed.get(shared.path)
        if changed is None or str(path) in changed.scripts:
            return
        if shared is not None and shared.shown in through:
            changed.scripts = (*changed.scripts, str(path))

    def _not_to_write(self, path: Path, outcome: Rewritten) -> Reason | None:
        """Why the other files of a script are not to be changed."""
        from jobready.lint.suppressions import opted_out, suppressions_in

        other = [f for f, _ in outcome.also if _real(f) not in self._names]
        if other:
            import shlex

            command = shlex.join(["jobready", "migrate", str(path), *other])
            were = "which was" if len(other) == 1 else "which were"
            text = f"its parameters pass through {' and '.join(other)}, {were} not given"
            return Reason(f"{text}: {command}")
        for file, _ in outcome.also:
            comment = opted_out(suppressions_in(self._known(file) or ""))
            if comment is not None:
                text = "a comment takes the file out (# jobready: ignore-file)"
                return Reason(text, comment.place.line, comment.place.column, file)
        return None

    def _write(
        self, texts: dict[Path, str], old: dict[Path, str | None]
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

    def _known(self, file: str | Path) -> str | None:
        """The text of a module as the scripts see it, None for one that isn't there yet."""
        if self._library.bytes_of(_real(file)) is None:
            return None
        module = self._library.syntax(_real(file))
        assert module is not None, "it was read to be changed"
        return module.text


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


def _unchanged(text: str) -> Unchanged | Failed:
    """The outcome of a named file without a run: it must be Python all the same."""
    from jobready.script.tree import parse

    tree = parse(text)
    return tree if isinstance(tree, Failed) else Unchanged((Reason("starts no run"),))
