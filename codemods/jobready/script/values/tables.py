"""Functions that a script chooses from a table: ``COMMANDS = {"train": train}``."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import Function
from jobready.script.values.flow import Flow
from jobready.script.values.only_called import names_function


def is_only_called_or_chosen(function: Function, flow: Flow) -> bool:
    """Whether all that runs a function is its calls, by its name or out of a table."""
    if flow.uses.handed_over.get(function):
        return False
    return all(
        _calls(node, flow) or _is_in_table(node, flow)
        for node in flow.syntax.named.get(function.name, ())
        if isinstance(getattr(node, "ctx", None), ast.Load)
        and names_function(node, function, flow)
    )


def _calls(node: ast.AST, flow: Flow) -> bool:
    call = flow.syntax.parent[node]
    return isinstance(call, ast.Call) and call.func is node


def _is_in_table(node: ast.AST, flow: Flow) -> bool:
    """Whether it is a value of a dict whose values are only called."""
    syntax, table = flow.syntax, flow.syntax.parent[node]
    if not isinstance(table, ast.Dict) or node not in table.values:
        return False
    holder = syntax.parent[table]
    if isinstance(holder, ast.Subscript) and holder.value is table:
        return _calls(holder, flow)
    name = _name_of(holder, table)
    if name is None:
        return False
    bindings = flow.bindings_of(name)
    every = [n for n in syntax.named.get(name.id, ()) if isinstance(n, ast.Name)]
    own = [n for n in every if set(flow.bindings_of(n)) & set(bindings) and n is not name]
    return len(bindings) == 1 and all(_only_chooses(n, flow) for n in own)


def _name_of(statement: ast.AST, value: ast.expr) -> ast.Name | None:
    """The one name that a statement gives a value."""
    match statement:
        case ast.Assign(targets=[ast.Name() as name]) if statement.value is value:
            return name
        case ast.AnnAssign(target=ast.Name() as name) if statement.value is value:
            return name
    return None


def _only_chooses(table: ast.Name, flow: Flow) -> bool:
    """Whether a read of a table only looks for a key, names all keys or calls a value."""
    parent = flow.syntax.parent[table]
    match parent:
        case ast.Compare():
            return parent.left is not table and isinstance(table.ctx, ast.Load)
        case ast.Subscript(value=value, ctx=ast.Load()) if value is table:
            return _is_called(parent, flow)
        case ast.Attribute(attr="keys"):
            return True
        case ast.Attribute(attr="get"):
            call = flow.syntax.parent[parent]
            return isinstance(call, ast.Call) and _is_called(call, flow)
        case ast.Call(func=ast.Name(id="sorted" | "list" | "tuple" | "print")):
            return True
        case ast.Call(func=ast.Attribute(attr="join")):
            return True
    return False


def _is_called(value: ast.expr, flow: Flow) -> bool:
    """Whether a value of a table is called, also by the one name that it gets."""
    if _calls(value, flow):
        return True
    name = _name_of(flow.syntax.parent[value], value)
    if name is None or len(flow.bindings_of(name)) != 1:
        return False
    named = [n for n in flow.syntax.named.get(name.id, ()) if isinstance(n, ast.Name)]
    reads = [n for n in named if flow.bindings_of(n) == flow.bindings_of(name)]
    return all(n is name or _calls(n, flow) or _is_tested(n, flow) for n in reads)


def _is_tested(node: ast.Name, flow: Flow) -> bool:
    """Whether it is only asked if there is a value: ``if run is None``, ``if not run``."""
    parent = flow.syntax.parent[node]
    if isinstance(parent, ast.Compare):
        return ast.unparse(parent).endswith("None")
    if isinstance(parent, ast.If):
        return parent.test is node
    return isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)
