"""The keywords that a dict gives a call, for each way through the source that leads to it.

::

    kwargs = {"default": item.default}
    if item.type is bool:
        kwargs["action"] = "store_true"
    else:
        kwargs["type"] = item.type
    parser.add_argument("--" + item.name, **kwargs)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax

# What a dict holds on one way.
Keywords = Mapping[str, ast.expr]
Ways = tuple[Keywords, ...]
MOST = 16  # ways that are told apart
LEAVES = (ast.Continue, ast.Break, ast.Return, ast.Raise)


def spelled_keywords(call: ast.Call, syntax: Syntax) -> Ways:
    """What ``**kwargs`` may give a call; no way where the source doesn't tell.

    A name must stand for nothing but dicts that its scope spells out, gives more keys, and
    copies into calls.
    """
    unpacked = [k.value for k in call.keywords if k.arg is None]
    if len(unpacked) != 1 or syntax.bindings("dict", syntax.scope(call)):
        return ()
    (given,) = unpacked
    shown = _display(given)
    ways = (shown,) if shown is not None else _of_name(given, call, syntax)
    own = {k.arg for k in call.keywords}
    return () if any(own & way.keys() for way in ways) else ways


def _of_name(given: ast.expr, call: ast.Call, syntax: Syntax) -> Ways:
    """The ways to a call of what stands under a name there."""
    scope = syntax.scope(call)
    body = scope.node.body if isinstance(scope.node, (*FUNCTIONS, ast.Module)) else []
    if not isinstance(given, ast.Name) or syntax.owner(given.id, scope) is not scope:
        return ()
    names = [n for n in syntax.named.get(given.id, ()) if isinstance(n, ast.Name)]
    for name in names:
        inner = syntax.scope(name)
        if syntax.owner(name.id, inner) is scope:
            if inner is not scope or not _is_seen(name, syntax):
                return ()
    if any(b.kind != "assign" or b.index is not None for b in scope.bindings[given.id]):
        return ()
    way = _Way(given.id, syntax.statement(call))
    way.through(body, None)
    return way.found or ()


def _is_seen(name: ast.Name, syntax: Syntax) -> bool:
    """Whether the dict is made there, gets keys, or is copied into a call."""
    above = syntax.parent[name]
    if isinstance(above, ast.keyword):
        return above.arg is None
    change = _change(syntax.statement(name))
    return change is not None and change.name is name


@dataclass(frozen=True)
class _Change:
    """What a statement makes of the dict of a name, or puts ``more`` into it."""

    name: ast.Name
    items: Keywords
    more: bool

    def of(self, ways: Ways | None) -> Ways | None:
        """The ways behind it."""
        if not self.more:
            return (self.items,)
        return None if ways is None else tuple({**way, **self.items} for way in ways)


def _change(statement: ast.AST) -> _Change | None:
    """``kwargs = {…}``, ``kwargs["type"] = int`` or ``kwargs.update(type=int)``."""
    match statement:
        case (
            ast.Assign(targets=[ast.Name() as name], value=value)
            | ast.AnnAssign(target=ast.Name() as name, value=value)
        ):
            items, more = _display(value), False
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Name() as name, slice=key)], value=value
        ):
            items, more = _display(ast.Dict([key], [value])), True
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name() as name, attr="update"),
                args=[given],
                keywords=[],
            )
        ):
            items, more = _display(given), True
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name() as name, attr="update"),
                args=[],
                keywords=given,
            )
        ):
            items, more = _display(ast.Call(ast.Name("dict"), [], given)), True
        case _:
            return None
    return None if items is None else _Change(name, items, more)


def _display(node: ast.expr | None) -> Keywords | None:
    """The items of ``{"type": int}`` or ``dict(type=int)``."""
    match node:
        case ast.Dict(keys=keys, values=values):
            names = [None if k is None else literal(k) for k in keys]
            if all(isinstance(name, str) for name in names):
                return dict(zip(map(str, names), values, strict=True))
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=given):
            if all(k.arg is not None for k in given):
                return {str(k.arg): k.value for k in given}
    return None


@dataclass
class _Way:
    """The statements of a scope on the way to a call, and a dict as each leaves it.

    It is None where it isn't known; ``found`` is what it is at the statement of the call.
    """

    name: str
    call: ast.stmt
    found: Ways | None = None

    def through(self, block: Sequence[ast.stmt], ways: Ways | None) -> Ways | None:
        """What the dict is behind a block; no way at all where the block is left."""
        for statement in block:
            ways = self._behind(statement, ways)
        return ways

    def _behind(self, statement: ast.stmt, ways: Ways | None) -> Ways | None:
        if statement is self.call:
            self.found = ways
            return ways
        if isinstance(statement, LEAVES):
            return ()
        change = self._changed_by(statement)
        if change is not None:
            return change.of(ways)
        if isinstance(statement, ast.If):
            both = (statement.body, statement.orelse)
            return _joined([self.through(block, ways) for block in both])
        if any(map(self._changed_by, ast.walk(statement))):
            ways = None  # round a loop, or out of anything that may be left halfway
        for block in _blocks(statement):
            self.through(block, ways)
        return ways

    def _changed_by(self, statement: ast.AST) -> _Change | None:
        change = _change(statement)
        return change if change is not None and change.name.id == self.name else None


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of a loop, a with, a try or a match; functions run elsewhere."""
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return
    parts = getattr(statement, "handlers", []) + getattr(statement, "cases", [])
    for part in (statement, *parts):
        for name in ("body", "orelse", "finalbody"):
            yield from [block] if (block := getattr(part, name, None)) else []


def _joined(branches: Iterable[Ways | None]) -> Ways | None:
    """The ways of several branches together; None where one isn't known, or too many."""
    found: list[Keywords] = []
    for ways in branches:
        if ways is None:
            return None
        found += [way for way in ways if way not in found]
    return tuple(found) if len(found) <= MOST else None
