"""The keys of a dict that becomes a run's config: spelled out, and changed later."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

# Keys and values; a key of None is ``**value``.
Items = list[tuple[ast.expr | None, ast.expr]]
# Methods that change a dict.
CHANGES = frozenset(("update", "pop", "setdefault", "clear", "popitem"))
# Functions that leave a dict that they are given as it is.
ONLY_READ = frozenset(
    (
        "debug",
        "dict",
        "dumps",
        "info",
        "len",
        "list",
        "pprint",
        "print",
        "repr",
        "sorted",
        "str",
    )
)


@dataclass(frozen=True)
class Change:
    """One change of a dict that has a name.

    ``value`` is what the key gets, None where it is taken out; a ``key`` of None stands
    for keys that can't be told. ``node`` is where it happens.
    """

    node: ast.expr
    key: str | None
    value: ast.expr | None = None


def display(node: ast.expr) -> Items | None:
    """Keys and values of a dict that is spelled out: ``{…}``, ``dict(a=…)``, ``a | b``."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = ((side, display(side)) for side in (node.left, node.right))
        return [i for side, items in sides for i in items or [(None, side)]]
    if isinstance(node, ast.Dict):
        return list(zip(node.keys, node.values, strict=True))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "dict"
    ):
        items: Items = [(None, a) for a in node.args]
        for keyword in node.keywords:
            key = ast.Constant(keyword.arg) if keyword.arg else None
            items.append((key, keyword.value))
        return items
    return None


def changes(name: ast.Name, syntax: Syntax) -> list[Change]:
    """How a dict is changed, under the name that it has, before it is used here."""
    return [c for node in _uses_before(name, syntax) for c in changes_at(node, syntax)]


def is_handed_on(name: ast.Name, syntax: Syntax) -> bool:
    """Whether a dict may be changed under another name, before it is used here."""
    for node in _uses_before(name, syntax):
        parent: ast.AST = syntax.parent[node]
        if isinstance(parent, ast.keyword):
            splatted, parent = parent.arg is None, syntax.parent[parent]
            if splatted:
                continue  # a copy is given
        if isinstance(parent, ast.Call) and name_of(parent.func) not in ONLY_READ:
            return True
        if isinstance(parent, (ast.Assign, ast.NamedExpr)) and parent.value is node:
            return True
    return False


def is_changed_until(name: ast.Name, end: ast.expr, syntax: Syntax) -> bool:
    """Whether a dict is changed under its name below its use here, and above an end."""
    here = syntax.scope(name)
    last = end.lineno if syntax.scope(end) is here else None
    return any(
        isinstance(node, ast.Name)
        and syntax.scope(node) is here
        and name.lineno < node.lineno <= (last or node.lineno)
        and any(changes_at(node, syntax))
        for node in syntax.named.get(name.id, ())
    )


def is_item_changed(name: ast.Name, key: str, syntax: Syntax) -> bool:
    """Whether a value of a dict may be changed in it: ``keywords["config"]["lr"] = 1``."""
    for node in _uses_before(name, syntax):
        item = syntax.parent[node]
        if not isinstance(item, ast.Subscript) or item.value is not node:
            continue
        if key_of(item) != key or not isinstance(item.ctx, ast.Load):
            continue
        inner = syntax.parent[item]
        if not isinstance(inner, ast.Subscript) or not isinstance(inner.ctx, ast.Load):
            return True
    return False


def _uses_before(name: ast.Name, syntax: Syntax) -> Iterator[ast.Name]:
    """Where a name stands for the same, but not below its use here."""
    here = syntax.scope(name)
    owner = syntax.owner(name.id, here)
    for node in syntax.named.get(name.id, ()):
        if not isinstance(node, ast.Name) or node is name:
            continue
        scope = syntax.scope(node)
        if syntax.owner(node.id, scope) is not owner:
            continue
        if scope is not here or node.lineno <= name.lineno:
            yield node


def changes_inside(
    copied: ast.Name | ast.Attribute, syntax: Syntax
) -> Iterator[tuple[ast.expr, str | None]]:
    """Where a value of a dict is changed in it, and its key: ``config["opt"]["lr"] = 1``.

    Wherever the dict has that name.
    """
    name = copied.id if isinstance(copied, ast.Name) else copied.attr
    text = ast.unparse(copied)
    for node in syntax.named.get(name, ()):
        item = syntax.parent[node]
        if not isinstance(item, (ast.Subscript, ast.Attribute)) or item.value is not node:
            continue
        if ast.unparse(node) != text or not isinstance(item.ctx, ast.Load):
            continue
        inner = syntax.parent[item]
        if isinstance(inner, (ast.Subscript, ast.Attribute)) and inner.value is item:
            changes = isinstance(inner, ast.Attribute) and inner.attr in CHANGES
            if changes or not isinstance(inner.ctx, ast.Load):
                yield inner, key_of(item)


def attribute_changes(attribute: ast.Attribute, syntax: Syntax) -> list[Change]:
    """The same for a dict that an object keeps: ``self.config.update(lr=1)``."""
    named = syntax.named.get(attribute.attr, ())
    same = [n for n in named if isinstance(n, ast.Attribute)]
    text = ast.unparse(attribute)
    return [c for n in same if ast.unparse(n) == text for c in changes_at(n, syntax)]


def changes_at(node: ast.Name | ast.Attribute, syntax: Syntax) -> Iterator[Change]:
    """What is done there to a dict that changes it."""
    parent = syntax.parent[node]
    holder = syntax.parent.get(parent)
    if isinstance(parent, (ast.Subscript, ast.Attribute)) and parent.value is node:
        if isinstance(parent.ctx, ast.Store):
            yield Change(parent, key_of(parent), _stored(parent, holder))
        elif isinstance(parent.ctx, ast.Del):
            yield Change(parent, key_of(parent))
        elif isinstance(parent, ast.Attribute) and parent.attr in CHANGES:
            if isinstance(holder, ast.Call) and holder.func is parent:
                yield from _changes_by(holder, parent.attr)


def _stored(target: ast.expr, holder: ast.AST | None) -> ast.expr:
    """What a target gets; where that isn't one expression, a tuple with the target."""
    value = getattr(holder, "value", None)
    if isinstance(value, ast.expr) and not isinstance(holder, ast.AugAssign):
        return value
    return ast.copy_location(ast.Tuple([target], ast.Load()), target)


def _changes_by(call: ast.Call, method: str) -> Iterator[Change]:
    """What a method call changes."""
    key = literal(call.args[0]) if call.args else None
    if method == "pop" and isinstance(key, str):
        yield Change(call, key)
    elif method == "setdefault" and isinstance(key, str) and len(call.args) > 1:
        yield Change(call, key, call.args[1])
    elif method == "update":
        items = display(call.args[0]) if call.args else []
        if items is None:
            yield Change(call, None)
        for name, value in items or []:
            known = literal(name) if name is not None else None
            yield Change(call, known if isinstance(known, str) else None, value)
        for keyword in call.keywords:
            yield Change(call, keyword.arg, keyword.value)
    else:
        yield Change(call, None)


def key_of(node: ast.Attribute | ast.Subscript) -> str | None:
    """The key in ``config.key`` and ``config["key"]``; None where only a run tells it."""
    if isinstance(node, ast.Attribute):
        return node.attr
    key = literal(node.slice)
    return key if isinstance(key, str) else None
