"""Types whose values JSON has as W&B records them: numbers, texts, and lists of these.

``json.loads``, ``list``, ``str.lower``, and functions of the script that surely return
such: ``try: return int(v)``, ``except ValueError: return float(v)``.
"""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import run_by

JSON = "json.loads"
BUILT_IN = frozenset(("bool", "float", "int", "len", "str"))
# What makes a list of the items of another thing, or a tuple, which JSON has as one.
SERIES = frozenset(("list", "sorted", "tuple"))
# Methods that only a text has, and that give a text or a list of texts.
OF_TEXT = frozenset(
    (
        *("capitalize", "casefold", "lower", "swapcase", "title", "upper"),
        *("lstrip", "rstrip", "strip", "removeprefix", "removesuffix"),
        *("rsplit", "split", "splitlines"),
    )
)


def gives_json(node: ast.expr | None, syntax: Syntax, flow: Flow) -> bool:
    """Whether each value that a ``type=`` of the script's own gives is one of JSON's."""
    if node is None:
        return False
    if flow.qualified(node) == JSON or _is_of_text(node, syntax):
        return True
    if isinstance(node, ast.Name) and node.id in SERIES:  # of a text: its letters
        return not syntax.bindings(node.id, syntax.scope(node))
    if isinstance(node, ast.Lambda):
        return _is_json(node.body, node, syntax, flow)
    made = flow.function(node)
    if not isinstance(made, ast.FunctionDef) or made.decorator_list:
        return False
    inside = list(run_by(made))
    if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in inside):
        return False
    returned = [n.value for n in inside if isinstance(n, ast.Return)]
    return all(v is None or _is_json(v, made, syntax, flow) for v in returned)


def _is_of_text(node: ast.expr, syntax: Syntax) -> bool:
    """Whether it is ``str.lower``, or another method that a text is given to."""
    match node:
        case ast.Attribute(value=ast.Name(id="str"), attr=method):
            return method in OF_TEXT and not syntax.bindings("str", syntax.scope(node))
    return False


def _is_json(
    node: ast.expr, function: ast.FunctionDef | ast.Lambda, syntax: Syntax, flow: Flow
) -> bool:
    """Whether a value that is returned is one of JSON's, or made of such."""
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str()) | ast.JoinedStr():
            return True
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Compare(left=left, ops=ops, comparators=others):
            known = all(
                isinstance(op, (ast.In, ast.Is, ast.IsNot, ast.NotIn)) for op in ops
            )
            sides = (left, *others)
            return known or all(_is_json(side, function, syntax, flow) for side in sides)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            return all(_is_json(part, function, syntax, flow) for part in parts)
        case ast.IfExp(body=body, orelse=orelse):
            return all(_is_json(part, function, syntax, flow) for part in (body, orelse))
        case ast.ListComp(elt=each):
            return _is_json(each, function, syntax, flow)
        case ast.Call(func=ast.Name(id=name)) if name in BUILT_IN:
            return not syntax.bindings(name, syntax.scope(node))
        case ast.Call(func=ast.Name(id=name), args=[items]) if name in SERIES:
            own = syntax.bindings(name, syntax.scope(node))
            return not own and _has_json(items, function, syntax, flow)
        case ast.Call(func=ast.Attribute(value=text, attr=method)) if method in OF_TEXT:
            return _is_json(text, function, syntax, flow)
        case ast.Call(func=called):
            return flow.qualified(called) == JSON
        case ast.Name(id=name):  # the word itself
            first = [*function.args.posonlyargs, *function.args.args][:1]
            bindings = syntax.bindings(name, syntax.scope(node))
            return [b.node for b in bindings] == first
    return False


def _has_json(
    items: ast.expr, function: ast.FunctionDef | ast.Lambda, syntax: Syntax, flow: Flow
) -> bool:
    """Whether all items of it are JSON's: ``map(int, …)``, ``int(t) for t in …``."""
    match items:
        case ast.GeneratorExp(elt=each):
            return _is_json(each, function, syntax, flow)
        case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=made), _]):
            names = ("map", made)
            own = any(syntax.bindings(name, syntax.scope(items)) for name in names)
            return made in BUILT_IN and not own
    return _is_json(items, function, syntax, flow)
