"""Types whose values JSON has as W&B records them: numbers, texts, and lists of these.

``json.loads``, ``list``, ``str.lower``, functions of the script that surely return such:
``try: return int(v)``, ``except ValueError: return float(v)``; and those that one of its
functions makes: ``type=any_of(NAMES)``.
"""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import run_by

JSON = "json.loads"
LITERALS = "ast.literal_eval"
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


def gives_json(
    node: ast.expr | None, syntax: Syntax, flow: Flow, *, literals: bool = False
) -> bool:
    """Whether each value that a ``type=`` of the script's own gives is one of JSON's.

    With ``literals`` what ``ast.literal_eval`` gives counts as such. It may be a set, but
    the text of that gives it again.
    """
    if node is None:
        return False
    return _Reader(syntax, flow, literals).gives_json(node)


class _Reader:
    """Tells what the functions give that are the types of a parser's options."""

    def __init__(self, syntax: Syntax, flow: Flow, literals: bool) -> None:
        self._syntax = syntax
        self._flow = flow
        self._loaders = {JSON, LITERALS} if literals else {JSON}

    def gives_json(self, node: ast.expr) -> bool:
        """Whether what it gives for a word is always JSON's."""
        if self._flow.qualified(node) in self._loaders or self._is_of_text(node):
            return True
        if isinstance(node, ast.Name) and node.id in SERIES:  # of a text: its letters
            return self._is_built_in(node)
        if isinstance(node, ast.Lambda):
            return self._is_json(node.body, node)
        if isinstance(node, ast.Call):
            return self._makes_such(node)
        made = self._flow.function(node)
        returned = None if made is None else _returned(made)
        if returned is None or not isinstance(made, ast.FunctionDef):
            return False
        return all(v is None or self._is_json(v, made) for v in returned)

    def _makes_such(self, call: ast.Call) -> bool:
        """Whether a call gives a function that stands in the one that is called."""
        maker = self._flow.function(call.func)
        returned = None if maker is None else _returned(maker)
        return bool(returned) and all(self._is_inside(v, maker) for v in returned or ())

    def _is_inside(self, value: ast.expr | None, maker: ast.AST | None) -> bool:
        """Whether a value is such a function, which stands in another one."""
        inner = self._flow.function(value) if isinstance(value, ast.Name) else None
        if inner is None or not isinstance(value, ast.Name):
            return False
        return maker in list(self._syntax.ancestors(inner)) and self.gives_json(value)

    def _is_of_text(self, node: ast.expr) -> bool:
        """Whether it is ``str.lower``, or another method that a text is given to."""
        match node:
            case ast.Attribute(value=ast.Name(id="str") as owner, attr=method):
                return method in OF_TEXT and self._is_built_in(owner)
        return False

    def _is_built_in(self, name: ast.Name) -> bool:
        return not self._syntax.bindings(name.id, self._syntax.scope(name))

    def _is_json(self, node: ast.expr, function: ast.FunctionDef | ast.Lambda) -> bool:
        """Whether a value that is returned is one of JSON's, or made of such."""
        match node:
            case ast.Constant(value=None | bool() | int() | float() | str()):
                return True
            case ast.JoinedStr() | ast.UnaryOp(op=ast.Not()):
                return True
            case ast.Compare(left=left, ops=ops, comparators=others):
                known = all(
                    isinstance(op, (ast.In, ast.Is, ast.IsNot, ast.NotIn)) for op in ops
                )
                return known or all(self._is_json(s, function) for s in (left, *others))
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
                return all(self._is_json(part, function) for part in parts)
            case ast.IfExp(body=body, orelse=orelse):
                return all(self._is_json(part, function) for part in (body, orelse))
            case ast.ListComp(elt=each):
                return self._is_json(each, function)
            case ast.Call(func=ast.Name(id=name) as called) if name in BUILT_IN:
                return self._is_built_in(called)
            case ast.Call(func=ast.Name(id=name) as called, args=[items]) if name in SERIES:
                return self._is_built_in(called) and self._has_json(items, function)
            case ast.Call(func=ast.Attribute(value=text, attr=method)) if method in OF_TEXT:
                return self._is_json(text, function)
            case ast.Call(func=called):
                return self._flow.qualified(called) in self._loaders
            case ast.Name():
                return self._holds_json(node, function)
        return False

    def _holds_json(self, name: ast.Name, function: ast.FunctionDef | ast.Lambda) -> bool:
        """Whether a name holds the word itself, or what is made of it and only read."""
        first = [*function.args.posonlyargs, *function.args.args][:1]
        bindings = self._syntax.bindings(name.id, self._syntax.scope(name))
        if [b.node for b in bindings] == first:
            return True
        if len(bindings) != 1 or bindings[0].scope is not self._syntax.scope(name):
            return False
        (binding,) = bindings
        if binding.kind != "assign" or binding.index is not None or binding.value is None:
            return False
        reads = (n for n in self._syntax.named.get(name.id, ()) if isinstance(n, ast.Name))
        holders = (self._syntax.parent[n] for n in reads if isinstance(n.ctx, ast.Load))
        read = all(isinstance(h, (ast.Compare, ast.For, ast.Return)) for h in holders)
        return read and self._is_json(binding.value, function)

    def _has_json(self, items: ast.expr, function: ast.FunctionDef | ast.Lambda) -> bool:
        """Whether all items of it are JSON's: ``map(int, …)``, ``int(t) for t in …``."""
        match items:
            case ast.GeneratorExp(elt=each):
                return self._is_json(each, function)
            case ast.Call(func=ast.Name(id="map") as called, args=[ast.Name() as made, _]):
                known = made.id in BUILT_IN and self._is_built_in(made)
                return known and self._is_built_in(called)
        return self._is_json(items, function)


def _returned(made: ast.AST) -> list[ast.expr | None] | None:
    """What a function returns; None where it may give something else back."""
    if not isinstance(made, ast.FunctionDef) or made.decorator_list:
        return None
    inside = list(run_by(made))
    if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in inside):
        return None
    return [n.value for n in inside if isinstance(n, ast.Return)]
