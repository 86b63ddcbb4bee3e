"""Parameters that functions of other files set anew, to which the script gives them.

``adjust(args)`` of ``from utils import adjust``, which does ``args.lr *= 2``: a file that
neither parses nor starts a run is no part of the program otherwise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from weakref import WeakKeyDictionary

from jobready.script.files.library import Library
from jobready.script.files.program import Program
from jobready.script.files.trails import imported_from_others
from jobready.script.model import Overwrite, Script
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.config_items import key_of
from jobready.script.values.functions import method_of, name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict
from jobready.script.values.order import runs_behind


def with_changes(found: Script, program: Program, library: Library) -> Script:
    """A script with what functions of files that are no part of it do to its arguments."""
    if not found.runs or not program.others:
        return found
    if isinstance(found.syntax, Program):  # which may hold more than the first
        program = found.syntax
    changes = tuple(changed_elsewhere(found, program, library))
    return replace(found, overwrites=(*found.overwrites, *changes)) if changes else found


def changed_elsewhere(
    script: Script, program: Program, library: Library
) -> Iterator[Overwrite]:
    """What such functions set, each at the call that is given the arguments."""
    syntax, flow = script.syntax, script.flow
    names = {p.name for p in script.parameters}
    for call, given, paths in _calls_with_arguments(script, program):
        for name, sure in _set_by(call, given, names, paths, library):
            before = any(runs_behind(r.call, call, syntax, flow) for r in script.runs)
            yield Overwrite(name, syntax.place(call), sure and before, call)


def _calls_with_arguments(
    script: Script, program: Program
) -> Iterator[tuple[ast.Call, ast.AST, list[Path]]]:
    """The calls of other files that are given all arguments, in order.

    With what they are given, and the files that they may be of.
    """
    found: dict[ast.Call, ast.AST] = {}
    files: dict[ast.Call, list[Path]] = {}
    for node in argument_carriers(script.syntax):
        given = script.syntax.parent.get(node)
        holder = (
            script.syntax.parent.get(given) if isinstance(given, ast.keyword) else given
        )
        if not isinstance(holder, ast.Call) or node is holder.func:
            continue
        if not isinstance(node, ast.expr) or name_of(holder.func) == "vars":
            continue
        if holder not in files:
            files[holder] = sorted(imported_from_others(holder.func, program, script.flow))
        if not files[holder]:
            continue  # most calls, of which nothing else is worth a look
        meanings = script.flow.meanings(node)
        if any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings):
            found[holder] = given if isinstance(given, ast.keyword) else node
    for call, given in sorted(found.items(), key=lambda pair: pair[0].lineno):
        yield call, given, files[call]


def _set_by(
    call: ast.Call,
    given: ast.AST,
    names: set[str],
    paths: list[Path],
    library: Library,
) -> Iterator[tuple[str, bool]]:
    """The parameters that a call of another file's function sets, and whether surely."""
    for path in paths:
        tree = library.syntax(path)
        if tree is None:
            continue
        for each in tree.tree.body:
            if getattr(each, "name", "") != name_of(call.func):
                continue
            made = isinstance(each, ast.ClassDef)
            taken = method_of(each, "__init__") if isinstance(each, ast.ClassDef) else each
            if isinstance(taken, (ast.FunctionDef, ast.AsyncFunctionDef)):
                held = _parameter(taken, call, given, made)
                changes = _changes(each, held, tree)
                for name, sure in dict.fromkeys(_of_names(changes, names)):
                    yield name, sure and not made  # whose methods may run later


def _parameter(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    call: ast.Call,
    given: ast.AST,
    made: bool,
) -> str | None:
    """The name of the parameter that gets the arguments."""
    if isinstance(given, ast.keyword):
        return given.arg
    positional = [*function.args.posonlyargs, *function.args.args]
    at = call.args.index(given) + made if given in call.args else len(positional)
    return positional[at].arg if at < len(positional) else None


def _own(taking: ast.AST, held: str | None) -> frozenset[str]:
    """The attributes that a class itself gives something else than the arguments."""
    given: dict[str, list[ast.AST]] = {}
    for node in ast.walk(taking):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute):
                    given.setdefault(target.attr, []).append(node.value)
    return frozenset(
        attribute
        for attribute, values in given.items()
        if not any(
            isinstance(n, ast.Name) and n.id == held for v in values for n in ast.walk(v)
        )
    )


@dataclass(frozen=True)
class _Change:
    """What is set on the arguments: one name, or any where ``key`` is None.

    But for a parameter that is None by one of the ``tests``, which no word on a command
    line gives.
    """

    key: str | None
    tests: tuple[str, ...]


# By file, as long as there is one: what its functions and classes set on the arguments, by
# their parameter that holds them.
_KNOWN: WeakKeyDictionary[Syntax, dict[tuple[ast.AST, str | None], list[_Change]]] = (
    WeakKeyDictionary()
)


def _changes(taking: ast.AST, held: str | None, tree: Syntax) -> list[_Change]:
    """What a function or class of a file sets on an object of that name, whoever calls."""
    known = _KNOWN.setdefault(tree, {})
    if (taking, held) not in known:
        found = _changes_in(taking, held, _own(taking, held), ())
        known[taking, held] = list(dict.fromkeys(found))
    return known[taking, held]


def _of_names(
    changes: Iterable[_Change], names: Iterable[str]
) -> Iterator[tuple[str, bool]]:
    """Those of the names that are set, and whether surely."""
    for change in changes:
        for name in sorted(names):
            if change.key in (name, None) and not any(
                f".{name} is None" in test for test in change.tests
            ):
                yield name, change.key is not None


def _changes_in(
    node: ast.AST, held: str | None, own: frozenset[str], tests: tuple[str, ...]
) -> Iterator[_Change]:
    """What is set on an object of that name, or on one that a class keeps."""
    if isinstance(node, ast.If):
        test = ast.unparse(node.test)
        tests = tests if " or " in test else (*tests, test)
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node.ctx, ast.Store) and _holds(node.value, held, own):
            yield _Change(key_of(node), tests)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if (
            node.func.id == "setattr"
            and len(node.args) == 3
            and _holds(node.args[0], held, own)
        ):
            name = literal(node.args[1])
            yield _Change(name if isinstance(name, str) else None, tests)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "update" and _holds(node.func.value, held, own):
            yield _Change(None, tests)
    for child in ast.iter_child_nodes(node):
        yield from _changes_in(child, held, own, tests)


def _holds(node: ast.expr, held: str | None, own: frozenset[str]) -> bool:
    """Whether it is that name, ``self.args`` by that name, or the dict of either."""
    if isinstance(node, ast.Call) and name_of(node.func) == "vars" and node.args:
        return _holds(node.args[0], held, own)
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return _holds(node.value, held, own)
    if isinstance(node, ast.Attribute) and node.attr not in own:
        return isinstance(node.value, ast.Name) and node.value.id == "self"
    return isinstance(node, ast.Name) and node.id == held
