"""The modules between a script and a file that is known to start its run.

They get the arguments to the run, or what the script makes of them, and neither parse nor
start a run themselves: no word in them says that they are worth reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jobready.script.files.imports import entry_for, imports_of
from jobready.script.files.library import Library
from jobready.script.source.syntax import Syntax

HOPS = 6  # imports, one after the other
MOST = 400  # modules that are looked into


def between(
    syntax: Syntax, path: Path, library: Library, runs: frozenset[Path]
) -> frozenset[Path]:
    """The modules on the shortest ways by which the script at ``path`` imports ``runs``.

    And on those that take one import more: of a class that is made of another.
    """
    entry = entry_for(syntax, path)
    start = path.resolve()
    steps = {start: 0}
    importing: dict[Path, list[Path]] = {}
    waiting = [start]
    for module in waiting:  # which grows, from near to far
        if steps[module] == HOPS or module in runs or len(waiting) > MOST:
            continue
        tree = syntax if module == start else library.syntax(module)
        if tree is None:
            continue
        for each in imports_of(tree, module, entry, library.planned).modules:
            importing.setdefault(each.real, []).append(module)
            if each.real not in steps:
                steps[each.real] = steps[module] + 1
                waiting.append(each.real)
    found: set[Path] = set()
    for run in runs & steps.keys():
        found |= _on_ways(run, steps, importing)
    return frozenset(found - runs - {start})


def _on_ways(
    run: Path, steps: Mapping[Path, int], importing: Mapping[Path, Sequence[Path]]
) -> set[Path]:
    """The modules on the shortest ways to one, and on those that take one import more."""
    further = {run: 0}  # imports from a module to the one
    waiting = [run]
    for module in waiting:  # which grows
        for each in importing.get(module, ()):
            if each not in further:
                further[each] = further[module] + 1
                waiting.append(each)
    return {m for m, left in further.items() if steps[m] + left <= steps[run] + 1}
