"""What the reads of a take say about the values that it was launched with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pytest_jobready.rehearsal import Read
from pytest_jobready.verdicts.parameters import Parameter, Typed
from pytest_jobready.verdicts.statements import handing_on, showing, taking_back

# Where a parameter is read: the file, the line, and whether all are read at once.
Place = tuple[Path, int, bool]
Seen = Mapping[tuple[str, Place], tuple[Typed, ...]]


@dataclass(frozen=True)
class Stale:
    """A read that didn't see the value that it should have."""

    read: Read
    name: str
    due: Typed

    @property
    def saw(self) -> Typed:
        """What it saw."""
        return typed(self.read)


def typed(read: Read) -> Typed:
    """What a read saw."""
    return Typed(read.type, read.text)


def place(read: Read) -> Place:
    """Where it read."""
    return read.file, read.line, read.whole


def uses(
    reads: Iterable[Read], parameters: Iterable[Parameter]
) -> Iterator[tuple[str, Read]]:
    """The reads that use a value, each with the parameter's name.

    What only hands all parameters to a run is no use yet, and what takes them back from
    one reads what it is to replace. Showing all of them before the run is there, as by
    ``print(args)``, decides nothing. A config calls a parameter by its key.
    """
    for name, read in _known(reads, parameters):
        if read.source == "namespace" and read.line in taking_back(read.file):
            continue
        if read.whole and read.line in handing_on(read.file):
            continue
        if not _is_display(read):
            yield name, read


def outdated_displays(
    reads: Iterable[Read], parameters: Iterable[Parameter], due: Mapping[str, Typed]
) -> list[Stale]:
    """What shows all parameters before the run is there, and not as they are launched."""
    return [
        Stale(read, name, due[name])
        for name, read in _known(reads, parameters)
        if name in due and _is_display(read) and not typed(read).is_same(due[name])
    ]


def _is_display(read: Read) -> bool:
    before = read.whole and read.when == "before init"
    return before and read.line in showing(read.file)


def _known(
    reads: Iterable[Read], parameters: Iterable[Parameter]
) -> Iterator[tuple[str, Read]]:
    names = {p.name: p.name for p in parameters}
    keys = {p.key: p.name for p in parameters}
    for read in reads:
        known = keys if read.source == "config" else names
        name = known.get(read.parameter)
        if name is not None:
            yield name, read


def seen_by(reads: Iterable[Read], parameters: Iterable[Parameter]) -> Seen:
    """All values that each place saw of each parameter."""
    found: dict[tuple[str, Place], list[Typed]] = defaultdict(list)
    for name, read in uses(reads, parameters):
        found[name, place(read)].append(typed(read))
    return {key: tuple(values) for key, values in found.items()}


def stale(
    reads: Iterable[Read], parameters: Iterable[Parameter], due: Mapping[str, Typed]
) -> list[Stale]:
    """The uses that saw something else than what is due, in the order of the script."""
    return [
        Stale(read, name, due[name])
        for name, read in uses(reads, tuple(parameters))
        if name in due and not typed(read).is_same(due[name])
    ]


def without(found: Iterable[Stale], expected: Seen) -> list[Stale]:
    """Those that a run on a command line doesn't explain.

    Where it saw the same at the same place, the script itself makes that of the value.
    """
    return [
        each
        for each in found
        if not any(
            each.saw.is_same(other)
            for other in expected.get((each.name, place(each.read)), ())
        )
    ]


def first_of_each(found: Iterable[Stale]) -> list[Stale]:
    """One for each parameter and line."""
    once: dict[tuple[str, Path, int], Stale] = {}
    for each in found:
        once.setdefault((each.name, each.read.file, each.read.line), each)
    return list(once.values())


def child(read: Read) -> str | None:
    """The process that read, without its id; None for the script's own."""
    name = re.sub(r":\d+$", "", read.process)
    return None if name == "main" else name
