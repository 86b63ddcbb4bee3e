"""Where a script sets parameters to other values whose names only a run tells.

``vars(args).update(settings)`` of a file, or a loop that sets each by ``setattr``. What is
of the run's own config, or of a parse, gives the parameters the values that they have. A
name that is put together, ``f"optim{n}"``, is one of a few.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
    Run,
    RunConfig,
)


def unnamed_overwrites(syntax: Syntax, flow: Flow) -> Iterator[ast.expr | ast.stmt]:
    """The calls and assignments that do so, with the object itself and no copy of it."""
    found = _overwrites(syntax, flow)
    yield from (node for node in found if _is_reached(node, syntax, flow))


def _is_reached(node: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether it stands in no function that is there for other scripts alone."""
    function = running(syntax.scope(node))
    if not isinstance(syntax.parent.get(function), ast.Module):
        return True
    uses = flow.uses
    return bool(uses.calls.get(function) or uses.handed_over.get(function))


def _overwrites(syntax: Syntax, flow: Flow) -> Iterator[ast.expr | ast.stmt]:
    held = argument_carriers(syntax)
    for node, owner, name, value in _set(syntax):
        if owner in held and isinstance(name, ast.Name) and not names_set(name, syntax):
            kinds = ArgumentsDict if isinstance(node, ast.stmt) else Arguments
            if any(map(_tells_unset, tests_around(node, syntax))):
                continue
            loops = (a.iter for a in syntax.ancestors(node) if isinstance(a, ast.For))
            if _is(owner, kinds, flow):
                if not any(_has_own_values(each, flow) for each in (value, *loops)):
                    yield node
    for call in syntax.of(ast.Call):
        method = call.func
        if isinstance(method, ast.Attribute) and method.attr == "update":
            unnamed = [*_unnamed(call)] if method.value in held else []
            if unnamed and _is(method.value, ArgumentsDict, flow):
                if not any(_has_own_values(each, flow) for each in unnamed):
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


def _is(node: ast.expr, kind: type, flow: Flow) -> bool:
    """Whether it stands for the arguments, and for no copy of them."""
    if not any(isinstance(m, kind) for m in flow.meanings(node)):
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


def _has_own_values(node: ast.expr, flow: Flow) -> bool:
    """Whether some of it is a run's config, or what a parse gives."""
    kinds = (*OF_PARSES, Run, RunConfig)
    parts = (n for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute)))
    return any(isinstance(m, kinds) for part in parts for m in flow.meanings(part))
