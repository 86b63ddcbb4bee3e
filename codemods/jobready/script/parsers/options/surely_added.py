"""Whether a parser that is made gets what some call adds to it, in any case."""

from __future__ import annotations

import ast
from itertools import takewhile

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# What may keep a call from being reached.
DECIDES = (
    *(ast.If, ast.IfExp, ast.BoolOp, ast.For, ast.While, ast.Try, ast.Match),
    *(ast.AsyncFor, ast.Lambda, ast.comprehension),
)


def is_surely_added(call: ast.Call, made: ast.Call, syntax: Syntax, flow: Flow) -> bool:
    """Whether a parser that is made gets a dataclass in any case.

    Nothing decides about it, or leaves its function, between the two. A function that adds
    it to the parser must be called so, too.
    """
    shared = _around(made, syntax, flow)
    seen: set[ast.AST] = set()
    waiting = [call]
    while waiting:
        node = waiting.pop()
        near = list(takewhile(lambda a: a not in shared, syntax.ancestors(node)))
        scope = syntax.scope(node)
        start = made.lineno if scope is syntax.scope(made) else 0
        left = (r for r in syntax.of(ast.Return) if syntax.scope(r) is scope)
        if any(start < r.lineno < node.lineno for r in left):
            return False
        if any(isinstance(a, DECIDES) for a in near):
            return False
        for function in (a for a in near if isinstance(a, FUNCTIONS)):
            calls = flow.calls_for(function)
            if not calls or function in seen:
                return False
            seen.add(function)
            waiting += calls
            break
    return True


def _around(made: ast.Call, syntax: Syntax, flow: Flow) -> set[ast.AST]:
    """What a parser is made in, and where the function is called that alone makes it."""
    found: set[ast.AST] = set()
    node: ast.AST | None = made
    while node is not None and node not in found:
        found |= {node, *syntax.ancestors(node)}
        inside = next((a for a in syntax.ancestors(node) if isinstance(a, FUNCTIONS)), None)
        calls = flow.calls_for(inside) if inside is not None else []
        node = calls[0] if len(calls) == 1 else None
    return found
