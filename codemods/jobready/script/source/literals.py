"""Values that the source spells out, and the text of those that it doesn't."""

from __future__ import annotations

import ast

from jobready.script.model import Expression, Value


def literal(node: ast.expr) -> Value:
    """The Python object that ``node`` spells, or an `Expression` with its text."""
    if isinstance(node, ast.Constant):
        return node.value  # as literal_eval has it, in a tenth of the time
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return Expression(ast.unparse(node))


def is_known(value: Value) -> bool:
    """Whether the source spells the value out."""
    return not isinstance(value, Expression)
