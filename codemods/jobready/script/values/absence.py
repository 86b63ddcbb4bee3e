"""Whether a value may be None: what it stands for is only told of the other ways."""

from __future__ import annotations

import ast

from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of

HOPS = 4  # names and functions, from a value back to what made it


def may_be_none(value: ast.expr | None, flow: Flow, hops: int = HOPS) -> bool:
    """Whether one of the expressions that give a value is None, as far as they are seen."""
    if value is None or isinstance(value, ast.Constant):
        return value is None or value.value is None
    if isinstance(value, ast.IfExp):
        return any(may_be_none(v, flow, hops) for v in (value.body, value.orelse))
    if isinstance(value, ast.BoolOp):
        ways = value.values[-1:] if isinstance(value.op, ast.Or) else value.values
        return any(may_be_none(v, flow, hops) for v in ways)
    if not hops:
        return True
    given: list[ast.expr | None] = []
    if isinstance(value, ast.Name):
        given = [v for b in reaching(value, flow.syntax) for v in _given(b, flow)]
    elif isinstance(value, ast.Attribute):
        owners = flow.classes(value.value)
        given = [v for o in owners for v in flow.attributes(o).get(value.attr, ())]
    elif isinstance(value, ast.Call):
        given = [r.value for f in flow.functions(value.func) for r in flow.returns(f)]
    return any(may_be_none(v, flow, hops - 1) for v in given)


def _given(binding: Binding, flow: Flow) -> list[ast.expr | None]:
    """What a name gets, and what it is where a call gives nothing."""
    function, parameter = binding.scope.node, binding.node
    if binding.kind in ("assign", "walrus") and binding.index is None:
        return [binding.value]
    if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
        return []
    default = default_of(function, parameter)
    found = [flow.given_for(call, function, parameter) for call in flow.calls_for(function)]
    return [v or default for v in found if v is not None or default is not None]
