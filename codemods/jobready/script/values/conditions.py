"""The tests that decide whether a call is reached."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.source.reaching import statements_above
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# A test, and what it must come to for what is behind it to be reached.
Condition = tuple[ast.expr, bool]
# What leaves a block without an error: whoever raises or exits says that all is over.
LEAVES = (ast.Return, ast.Continue, ast.Break)
HOPS = 3  # from a call to the function that holds the next one


def conditions_around(
    node: ast.AST, syntax: Syntax, flow: Flow, hops: int = HOPS
) -> Iterator[Condition]:
    """The tests on the way to a node, up to where its function is called."""
    inside = node
    for ancestor in syntax.ancestors(node):
        yield from _test_of(ancestor, inside)
        yield from _early_exits(ancestor, inside)
        if isinstance(ancestor, FUNCTIONS):
            calls = flow.calls_for(ancestor)
            spawned = ancestor in flow.uses.handed_over  # `mp.spawn(main_worker, …)`
            if len(calls) == 1 and hops and not spawned:
                yield from conditions_around(calls[0], syntax, flow, hops - 1)
            return
        inside = ancestor


def _test_of(holder: ast.AST, inside: ast.AST) -> Iterator[Condition]:
    """The test by which ``holder`` decides whether the part of it is reached."""
    if isinstance(holder, (ast.If, ast.IfExp)) and inside is not holder.test:
        body = holder.body if isinstance(holder.body, list) else [holder.body]
        yield holder.test, inside in body
    elif isinstance(holder, ast.BoolOp):
        for value in holder.values[: holder.values.index(inside)]:  # type: ignore[arg-type]
            yield value, isinstance(holder.op, ast.And)


def _early_exits(holder: ast.AST, inside: ast.AST) -> Iterator[Condition]:
    """The tests above a statement of a block that leave the block: ``if …: return``."""
    for above in statements_above(inside, holder):
        if isinstance(above, ast.If) and not above.orelse:
            if isinstance(above.body[-1], LEAVES):
                yield above.test, False
