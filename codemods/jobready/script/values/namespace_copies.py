"""Dicts that hold all that a Namespace holds, each parameter under its own name.

A comprehension over its items, or a function that returns one and calls itself for what is
inside: ``{k: f(v) if isinstance(v, Namespace) else v for k, v in vars(args).items()}``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.source.scopes import Function
from jobready.script.values.handed_over import long_or_short
from jobready.script.values.shown_apart import shown_apart


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


def copied_items(node: ast.DictComp) -> ast.expr | None:
    """The dict that ``{k: v for k, v in it.items() if …}`` copies, all of it or a part.

    Also where a key is another name for one that is taken.
    """
    apart = shown_apart(node)
    if apart is not None:
        return apart
    first, *others = node.generators
    target = first.target
    if isinstance(target, ast.Name) and not others:
        return _copied_attributes(node, target.id)
    if others or not isinstance(target, ast.Tuple) or len(target.elts) != 2:
        return None
    copied = ast.Tuple([node.key, long_or_short(node.value)], ast.Load())
    if ast.unparse(copied) != ast.unparse(target):
        return None
    call = first.iter
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
        return call.func.value if call.func.attr == "items" else None
    return None


def _copied_attributes(node: ast.DictComp, name: str) -> ast.expr | None:
    """The object that ``{n: getattr(it, n) for n in dir(it) if …}`` copies."""
    names, value = node.generators[0].iter, node.value
    if isinstance(names, ast.Attribute) and names.attr == "class_variables":
        copied = names.value  # those of a Tap
    elif isinstance(names, ast.Call) and len(names.args) == 1:
        if ast.unparse(names.func) not in ("dir", "vars"):
            return None
        copied = names.args[0]
    else:
        return None
    if not isinstance(value, ast.Call):
        return None
    same = f"getattr({ast.unparse(copied)}, {name})"
    return copied if (ast.unparse(node.key), ast.unparse(value)) == (name, same) else None
