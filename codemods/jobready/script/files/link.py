"""Bringing the modules together that an entry script's parser, arguments and run pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jobready.project.search_path import Entry
from jobready.script.files.imports import Import, Imports, Way, entry_for, imports_of
from jobready.script.files.library import Library
from jobready.script.files.program import Program
from jobready.script.files.started_for import started_for
from jobready.script.source.syntax import Syntax

HOPS = 3
# What they do is known; where the repository is their own, or has a copy, it isn't read.
FRAMEWORKS = frozenset(("accelerate", "transformers", "trl"))
ALL = frozenset("*")
NONE: frozenset[Path] = frozenset()


def link(
    syntax: Syntax,
    path: Path,
    library: Library,
    asked: frozenset[Path] = NONE,
    runs: frozenset[Path] = NONE,
) -> Program:
    """The script at ``path`` with the modules it reaches, of which there may be none.

    Those of its repository that may make a parser, parse or start a run, those that give
    the arguments back, and what leads to them in at most three imports one after the
    other, of the script or of a file that it does no more than start. What is ``asked``
    for is followed wherever it is imported, and the files that start its ``runs`` count
    whether they are imported or not. Nothing is imported or run.
    """
    entry = entry_for(syntax, path)
    imports = imports_of(syntax, path, entry, library.planned)
    script = _Module(syntax, imports, hops=0, hands_on=False)
    search = _Search(path, entry, script, library, asked)
    for run in sorted(runs):
        search.add(run)
    found = search.found
    brings: dict[Syntax, dict[str, Syntax]] = {}
    others: dict[Syntax, dict[str, Path]] = {}
    for module in found.values():
        brings[module.syntax], others[module.syntax] = {}, {}
        for each in module.imports.modules:
            if each.real in found:
                brings[module.syntax][each.name] = found[each.real].syntax
            else:
                others[module.syntax][each.name] = each.real
    told = frozenset(found[each].syntax for each in runs if each in found)
    return Program(tuple(brings), brings, others, told, asked)


@dataclass(eq=False)
class _Module:
    """A module that is followed, how many imports lead to it, and what is wanted of it.

    Most imports of one that ``hands_on``, an ``__init__.py``, are there for others: of
    those only what is wanted is followed, and what matters by being imported.
    """

    syntax: Syntax
    imports: Imports
    hops: int
    hands_on: bool
    wanted: frozenset[str] = frozenset()


class _Search:
    """Goes from a script to the modules that are worth reading."""

    def __init__(
        self,
        path: Path,
        entry: Entry,
        script: _Module,
        library: Library,
        asked: frozenset[Path],
    ) -> None:
        self.found = {path.resolve(): script}
        self._entry = entry
        self._script = script
        self._started_for = started_for(script.syntax)
        self._returning = script.imports.returning
        self._library = library
        self._asked = asked
        self._waiting = [(script, ALL)]
        for module, wanted in self._waiting:  # which grows
            for each in module.imports.modules:
                self._follow(each, module, wanted)

    def add(self, path: Path) -> None:
        """Add a module that no import need lead to, and none of those that it imports."""
        tree = self._library.syntax(path)
        if path not in self.found and tree is not None:
            imports = imports_of(tree, path, self._entry, self._library.planned)
            self.found[path] = _Module(tree, imports, HOPS, hands_on=False)

    def _follow(self, each: Import, module: _Module, wanted: frozenset[str]) -> None:
        """Follow an import of a module of which some names are wanted now."""
        if each.name.partition(".")[0] in FRAMEWORKS:
            return
        names = _brought(each, module, wanted)
        target = self.found.get(each.real)
        if target is None:
            starts = self._starts(each, module)
            if not (starts or each.real in self._asked) and (
                module.hops >= HOPS or not self._leads(each, names, module)
            ):
                return
            tree = self._library.syntax(each.real)
            if tree is None:
                return
            planned = self._library.planned
            further = imports_of(tree, each.target, self._entry, planned)
            hands_on = each.real.name == "__init__.py"
            hops = module.hops if starts else module.hops + 1
            target = _Module(tree, further, hops, hands_on)
            self.found[each.real] = target
            self._waiting.append((target, names or frozenset()))
            target.wanted = names or frozenset()
        elif names is not None and target.hands_on and not names <= target.wanted:
            self._waiting.append((target, names - target.wanted))
            target.wanted |= names

    def _starts(self, each: Import, module: _Module) -> bool:
        """Whether it is for what an import brings that the script is started."""
        called = self._started_for
        return module is self._script and any(bound in called for bound, _ in each.brings)

    def _leads(self, each: Import, names: frozenset[str] | None, module: _Module) -> bool:
        """Whether a module is worth reading: it may matter, or hand on what it imports.

        One that defines a function which gives arguments back matters too, one that defines
        a dataclass, which a parser may be made of, one that has words of which the names of
        modules are put together, and one that may be loaded so for what it defines.
        """
        if each.way is Way.TOLD or self._library.matters(each.real):
            return True
        if any(bound in module.imports.words for bound, _ in each.brings):
            return True
        data = None if names is None else self._library.bytes_of(each.real)
        if names is None or data is None:
            return False
        returning = module.imports.returning | self._returning
        wanted = returning if each.way is Way.STATEMENT else returning | names
        if any(f"def {f}(".encode() in data for f in wanted):
            return True
        hands_on = each.real.name == "__init__.py" and b"import" in data
        if not hands_on and b"@dataclass" not in data:
            return False
        if hands_on and b"import *" in data:
            return bool(names)
        before = b"" if hands_on else b"class "
        return any(n == "*" or before + n.encode() in data for n in names)


def _brought(
    each: Import, module: _Module, wanted: frozenset[str]
) -> frozenset[str] | None:
    """The names that an import is to bring; None where nobody asks for it."""
    everything = not module.hands_on or "*" in wanted
    used = module.syntax.named  # by what stands in the module itself
    asked = [
        wanted if bound == "*" and not everything else names
        for bound, names in each.brings
        if everything or bound == "*" or bound in wanted or bound in used
    ]
    return frozenset().union(*asked) if asked else None
