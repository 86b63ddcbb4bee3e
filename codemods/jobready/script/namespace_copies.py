"""A function that makes a dict of a Namespace, and of those inside it by calling itself.

``return {k: f(v) if isinstance(v, Namespace) else v for k, v in vars(args).items()}``: what
it returns has each parameter under its own name, whatever else it is called for.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.syntax import Function


def copied_by(call: ast.Call, functions: Sequence[Function]) -> ast.expr | None:
    """The Namespace whose dict a call returns; None where it does anything else."""
    if len(functions) != 1 or len(call.args) != 1 or call.keywords:
        return None
    (function,) = functions
    taken = function.args
    returned = function.body[-1]
    alone = len(function.body) == 1 or ast.get_docstring(function) is not None
    if not alone or len(function.body) > 2 or not isinstance(returned, ast.Return):
        return None
    if len(taken.args) != 1 or taken.vararg or taken.kwonlyargs or function.decorator_list:
        return None
    made = returned.value
    if not isinstance(made, ast.DictComp) or len(made.generators) != 1:
        return None
    items = made.generators[0]
    pair = items.target
    if ast.unparse(items.iter) != f"vars({taken.args[0].arg}).items()" or items.ifs:
        return None
    if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2:
        return None
    key, value = map(ast.unparse, pair.elts)
    keeps = _keeps(made.value, value, function.name)
    return call.args[0] if ast.unparse(made.key) == key and keeps else None


def _keeps(made: ast.expr, value: str, function: str) -> bool:
    """Whether a value is kept, unless it is an object of a class that is copied too."""
    if isinstance(made, ast.IfExp):
        test = made.test
        of_class = isinstance(test, ast.Call) and ast.unparse(test.func) == "isinstance"
        inside = ast.unparse(made.body) == f"{function}({value})"
        namespace = ast.unparse(test).endswith("Namespace)")
        return of_class and inside and namespace and ast.unparse(made.orelse) == value
    return ast.unparse(made) == value
