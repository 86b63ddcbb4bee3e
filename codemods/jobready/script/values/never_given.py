"""Parameters of functions that no call gives a value, so that they are None.

``def start(config=None): wandb.init(config=config)``, called as ``start()``: another script
gives it one.
"""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of, unpacks


def waiting_in(call: ast.Call, flow: Flow) -> str | None:
    """The parameter that a call hands on, never given, which nothing else reads."""
    for keyword in call.keywords:
        value = keyword.value
        if isinstance(value, ast.Name) and is_never_given(value, flow):
            function = flow.syntax.scope(value).node
            named = [n for n in ast.walk(function) if isinstance(n, ast.Name)]
            if [n for n in named if n.id == value.id] == [value]:
                return value.id
    return None


def is_never_given(node: ast.expr, flow: Flow) -> bool:
    """Whether a name is a function's parameter that is None, whoever calls the function."""
    if not isinstance(node, ast.Name):
        return False
    bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
    parameter = bindings[0].node if len(bindings) == 1 else None
    function = bindings[0].scope.node if bindings else None
    if not isinstance(parameter, ast.arg) or not isinstance(function, FUNCTIONS):
        return False
    default = default_of(function, parameter)
    if not isinstance(default, ast.Constant) or default.value is not None:
        return False
    if flow.uses.handed_over.get(function):
        return False
    calls = flow.calls_for(function)
    for call in calls:
        value = flow.given_for(call, function, parameter)
        by_name = any(k.value is value for k in call.keywords)
        if value is not None and not (by_name and is_never_given(value, flow)):
            return False
        if unpacks(call):
            return False
    return bool(calls)
