"""Dicts that are spelled out key by key, wherever the script makes them.

Where they are used, under a name, in a function that returns them, on an object that keeps
them, or where a function is given them; with what changes them before they are used. The
dict of a dataclass that is made field by field is one too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.arguments.parameter_reads import HOPS
from jobready.script.configs.keyword_items import keywords_given
from jobready.script.configs.set_on import object_of
from jobready.script.source.literals import literal
from jobready.script.values.config_items import (
    Change,
    Items,
    changes,
    changes_at,
    display,
    is_handed_on,
)
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.given_away import call_given, is_given_away
from jobready.script.values.meanings import Arguments, ArgumentsDict, Instance
from jobready.script.values.object_attributes import set_otherwise
from jobready.script.values.object_fields import fields_of, given_to


def items_of(
    node: ast.expr, names: frozenset[str], flow: Flow, hops: int = HOPS
) -> Items | None:
    """Keys and values of a dict, None where it can't be told what they are.

    ``names`` are those of the parameters, ``hops`` the names, objects and functions that
    are gone through at most.
    """
    held = object_of(node, flow)
    if held is not node and hops:
        fields = _fields(held, names, flow)
        if fields is not None:
            return fields
    if isinstance(node, ast.Attribute):
        return _kept(node, names, flow, hops) if hops else None
    if not isinstance(node, ast.Name):
        items = display(node)
        made = items is None and isinstance(node, ast.Call) and hops
        return _returned(node, names, flow, hops) if made else items
    syntax = flow.syntax
    bindings = syntax.bindings(node.id, syntax.scope(node))
    items = keywords_given(bindings, names, flow)
    if items is not None:
        if any(_gets_away(n, flow) for n in _others(node, flow)):
            return None
        return changed(items, changes(node, syntax))
    given = flow.given(bindings[0]) if len(bindings) == 1 and hops else []
    if len(given) != 1:
        return None
    (value,) = given
    items = display(value)
    if isinstance(value, ast.Name):
        passed = bindings[0].kind == "parameter" and not is_handed_on(value, syntax)
        items = items_of(value, names, flow, hops - 1) if passed else None
    elif items is None and isinstance(value, (ast.Attribute, ast.Call)):
        items = items_of(value, names, flow, hops - 1)
    return None if items is None else changed(items, changes(node, syntax))


def changed(items: Items, later: Sequence[Change]) -> Items | None:
    """The items after changes; None where it can't be told what they change."""
    for change in later:
        if change.key is None:
            return None
        items = [i for i in items if i[0] is None or literal(i[0]) != change.key]
        if change.value is not None:
            items.append((ast.Constant(change.key), change.value))
    return items


def _returned(call: ast.expr, names: frozenset[str], flow: Flow, hops: int) -> Items | None:
    """The same for a dict that a function of the script makes."""
    functions = flow.functions(call.func) if isinstance(call, ast.Call) else []
    if len(functions) != 1 or isinstance(functions[0], ast.AsyncFunctionDef):
        return None
    (function,) = functions
    decorators = {ast.unparse(d) for d in function.decorator_list}
    returns = flow.returns(function)
    if decorators - {"staticmethod", "classmethod"} or returns != function.body[-1:]:
        return None  # on some way it may return None
    value = returns[0].value
    if value is None or any(map(_makes_more, function.body)):
        return None
    if isinstance(value, ast.Name) and (
        is_handed_on(value, flow.syntax) or _lacks(changes(value, flow.syntax))
    ):
        return None
    return _sure(items_of(value, names, flow, hops - 1), flow)


def _lacks(made: Sequence[Change]) -> bool:
    """Whether a key is taken out, which may be one of all that are shown."""
    return any(change.value is None for change in made)


def _makes_more(statement: ast.stmt) -> bool:
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(statement))


def _kept(
    node: ast.Attribute, names: frozenset[str], flow: Flow, hops: int
) -> Items | None:
    """The same for a dict that an object keeps: ``self.config = {"lr": args.lr}``."""
    owners = flow.meanings(node.value)
    classes = [m.definition for m in owners if isinstance(m, Instance)]
    if len(classes) != 1 or len(owners) != 1:
        return None
    kept = flow.kept(classes[0], node)
    family = flow.family(classes[0])
    if len(kept) != 1 or set_otherwise(node.attr, family, flow.syntax, flow.classes):
        return None
    (value,) = kept
    if isinstance(value, ast.Name) and not _is_alone(value, flow, hops):
        return None
    items = _sure(items_of(value, names, flow, hops - 1), flow)
    uses = list(_uses(node, family, flow))
    if items is None or any(_gets_away(u, flow) for u in uses):
        return None
    later = [c for u in uses for c in changes_at(u, flow.syntax)]
    return None if _lacks(later) else changed(items, later)


def _fields(held: ast.expr, names: frozenset[str], flow: Flow) -> Items | None:
    """The same for the dict of a dataclass whose one object is made field by field."""
    classes = [m.definition for m in flow.meanings(held) if isinstance(m, Instance)]
    if len(classes) != 1 or len(flow.meanings(held)) != 1:
        return None
    (owner,) = classes
    if flow.heirs(owner) != [owner]:
        return None
    fields, calls = fields_of(owner, flow), flow.uses.calls.get(owner, [])
    if fields is None or len(calls) != 1:
        return None
    keys = {f.name for f in fields}
    family = flow.family(owner)
    if any(flow.attributes(each).keys() & (keys | names) for each in family):
        return None
    if any(set_otherwise(key, family, flow.syntax, flow.classes) for key in keys):
        return None
    if any(_is_changed_elsewhere(n, owner, flow) for n in flow.syntax.of(ast.Name)):
        return None
    given = [(key, given_to(calls[0], key, fields)) for key in (f.name for f in fields)]
    items: Items = []
    items += [(ast.Constant(key), value) for key, value in given if value is not None]
    return _sure(items, flow) if len(items) == len(fields) else None


def _is_changed_elsewhere(name: ast.Name, owner: ast.ClassDef, flow: Flow) -> bool:
    """Whether the object of a dataclass gets there to what sets its fields in no sight."""
    if not isinstance(name.ctx, ast.Load) or not is_given_away(name, flow):
        return False
    call = call_given(name, flow)
    seen = call is not None and (flow.functions(call.func) or flow.definition(call.func))
    if seen or (call is not None and name_of(call.func) in ("asdict", "astuple", "vars")):
        return False
    return owner in flow.classes(name)


def _sure(items: Items | None, flow: Flow) -> Items | None:
    """The items, None where some other call gives what may not be the arguments."""
    kinds = (Arguments, ArgumentsDict)
    for _, value in items or ():
        for part in ast.walk(value):
            if isinstance(part, (ast.Attribute, ast.Subscript)):
                held = [isinstance(m, kinds) for m in flow.meanings(part.value)]
                if any(held) and not all(held):
                    return None
    return items


def _is_alone(name: ast.Name, flow: Flow, hops: int) -> bool:
    """Whether a name is only there to be kept, so that nothing changes it under it.

    Where a function is given it, its callers may change it before, but not behind.
    """
    syntax = flow.syntax
    bindings = syntax.bindings(name.id, syntax.scope(name))
    passed = len(bindings) == 1 and bindings[0].kind == "parameter"
    given = flow.given(bindings[0]) if passed and hops else []
    for node in _others(name, flow):
        before = node.lineno < name.lineno and not passed
        if _gets_away(node, flow) or (any(changes_at(node, syntax)) and not before):
            return False
    return all(
        _is_alone(value, flow, hops - 1) for value in given if isinstance(value, ast.Name)
    )


def _others(name: ast.Name, flow: Flow) -> Iterator[ast.Name]:
    """The other places where what has a name is read by it."""
    syntax = flow.syntax
    owner = syntax.owner(name.id, syntax.scope(name))
    for node in syntax.named.get(name.id, ()):
        if isinstance(node, ast.Name) and node is not name:
            read = isinstance(node.ctx, ast.Load)
            if read and syntax.owner(node.id, syntax.scope(node)) is owner:
                yield node


def _uses(
    node: ast.Attribute, family: Sequence[ast.ClassDef], flow: Flow
) -> Iterator[ast.Attribute]:
    """The other places where an object of these classes is asked for the attribute."""
    for other in flow.syntax.named.get(node.attr, ()):
        if isinstance(other, ast.Attribute) and other is not node:
            if any(each in family for each in flow.classes(other.value)):
                yield other


def _gets_away(node: ast.expr, flow: Flow) -> bool:
    """Whether a dict gets another name, or to what may change it."""
    parent = flow.syntax.parent[node]
    if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.Return)):
        return parent.value is node
    return is_given_away(node, flow)
