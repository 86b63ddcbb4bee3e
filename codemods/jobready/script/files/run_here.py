"""What an entry script may run of its modules, by every name that leads there.

More strictly than `reached`, which goes by the calls that are seen: a place counts as run
unless none of the functions and classes by which one could get to it is named where the
script runs anything, in whatever way.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

from jobready.project.modules import may_be_here
from jobready.project.search_path import Entry
from jobready.script.files.imported import not_followed, of_packages
from jobready.script.files.imports import entry_for
from jobready.script.files.library import Library
from jobready.script.files.program import Program, dotted_name
from jobready.script.source.scopes import FUNCTIONS, running
from jobready.script.source.syntax import LOADERS, Syntax
from jobready.script.values.functions import name_of
from jobready.script.values.parser_classes import EMPTY_BASES

# What makes a function another object, and hands it to nobody.
KEEPS = frozenset(
    ("abstractmethod", "classmethod", "dataclass", "property", "staticmethod")
)
# What runs a text or a file, or finds modules and what they have without naming them.
RUN_TEXTS = frozenset(("eval", "exec"))
UNNAMED = frozenset(
    (
        *(
            "SourceFileLoader",
            "globals",
            "run_module",
            "run_path",
            "spec_from_file_location",
        ),
        *("__subclasses__", "iter_modules", "walk_packages"),
    )
)


class RunHere:
    """Tells of a place in a module whether an entry script may run it."""

    def __init__(self, program: Program, path: Path, library: Library) -> None:
        self._program, self._path, self._library = program, path, library
        self._known: dict[str, bool] = {}

    def may_run(self, node: ast.AST, part: Syntax) -> bool:
        """Whether the script may get to a node of a module."""
        if part in self._starting:
            return True
        name = definition(node, part)
        if name is None:
            return node not in part.alone
        if name not in self._known:
            self._known[name] = self._is_led_to(name) or self._finds_unnamed
        return self._known[name] or _is_handed_on(node, part)

    def _is_led_to(self, name: str) -> bool:
        """Whether names lead to that of a definition from where anything is run."""
        waiting = [name]
        for each in waiting:  # which grows
            for part in self._parts:
                for node in _uses(each, part) if part.mentions(each) else ():
                    if isinstance(node, ast.alias):
                        waiting += {node.asname or each} - {*waiting}
                    elif self._runs(node, part):
                        return True
                    else:
                        waiting += {definition(node, part) or each} - {*waiting}
        return False

    def _runs(self, node: ast.AST, part: Syntax) -> bool:
        """Whether a node runs by itself, or may be handed to somebody who runs it."""
        if part in self._starting:
            return True
        if definition(node, part) is None:
            return node not in part.alone
        return _is_handed_on(node, part)

    @cached_property
    def _starting(self) -> frozenset[Syntax]:
        return frozenset((self._program.modules[0], *self._program.told))

    @cached_property
    def _parts(self) -> tuple[Syntax, ...]:
        """Each file that it imports, with those that are not followed."""
        program, path, library = self._program, self._path, self._library
        others = (s for _, s in not_followed(program, self._start, library))
        packages = of_packages(program, path, library)
        return tuple(dict.fromkeys((*program.modules, *others, *packages)))

    @cached_property
    def _finds_unnamed(self) -> bool:
        """Whether something may be found, and run, that isn't named there.

        What a user names by a field that the program never sets is no part of it.
        """
        if any(_finds(part, self._modules(part)) for part in self._parts):
            return True
        brought = (held for part in self._parts for held in _brought(part))
        return any(held is None or held.attr in self._stored for held in brought)

    def _modules(self, part: Syntax) -> set[str]:
        """The names that a file binds by imports to what is of the repository."""
        entry, planned = self._start, self._library.planned
        return {
            alias.asname or alias.name.partition(".")[0]
            for each in part.of(ast.Import, ast.ImportFrom)
            for alias in each.names
            for name in (
                dotted_name(each) if isinstance(each, ast.ImportFrom) else alias.name,
            )
            if may_be_here(name, entry.folder, entry, planned)
        }

    @cached_property
    def _start(self) -> Entry:
        return entry_for(self._program.modules[0], self._path)

    @cached_property
    def _stored(self) -> frozenset[str]:
        """The attributes that somebody sets."""
        return frozenset(
            node.attr
            for part in self._parts
            for node in part.of(ast.Attribute)
            if isinstance(node.ctx, ast.Store)
        )


def definition(node: ast.AST, part: Syntax) -> str | None:
    """The function, or the class, of a module in which a node is run by calls alone."""
    if isinstance(running(part.scopes[node]), ast.Module):
        return None  # also the default of a parameter
    around = [a for a in part.ancestors(node) if isinstance(a, (*FUNCTIONS, ast.ClassDef))]
    return around[-1].name if around else None


def _is_handed_on(node: ast.AST, part: Syntax) -> bool:
    """Whether the definition around a node may be kept by a decorator, or a class above."""
    for above in part.ancestors(node):
        if isinstance(above, (*FUNCTIONS, ast.ClassDef)):
            if any(_decorator(d) not in KEEPS for d in above.decorator_list):
                return True
        if isinstance(above, ast.ClassDef):
            bases = {ast.unparse(base) for base in above.bases}
            if not bases <= EMPTY_BASES or above.keywords:
                return True
    return False


def _decorator(node: ast.expr) -> str | None:
    return name_of(node.func if isinstance(node, ast.Call) else node)


def _uses(name: str, part: Syntax) -> Iterator[ast.AST]:
    """Where a file has a name: in code, in an import by another, or as a text."""
    yield from part.named.get(name, ())
    for statement in part.of(ast.ImportFrom):
        yield from (a for a in statement.names if a.name == name and a.asname)
    for text in part.of(ast.Constant):
        if (
            isinstance(text.value, str)
            and text.value.replace(":", ".").rpartition(".")[2] == name
        ):
            if not _only_offers(text, part):
                yield text


def _only_offers(text: ast.Constant, part: Syntax) -> bool:
    """Whether a text is one of the names that a module offers: ``__all__``."""
    statement = part.statement(text)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [ast.unparse(t) for t in targets] == ["__all__"]


def _finds(part: Syntax, modules: Collection[str]) -> bool:
    """Whether a file finds what it runs by something else than its name.

    ``modules`` are the names that it has for modules of its repository.
    """
    if not UNNAMED.isdisjoint(part.named):
        return True
    taken = [
        part.parent[n] for name in ("getattr", "vars") for n in part.named.get(name, ())
    ]
    taken += part.named.get("__dict__", ())
    if any(map(_is_modules, part.named.get("modules", ()))):
        return True
    for node in taken:
        match node:
            case ast.Call(args=[_, ast.Constant(), *_]):
                continue
            case ast.Call(args=[held, *_]) | ast.Attribute(value=held):
                pass
            case _:
                return True  # handed on
        if isinstance(held, ast.Name) and held.id in modules:
            return True
    return False


def _is_modules(node: ast.AST) -> bool:
    """Whether it is ``sys.modules``."""
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sys"
    )


def _brought(part: Syntax) -> Iterator[ast.Attribute | None]:
    """What holds the names of modules that a file loads, and the texts that it runs.

    Not of what is spelled out; None where it is no attribute of something.
    """
    nodes = [n for name in LOADERS for n in part.named.get(name, ())]
    texts = [n for name in RUN_TEXTS for n in part.named.get(name, ())]
    nodes += [n for n in texts if isinstance(n, ast.Name)]  # no `model.eval()`
    for node in nodes:
        match part.parent[node]:
            case ast.Call(func=func, args=[ast.Constant()], keywords=[]) if func is node:
                continue
            case ast.Call(func=func, args=[ast.Attribute() as held], keywords=[]) if (
                func is node
            ):
                yield held
            case _:
                yield None
