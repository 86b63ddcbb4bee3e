"""What is to become of the scripts of a migration, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.net import alone, raise_if_stopped
from jobready.outcome import Failed, Outcome, Reason, Rewritten, Unchanged
from jobready.project.files import decode_source, read_bytes
from jobready.project.mentions import may_be_migrated, may_parse

if TYPE_CHECKING:
    from jobready.cli.inputs import Inputs
    from jobready.edits.options import Options
    from jobready.script.files.library import Library

# What every script that is read needs.
AHEAD = ("lint.migrate", "project.environment", "script.linked")


@dataclass(frozen=True)
class Proposal:
    """What is to become of a script, and the real files that tell so.

    ``before`` has the texts that it is about, of the script and of the modules that change
    with it: None for one that isn't there yet. ``assumed`` has the texts of those that are
    held to be changed for another script by then.
    """

    outcome: Outcome
    before: Mapping[Path, str | None] = field(default_factory=dict)
    read: frozenset[Path] = frozenset()
    assumed: Mapping[Path, str] = field(default_factory=dict)


class Proposing:
    """Makes the proposals for the scripts of some inputs; writes nothing."""

    def __init__(self, inputs: Inputs, options: Options) -> None:
        self.inputs = inputs
        self.options = options

    def __call__(self, path: Path, library: Library, now: str | None = None) -> Proposal:
        """The proposal for one script, or for what its text would be ``now``."""
        data = read_bytes(path)
        if isinstance(data, Failed):
            return Proposal(data)
        if not self._may_be_script(path, data):
            return Proposal(Unchanged())
        source = decode_source(data, path)
        if isinstance(source, Failed):
            return Proposal(source)
        matters = self._matters(data)
        if not matters and not may_parse(data) and b"import" not in data:
            return Proposal(_unchanged(source.text))
        from jobready.edits.migrate import Linked
        from jobready.lint.migrate import migrate_unless_opted_out
        from jobready.project.environment import environment_of

        text, read = source.text if now is None else now, {path.resolve()}
        now_held = library = library.for_script(lambda file, _: read.add(file))
        if path not in self.inputs.given and not (matters or self.options.add_init):
            from jobready.script.linked import starts_none

            if starts_none(text, path, library):
                return Proposal(Unchanged(), read=frozenset(read))
        options = self.options
        around = environment_of(path, self.inputs.config)
        if options.shared is not None:
            shared = replace(options.shared, library=library)  # as the last script left it
            options = replace(options, shared=shared)
            if shared.is_new:  # a script that imports it lacks nothing else
                library = library.changed({shared.path: shared.new_text()})
        linked = Linked(path, library, options.runs - {path.resolve()})
        outcome = migrate_unless_opted_out(text, options, around, linked)
        also = outcome.also if isinstance(outcome, Rewritten) else ()
        before = {Path(file): _held(file, now_held) for file, _ in also}
        return Proposal(outcome, {**before, path: text}, frozenset(read))

    def ahead(self, library: Library, begun: Callable[[int], None]) -> dict[Path, Proposal]:
        """The proposals for the inputs; what is worth reading waits if it is little.

        Else all cores read it. ``begun`` is told how many of the inputs have been begun.
        """
        from jobready.lint.processes import READ, import_ahead, in_parts, pays

        found: dict[Path, Proposal] = {}
        sizes: dict[Path, int] = {}
        for path in self.inputs.files:
            data = read_bytes(path)
            if isinstance(data, Failed):
                found[path] = Proposal(data)
            elif self._may_be_script(path, data):
                sizes[path] = len(data)
            else:
                found[path] = Proposal(Unchanged())
        if not pays(sizes, READ):
            return found
        import_ahead(AHEAD)
        paths = list(sizes)  # in the order in which they are migrated
        every = len(self.inputs.names)
        at = {path: number * every // len(paths) for number, path in enumerate(paths)}
        for part in in_parts(partial(self._each, library, at, begun), paths, READ):
            found |= part
        return found

    def _each(
        self,
        library: Library,
        at: Mapping[Path, int],
        begun: Callable[[int], None],
        paths: Iterable[Path],
    ) -> dict[Path, Proposal]:
        """The proposals for some scripts, of which each assumes what those before change.

        So the modules that many share are changed once, and looked at as they are then.
        """
        found = {}
        changed: dict[Path, str] = {}
        for path in paths:
            begun(at[path])
            proposal = alone(partial(self, path, library, changed.get(path.resolve())))
            raise_if_stopped()
            if isinstance(proposal, Failed):
                found[path] = Proposal(proposal)
                continue
            assumed = {file: changed[file] for file in proposal.read & changed.keys()}
            found[path] = replace(proposal, assumed=assumed)
            if isinstance(proposal.outcome, Rewritten) and proposal.outcome.also:
                new = {Path(file).resolve(): text for file, text in proposal.outcome.also}
                changed |= new
                library = library.changed(new)
        return found

    def _may_be_script(self, path: Path, data: bytes) -> bool:
        """Whether there may be something to do, as far as bytes and imports tell."""
        return path in self.inputs.given or self._matters(data) or path in self._importing

    def _matters(self, data: bytes) -> bool:
        return may_be_migrated(data, add_init=self.options.add_init)

    @cached_property
    def _importing(self) -> frozenset[Path]:
        """The files that may be scripts because of what they import."""
        from jobready.project.importers import importers

        return frozenset(importers(self.inputs.files))


def _held(file: str, library: Library) -> str | None:
    """The text of a module as the script sees it, None for one that isn't there yet."""
    real = Path(file).resolve()
    if library.bytes_of(real) is None:
        return None
    module = library.syntax(real)
    assert module is not None, "it was read to be changed"
    return module.text


def _unchanged(text: str) -> Unchanged | Failed:
    """The outcome of a named file without a run: it must be Python all the same."""
    from jobready.script.source.tree import parse

    tree = parse(text)
    return tree if isinstance(tree, Failed) else Unchanged((Reason("starts no run"),))
