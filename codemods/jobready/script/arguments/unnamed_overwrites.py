"""Where a script sets parameters to other values whose names only a run tells.

``vars(args).update(settings)`` of a file, or a loop that sets each by ``setattr``. What is
of the run's own config, or of a parse, gives the parameters the values that they have. A
name that is put together, ``f"optim{n}"``, is one of a few.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from jobready.script.arguments.overwrites import names_set, tests_around
from jobready.script.arguments.parameter_reads import names_copy
from jobready.script.source.scopes import running
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.config_items import display
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import (
    OF_PARSES,
    Arguments,
    ArgumentsDict,
    Part,
    Run,
    RunConfig,
)


def unnamed_overwrites(syntax: Syntax, flow: Flow) -> Iterator[ast.expr | ast.stmt]:
    """The calls and assignments that do so, with the object itself and no copy of it."""
    for node in (*_set_one_by_one(syntax, flow), *_set_together(syntax, flow)):
        if _is_reached(node, syntax, flow):
            yield node


def _is_reached(node: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether it stands in no function that is there for other scripts alone."""
    function = running(syntax.scope(node))
    if not isinstance(syntax.parent.get(function), ast.Module):
        return True
    uses = flow.uses
    return bool(uses.calls.get(function) or uses.handed_over.get(function))


def _set_one_by_one(syntax: Syntax, flow: Flow) -> Iterator[ast.expr | ast.stmt]:
    """``setattr(args, key, value)``, or ``vars(args)[key] = value``."""
    held = argument_carriers(syntax)
    for node, owner, name, value in _set(syntax):
        if owner not in held or not isinstance(name, ast.Name) or names_set(name, syntax):
            continue
        if any(map(_tells_unset, tests_around(node, syntax))):
            continue
        kind = (ArgumentsDict,) if isinstance(node, ast.stmt) else (Arguments, Part)
        loops = (a.iter for a in syntax.ancestors(node) if isinstance(a, ast.For))
        if _is(owner, kind, flow) and not _have_own_values((value, *loops), flow):
            yield node


def _set_together(syntax: Syntax, flow: Flow) -> Iterator[ast.Call]:
    """``vars(args).update(settings)``."""
    held = argument_carriers(syntax)
    for method in syntax.named.get("update", ()):
        call = syntax.parent[method]
        if not isinstance(method, ast.Attribute) or not isinstance(call, ast.Call):
            continue
        if call.func is not method or method.value not in held:
            continue
        unnamed = [*_unnamed(call)]
        if unnamed and _is(method.value, (ArgumentsDict,), flow):
            if not _have_own_values(unnamed, flow):
                yield call


def _set(
    syntax: Syntax,
) -> Iterator[tuple[ast.expr | ast.stmt, ast.expr, ast.expr, ast.expr]]:
    """Where something is set by a name or key: on what, by which, to what."""
    for call in syntax.of(ast.Call):
        method, given = call.func, list(call.args)
        if name_of(method) in ("setattr", "__setattr__"):
            if isinstance(method, ast.Attribute) and len(given) == 2:
                given = [method.value, *given]
            if len(given) == 3:
                yield call, given[0], given[1], given[2]
    for node in syntax.of(ast.Assign, ast.AugAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Subscript):
                yield node, target.value, target.slice, node.value


def _tells_unset(test: ast.expr) -> bool:
    """Whether it says that something is None, or isn't there: a default is set then."""
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            return all(map(_tells_unset, values))
        case ast.Compare(ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return True
        case ast.Compare(ops=[ast.NotIn()]):
            return True
    return False


def _is(node: ast.expr, kinds: tuple[type, ...], flow: Flow) -> bool:
    """Whether it stands for the arguments, and for no copy of them."""
    if not any(isinstance(m, kinds) for m in flow.meanings(node)):
        return False
    return not names_copy(node, flow)


def _unnamed(update: ast.Call) -> Iterator[ast.expr]:
    """What ``update`` is given without a name: ``update(a, **b)``, ``update({**a})``."""
    yield from (k.value for k in update.keywords if k.arg is None)
    for given in update.args:
        items = display(given)
        if items is None:
            yield given
        else:
            yield from (value for key, value in items if key is None)


def _have_own_values(nodes: Iterable[ast.expr], flow: Flow) -> bool:
    """Whether some of them is a run's config, or what a parse gives."""
    kinds = (*OF_PARSES, Run, RunConfig)
    inside = (part for node in nodes for part in ast.walk(node))
    parts = (n for n in inside if isinstance(n, (ast.Name, ast.Attribute)))
    return any(isinstance(m, kinds) for part in parts for m in flow.meanings(part))
