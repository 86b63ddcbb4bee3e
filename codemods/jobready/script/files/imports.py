"""Which files of its repository a file imports, and what gives it arguments back."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from jobready.project.modules import imported_from, may_be_here, modules_like
from jobready.project.search_path import Entry, entry_of
from jobready.project.upwards import folder_of
from jobready.script.files.program import dotted_name
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import LOADERS, Syntax, asks_for_wandb
from jobready.script.values.carriers import namesakes_of_arguments
from jobready.script.values.elements import OVER_A_LIST
from jobready.script.values.functions import name_got, name_of
from jobready.script.values.loaded_modules import loaded, names_loaded
from jobready.script.values.parser_classes import READ_FILES
from jobready.script.values.told_texts import UNTOLD, Words


class Way(Enum):
    """How a file names a module."""

    STATEMENT = "by an import statement, or a name that is spelled out"
    TOLD = "by a name that is put together of what the file tells"
    IN_PART = "by one of which the file tells a part"


# By the name in a file: what that takes out of what it stands for.
Brings = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Import:
    """A module of the repository that a file imports, or takes names from.

    ``name`` stands for it in the file. ``brings`` has what the file needs of the module,
    by the name that it binds to that; a ``*`` is for all names. ``target`` is where the
    module was found, ``real`` the file itself. ``way`` is how the file names it.
    """

    name: str
    brings: Brings
    target: Path
    real: Path
    way: Way = Way.STATEMENT


@dataclass(frozen=True)
class Imports:
    """What a file imports; ``returning`` are the functions that give arguments back.

    Or the module ``wandb``, and the decorators of those that take the arguments from
    elsewhere, which give a function back. ``words`` are the names of which those of other
    modules are put together, or that hold such words.
    """

    modules: tuple[Import, ...]
    returning: frozenset[str]
    words: frozenset[str] = frozenset()


# By file, as long as there is one, and by where it and the script are.
_KNOWN: WeakKeyDictionary[Syntax, dict[object, Imports]] = WeakKeyDictionary()


def entry_for(syntax: Syntax, path: Path) -> Entry:
    """Where the script at ``path`` looks for modules, with what it puts on ``sys.path``."""
    return entry_of(path, syntax.tree if syntax.mentions("sys.path") else None)


def imports_of(
    syntax: Syntax, path: Path, entry: Entry, planned: frozenset[Path]
) -> Imports:
    """What the file at ``path`` imports where a script is run."""
    key = folder_of(path), entry, planned
    known = _KNOWN.setdefault(syntax, {})
    if key not in known:
        known[key] = _imports_of(syntax, *key)
    return known[key]


def _imports_of(
    syntax: Syntax, importer: Path, entry: Entry, planned: frozenset[Path]
) -> Imports:
    found: dict[Import, None] = {}  # each once, in the order of the source
    may_be = partial(may_be_here, importer=importer, entry=entry, planned=planned)
    for name, brings in _statements(syntax, may_be):
        target = imported_from(name, importer, entry, planned)
        if target is not None:
            found[Import(name, brings, target, target.resolve())] = None
    words: frozenset[str] = frozenset()
    if any(map(syntax.mentions, LOADERS)):
        words = _words(syntax)
        for name, way, brings in _put_together(syntax, importer, entry, planned):
            target = imported_from(name, importer, entry, planned)
            if target is not None:
                found[Import(name, brings, target, target.resolve(), way)] = None
    returning = _returning(syntax) | _decorating(syntax) | _importing(syntax)
    return Imports(tuple(found), returning, words)


def _statements(
    syntax: Syntax, may_be: Callable[[str], bool]
) -> Iterator[tuple[str, Brings]]:
    """The modules that a file may import, and what it needs of each.

    What is imported from a package, or taken out of it, may be a module of it. Those of
    which it ``may_be`` that the repository has them, which it hasn't most.
    """
    for node in syntax.of(ast.ImportFrom, ast.Import):
        if isinstance(node, ast.Import):
            for alias in (a for a in node.names if may_be(a.name)):
                bound = alias.asname or alias.name.partition(".")[0]
                members = _members(bound, syntax)
                yield alias.name, ((bound, members),)
                for name in sorted(members):
                    yield f"{alias.name}.{name}", ((bound, members),)
            continue
        dotted = dotted_name(node)
        if not may_be(dotted):
            continue
        yield dotted, tuple((a.asname or a.name, frozenset((a.name,))) for a in node.names)
        for alias in node.names:
            if alias.name != "*":
                bound = alias.asname or alias.name
                below = f"{dotted}{'' if dotted.endswith('.') else '.'}{alias.name}"
                yield below, ((bound, _members(bound, syntax)),)
    if any(map(syntax.mentions, LOADERS)):
        yield from _loaded(syntax, may_be)


def _loaded(syntax: Syntax, may_be: Callable[[str], bool]) -> Iterator[tuple[str, Brings]]:
    """The same for the modules that are loaded by a name that is spelled out."""
    for scope in set(syntax.scopes.values()):
        for bound, bindings in scope.bindings.items():
            names = {n for n in map(loaded, bindings) if n is not None}
            for name in sorted(n for n in names if n[:1].isalpha() and may_be(n)):
                yield name, ((bound, _members(bound, syntax)),)


def _put_together(
    syntax: Syntax, importer: Path, entry: Entry, planned: frozenset[Path]
) -> Iterator[tuple[str, Way, Brings]]:
    """The same for the modules that are loaded by a name that is put together.

    Where the file doesn't tell all of it, they are those in the folder. Of one of which
    nothing is taken it only matters that it runs, and for that too many would be looked at.
    """
    for loader in syntax.named.get("import_module", ()):
        call = syntax.parent[loader]
        if not isinstance(call, ast.Call) or call.func is not loader or not call.args:
            continue
        if isinstance(call.args[0], ast.Constant) and len(call.args) == 1:
            held = syntax.parent[call]  # of a name it is one as any other
            if not isinstance(held, (ast.Attribute, ast.Call)):
                continue
        brings = _brought_by(call, syntax)
        if any(names for _, names in brings):
            words = Words(partial(_bound, syntax), lambda _: True)
            for name in names_loaded(call, words):
                if UNTOLD not in name:
                    yield name, Way.TOLD, brings
                else:
                    for each in modules_like(name, importer, entry, planned):
                        yield each, Way.IN_PART, brings


def _words(syntax: Syntax) -> frozenset[str]:
    """The names of which those of modules are put together, and what has their words."""
    found: set[str] = set()
    calls = (syntax.parent[n] for n in syntax.named.get("import_module", ()))
    waiting = [c.args[0] for c in calls if isinstance(c, ast.Call) and c.args]
    for part in waiting:  # which grows
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id not in found:
                found.add(node.id)
                for binding in syntax.bindings(node.id, syntax.scope(node)):
                    loop, value = binding.node, binding.value
                    if isinstance(loop, OVER_A_LIST):
                        waiting.append(loop.iter)
                    elif value is not None and not isinstance(value, ast.Call):
                        waiting.append(value)
    return frozenset(found)


def _bound(syntax: Syntax, node: ast.Name | ast.Attribute) -> list[Binding]:
    """What binds a name in the file itself."""
    if isinstance(node, ast.Attribute):
        return []
    return syntax.bindings(node.id, syntax.scope(node))


def _brought_by(call: ast.Call, syntax: Syntax) -> Brings:
    """What a file takes out of a module that it loads, by the name that it binds to it."""
    taken = _taken(call, syntax)
    holder = syntax.parent[call]
    bound: list[str] = []
    if isinstance(holder, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        targets = holder.targets if isinstance(holder, ast.Assign) else [holder.target]
        bound += [t.id for t in targets if isinstance(t, ast.Name)]
    named = {name: _members(name, syntax) for name in bound}
    return tuple(named.items()) or (("", frozenset(taken)),)


def _members(module: str, syntax: Syntax) -> frozenset[str]:
    """The names that a file takes out of a module: ``b`` and ``c`` of ``module.b.c``."""
    nodes = syntax.named.get(module, ())
    return frozenset(name for node in nodes for name in _taken(node, syntax))


def _taken(node: ast.AST, syntax: Syntax) -> Iterator[str]:
    """The names that are taken out of a module where it stands."""
    above = syntax.parent[node]
    if isinstance(above, ast.Call) and above.args[:1] == [node]:
        got = name_got(above)
        if got is not None:
            yield got
    while isinstance(above, ast.Attribute):
        yield above.attr
        above = syntax.parent[above]


def _returning(syntax: Syntax) -> frozenset[str]:
    """The functions that give arguments back: ``check`` in ``args = check(args)``.

    Also with something else: ``args, messages = check(args)``. Another file may hand the
    arguments on to a function that calls them the same.
    """
    found = set()
    names = namesakes_of_arguments(syntax) if syntax.mentions("parse_") else ()
    for node in (n for name in names for n in syntax.named.get(name, ())):
        call = syntax.parent.get(node)
        if isinstance(node, ast.Name) and isinstance(call, ast.Call) and node in call.args:
            holder, name = syntax.parent[call], name_of(call.func)
            if isinstance(holder, ast.Assign) and name is not None:
                parts = (p for t in holder.targets for p in getattr(t, "elts", (t,)))
                if any(isinstance(p, ast.Name) and p.id == node.id for p in parts):
                    found.add(name)
    return frozenset(found)


def _decorating(syntax: Syntax) -> frozenset[str]:
    """The decorators of functions in which a parser takes values past the command line.

    They may give such a function the dict that holds them.
    """
    methods = [n for name in READ_FILES for n in syntax.named.get(name, ())]
    around = (a for n in methods for a in syntax.ancestors(n) if isinstance(a, FUNCTIONS))
    names = (name_of(d) for function in around for d in function.decorator_list)
    return frozenset(name for name in names if name is not None)


def _importing(syntax: Syntax) -> frozenset[str]:
    """The functions that may give the module back: ``wandb = require("wandb")``."""
    if not syntax.mentions("wandb"):
        return frozenset()
    values = (node.value for node in syntax.of(ast.Assign, ast.AnnAssign))
    asked = (v.func for v in values if isinstance(v, ast.Call) and asks_for_wandb(v))
    return frozenset(func.id for func in asked if isinstance(func, ast.Name))
