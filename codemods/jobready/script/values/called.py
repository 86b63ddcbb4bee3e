"""What a call surely gets to: functions, methods and constructors of the source."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import Function
from jobready.script.values.flow import Flow
from jobready.script.values.functions import method_of, named_parameters
from jobready.script.values.parser_classes import EMPTY_BASES


def functions_of(call: ast.Call, flow: Flow) -> list[Function]:
    """All that a call may run first; none where that may be something else too."""
    owner = flow.definition(call.func)
    if owner is not None:
        return _constructor(owner, flow)
    if isinstance(call.func, ast.Attribute) and flow.members(call.func) is None:
        shown, every = flow.own_methods(call.func)
        if shown != every:
            return []
    return flow.functions(call.func)


def taken_as(
    given: ast.AST, call: ast.Call, function: Function, flow: Flow
) -> list[ast.arg]:
    """The parameters of a function for which a call gives it an expression."""
    named = named_parameters(function.args)
    return [p for p in named if flow.given_for(call, function, p) is given]


def _constructor(owner: ast.ClassDef, flow: Flow) -> list[Function]:
    """The ``__init__`` of a class, where making an object does nothing else."""
    lineage = flow.lineage(owner)
    for each in lineage:
        if each.decorator_list or each.keywords or method_of(each, "__new__") is not None:
            return []
        for base in each.bases:
            if flow.definition(base) is None and ast.unparse(base) not in EMPTY_BASES:
                return []
    made = flow.inherited(owner, "__init__")
    return [] if made is None or made.decorator_list else [made]
