"""Where a parser goes: whether who gets it is seen, and what it may get there."""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.call_results import COPIES
from jobready.script.values.flow import Flow
from jobready.script.values.function_values import values_called
from jobready.script.values.meanings import Parser

HARMLESS_CALLS = {
    "argcomplete.autocomplete",
    "typeguard.check_argument_types",
    "typeguard.check_return_type",
    "typeguard.check_type",
    "print",
    "isinstance",
    "id",
    "type",
    "vars",
}

# What hands a value on as it is seen to, or only asks for it.
ASKED_OR_GIVEN_BACK = (
    ast.Assert,
    ast.BoolOp,
    ast.Compare,
    ast.Expr,
    ast.If,
    ast.IfExp,
    ast.Return,
)


def is_followed(node: ast.expr, parent: ast.AST, syntax: Syntax) -> bool:
    """Whether `Flow` knows where the value goes from here, or it goes nowhere."""
    if isinstance(parent, ASKED_OR_GIVEN_BACK):
        return True
    if isinstance(parent, ast.NamedExpr):
        return parent.value is node
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return all(
            isinstance(t, ast.Name)
            or (isinstance(t, ast.Attribute) and ast.unparse(t.value) in ("self", "cls"))
            for t in targets
        )
    if isinstance(parent, (ast.List, ast.Tuple)):
        holder = syntax.parent[parent]
        if isinstance(holder, ast.keyword) and holder.arg == "parents":
            return True
        if isinstance(holder, ast.Assign):
            return all(isinstance(t, (ast.Tuple, ast.List)) for t in holder.targets)
        return isinstance(holder, ast.Return)
    return isinstance(parent, (ast.withitem, ast.FormattedValue, ast.keyword))


def is_copied(node: ast.expr, call: ast.Call, flow: Flow) -> bool:
    """Whether a call only makes a copy of a parser.

    ``copy.copy`` makes one that has its parameters in common with the parser, so that it
    counts as the same.
    """
    if call.args != [node] or call.keywords or flow.qualified(call.func) not in COPIES:
        return False
    return all(isinstance(m, Parser) for m in flow.meanings(node))


def passes_outside(call: ast.Call, flow: Flow) -> bool:
    """Whether what is passed to ``call`` leaves what this file shows."""
    if flow.definition(call.func) is not None:
        return False
    if flow.functions(call.func):
        return _may_be_of_others(call.func, flow)
    values = values_called(call, flow)
    if values and all(target is not None for target, _ in values):
        return False
    name = flow.qualified(call.func) or ast.unparse(call.func)
    return name not in HARMLESS_CALLS


def _may_be_of_others(method: ast.expr, flow: Flow) -> bool:
    """Whether an object may be of a class that isn't seen, as well as of one that is."""
    if not isinstance(method, ast.Attribute) or flow.members(method) is not None:
        return False
    shown, every = flow.own_methods(method)
    return shown < every


def is_held(owner: ast.expr, flow: Flow) -> bool:
    """Whether an object is what an attribute holds, or a list, as far as that is seen."""
    if isinstance(owner, ast.Attribute):
        return flow.members(owner) is None
    if not isinstance(owner, ast.Name):
        return False
    return any(b.kind == "loop" for b in flow.bindings_of(owner))
