"""Whether all that runs a function is the calls of it that are seen."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import Function
from jobready.script.values.flow import Flow


def is_only_called(function: Function | ast.ClassDef, flow: Flow) -> bool:
    """Whether nobody gets a function, or a class, to call it by another name.

    As in ``TASKS = {"train": main}``, ``spawn(main)`` or ``self.start = main``.
    """
    if flow.uses.handed_over.get(function):
        return False
    for node in flow.syntax.named.get(function.name, ()):
        if isinstance(getattr(node, "ctx", None), ast.Load) and names_function(
            node, function, flow
        ):
            call = flow.syntax.parent[node]
            if not isinstance(call, ast.Call) or call.func is not node:
                return False
    return True


def names_function(node: ast.AST, function: Function | ast.ClassDef, flow: Flow) -> bool:
    """Whether a name, or an attribute, stands for the function."""
    if isinstance(node, ast.Name):
        return any(b.node is function for b in flow.bindings_of(node))
    if not isinstance(node, ast.Attribute):
        return False
    members = flow.members(node)
    return function in (
        flow.functions(node) if members is None else [b.node for b in members]
    )
