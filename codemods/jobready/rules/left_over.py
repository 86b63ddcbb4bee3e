"""Parses that a script has and nobody calls."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax


def is_left_over(call: ast.Call, syntax: Syntax) -> bool:
    """Whether a function returns what it parses, and the script never calls it.

    Nothing says so of a file that isn't run by itself: others may import the function.
    """
    function = syntax.scope(call).node
    if not isinstance(function, FUNCTIONS) or syntax.parent[function] is not syntax.tree:
        return False
    returned = isinstance(syntax.parent[call], ast.Return)
    nodes = syntax.named.get(function.name, ())
    called = any(isinstance(node, ast.Name) for node in nodes)
    return returned and syntax.mentions("__main__") and not called
