"""Whether a script reckons with something being missing where it uses it."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax


def may_be_missing(node: ast.AST, word: str, syntax: Syntax) -> bool:
    """Whether the use depends on a test, an error is caught, or ``word`` was looked at.

    In the function that the node is in; a test of ``__name__`` is none.
    """
    for above in syntax.ancestors(node):
        if isinstance(above, (ast.Try, ast.IfExp, ast.While, ast.BoolOp, ast.Match)):
            return True
        if isinstance(above, ast.If) and "__name__" not in ast.unparse(above.test):
            return True
        body = getattr(above, "body", None)
        if isinstance(body, list) and any(_looks_at(s, word, node) for s in body):
            return True
        if isinstance(above, FUNCTIONS):
            return False
    return False


def _looks_at(statement: ast.stmt, word: str, node: ast.AST) -> bool:
    """Whether an if or an assert above tests something with the word in it."""
    if not isinstance(statement, (ast.If, ast.Assert)):
        return False
    return statement.lineno < getattr(node, "lineno", 0) and word in ast.unparse(
        statement.test
    )
