"""Defaults that an object of a dataclass holds: ``default=defaults.lr``.

``defaults = TrainConfig()`` is made beside the parameters, or ``cls()`` by a method of the
class, so that its fields and the options have one default.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jobready.script.model import Expression, Value
from jobready.script.source.literals import literal
from jobready.script.source.reaching import is_above
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import method_of
from jobready.script.values.object_fields import fields_of, given_to

# Values that nothing changes in place.
CONSTANTS = (bool, int, float, str, type(None))


def held_default(node: ast.expr, flow: Flow) -> Value:
    """The constant that an attribute of such an object is; an `Expression` of any other."""
    unknown = Expression(ast.unparse(node))
    if not isinstance(node, ast.Attribute):
        return unknown
    made = _made(node.value, flow.syntax)
    if made is None:
        return unknown
    owner = flow.definition(made.func)
    kinds = [owner] if owner is not None else []
    if owner is None and (own := flow.own_class(made.func)) is not None:
        kinds = flow.heirs(own)  # whichever of them the method is called of
    family = {each: None for kind in kinds for each in flow.lineage(kind)}
    if any(each.keywords or _sets(each, node.attr, flow.syntax) for each in family):
        return unknown
    values = [_given(kind, made, node.attr, flow) for kind in kinds]
    first = values[0] if values else unknown
    alike = all(type(v) is type(first) and v == first for v in values)
    return first if alike and isinstance(first, CONSTANTS) else unknown


def _made(node: ast.expr, syntax: Syntax) -> ast.Call | None:
    """The call that makes an object which nobody changes up to a read of it."""
    if isinstance(node, ast.Call):
        return node
    if not isinstance(node, ast.Name):
        return None
    scope = syntax.scope(node)
    bindings = syntax.bindings(node.id, scope)
    if len(bindings) != 1 or syntax.owner(node.id, scope) is not scope:
        return None
    (binding,) = bindings
    if not isinstance(scope.node, FUNCTIONS) or not is_above(binding, node, syntax):
        return None
    if binding.kind != "assign" or binding.index is not None:
        return None
    statement = syntax.statement(binding.node)
    if isinstance(statement, ast.Assign) and len(statement.targets) > 1:
        return None
    named = syntax.named.get(node.id, ())
    reads = (n for n in named if n is not binding.node and _is_of(n, scope, syntax))
    made = binding.value
    return made if isinstance(made, ast.Call) and _only_read(reads, syntax) else None


def _is_of(node: ast.AST, scope: object, syntax: Syntax) -> bool:
    """Whether a name is that of a function, there or in one inside of it."""
    if not isinstance(node, ast.Name):
        return False
    return syntax.owner(node.id, syntax.scope(node)) is scope


def _only_read(names: Iterable[ast.AST], syntax: Syntax) -> bool:
    """Whether only attributes are read of what has these names, none of which is called."""
    for name in names:
        above = syntax.parent[name]
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
            continue
        if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
            return False
        if above.attr.startswith("__") or _is_called(above, syntax):
            return False
    return True


def _is_called(node: ast.Attribute, syntax: Syntax) -> bool:
    call = syntax.parent[node]
    return isinstance(call, ast.Call) and call.func is node


def _sets(owner: ast.ClassDef, attribute: str, syntax: Syntax) -> bool:
    """Whether an object of a dataclass may get another value than that of the field."""
    if len(syntax.scope(owner.body[0]).bindings.get(attribute, ())) > 1:
        return True
    if any(method_of(owner, each) for each in (attribute, "__getattribute__")):
        return True
    behind = method_of(owner, "__post_init__")
    if behind is None:
        return False
    first = behind.args.args[0].arg if behind.args.args else None
    if behind.decorator_list or first is None:
        return True
    for node in ast.walk(behind):
        if isinstance(node, ast.Name) and node.id == first:
            above = syntax.parent[node]
            if not isinstance(above, ast.Attribute) or above.attr.startswith("__"):
                return True
            stores = not isinstance(above.ctx, ast.Load)
            if _is_called(above, syntax) or (stores and above.attr == attribute):
                return True
    return False


def _given(kind: ast.ClassDef, made: ast.Call, attribute: str, flow: Flow) -> Value:
    """What an object of one class is made with, or the field's default."""
    fields = fields_of(kind, flow)
    value = None if fields is None else given_to(made, attribute, fields)
    if isinstance(value, ast.Call) and flow.qualified(value.func) == "dataclasses.field":
        value = next((k.value for k in value.keywords if k.arg == "default"), None)
    return Expression("") if value is None else literal(value)
