"""Annotations, as they are read for the parameters that a library makes of fields."""

from __future__ import annotations

import ast


def without_quotes(node: ast.expr) -> ast.expr:
    """The type in an annotation that is written as a text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return node
    return node


def subscripted(node: ast.expr) -> str | None:
    """``Optional`` of ``typing.Optional[int]``; None for a type without brackets."""
    if not isinstance(node, ast.Subscript):
        return None
    return ast.unparse(node.value).rpartition(".")[2]
