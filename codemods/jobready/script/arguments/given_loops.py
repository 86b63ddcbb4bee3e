"""Loops through what is given on the command line, of which a clone gives all."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from jobready.script.values.functions import name_of

SHOWS = frozenset(("debug", "info", "print", "pprint", "warning"))


def laid_by(loop: ast.For) -> ast.Name | None:
    """What a loop lays all that is given over, name by name, and does nothing else.

    ``for k, v in given.items(): if k in loaded and loaded[k] != v: loaded[k] = v``.
    """
    match loop.target:
        case ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]) if key != value:
            found = list(_laid(loop.body, key, value))
        case _:
            return None
    targets = [target for target in found if target is not None]
    if loop.orelse or not targets or len(targets) < len(found):
        return None
    first = targets[0]
    same = all(t.id == first.id for t in targets) and first.id not in (key, value)
    return first if same and _tests_of(loop, first.id, key, value) else None


def pruned(loop: ast.For) -> ast.Name | None:
    """What a loop takes out of what is None: ``if held[k] is None: del held[k]``.

    None where it does anything else.
    """
    if not isinstance(loop.target, ast.Name) or loop.orelse or len(loop.body) != 1:
        return None
    match loop.body[0]:
        case ast.If(
            test=ast.Compare(left=value, ops=[ast.Is()], comparators=[ast.Constant(None)]),
            body=[taken],
            orelse=[],
        ):
            return _holder(value) if _takes_out(taken, value, loop.target.id) else None
    return None


def only_shows(statements: Iterable[ast.stmt]) -> bool:
    """Whether statements only print or log something."""
    return all(
        isinstance(s, ast.Expr)
        and isinstance(s.value, ast.Call)
        and name_of(s.value.func) in SHOWS
        for s in statements
    )


def keeps_given(made: ast.AST) -> bool:
    """Whether it is ``{k: v for k, v in given.items() if v is not None}``, or all of it."""
    match made:
        case ast.DictComp(
            key=ast.Name(id=key),
            value=ast.Name(id=value),
            generators=[ast.comprehension(target=ast.Tuple(elts=[first, last]), ifs=ifs)],
        ):
            named = [ast.unparse(first), ast.unparse(last)] == [key, value]
            return named and [ast.unparse(t) for t in ifs] in ([], [f"{value} is not None"])
    return False


def _laid(body: Sequence[ast.stmt], key: str, value: str) -> Iterator[ast.Name | None]:
    """What each statement sets a key of to its value; None for any other statement."""
    for statement in body:
        match statement:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name() as target, slice=ast.Name(id=k))],
                value=ast.Name(id=v),
            ) if (k, v) == (key, value):
                yield target
            case ast.Expr(
                value=ast.Call(
                    func=ast.Name(id="setattr"),
                    args=[ast.Name() as target, ast.Name(id=k), ast.Name(id=v)],
                    keywords=[],
                )
            ) if (k, v) == (key, value):
                yield target
            case ast.If(body=inner, orelse=[]):
                yield from _laid(inner, key, value)
            case _:
                if not only_shows([statement]):
                    yield None


def _tests_of(loop: ast.For, target: str, key: str, value: str) -> bool:
    """Whether a loop only asks whether the target has a name, and another value by it."""
    asked = (
        f"{key} in {target}",
        f"hasattr({target}, {key})",
        f"{target}[{key}] != {value}",
        f"getattr({target}, {key}) != {value}",
        f"{value} is not None",
    )
    tests = [n.test for n in ast.walk(loop) if isinstance(n, ast.If)]
    parts = [
        part
        for test in tests
        for part in (
            test.values
            if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)
            else [test]
        )
    ]
    return all(ast.unparse(part) in asked for part in parts)


def _holder(value: ast.expr) -> ast.Name | None:
    """The name in ``held[k]``, ``vars(held)[k]``, ``getattr(held, k)`` and the like."""
    match value:
        case ast.Subscript(value=ast.Name() as held):
            return held
        case ast.Subscript(value=ast.Attribute(value=ast.Name() as held, attr="__dict__")):
            return held
        case ast.Subscript(value=ast.Call(ast.Name(id="vars"), [ast.Name() as held])):
            return held
        case ast.Call(args=[ast.Name() as held, _]):
            return held
    return None


def _takes_out(statement: ast.stmt, value: ast.expr, key: str) -> bool:
    """Whether a statement takes out the value of a key that is looked up."""
    match value:
        case ast.Subscript(slice=ast.Name(id=k)) if k == key:
            deleted = f"del {ast.unparse(value)}"
            return ast.unparse(statement) == deleted
        case ast.Call(func=ast.Name(id="getattr"), args=[held, ast.Name(id=k)]) if k == key:
            return ast.unparse(statement) == f"delattr({ast.unparse(held)}, {key})"
    return False
