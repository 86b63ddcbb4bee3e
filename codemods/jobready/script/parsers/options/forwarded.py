"""Parameters that come through a method of the script's own: all that it is given.

``def add(self, *args, **kwargs): self.parser.add_argument(*args, **kwargs)``
"""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Group, Parser


def forwarded(call: ast.Call, syntax: Syntax, flow: Flow) -> list[ast.Call]:
    """The calls that give a call its arguments; none where others may.

    The function that it stands in hands on what it is given, and has nothing else.
    """
    function = syntax.scope(call).node
    if not isinstance(function, FUNCTIONS) or not _hands_on(call, function):
        return []
    calls = flow.calls_for(function)
    called = {each.func for each in calls}
    for node in syntax.named.get(function.name, ()):
        if node not in called and _may_be(node, function, flow):
            return []
    return calls


def _hands_on(call: ast.Call, function: Function) -> bool:
    """Whether a call gets ``*args, **kwargs`` of its function, which takes no more."""
    taken = function.args
    if taken.vararg is None or taken.kwarg is None or function.decorator_list:
        return False
    if len([*taken.posonlyargs, *taken.args]) > 1 or taken.kwonlyargs:
        return False
    given = {taken.vararg.arg, taken.kwarg.arg}
    named = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id in given]
    if len(named) != len(given):
        return False  # what it is given may be changed before
    text = f"f(*{taken.vararg.arg}, **{taken.kwarg.arg})"
    return ast.unparse(ast.Call(ast.Name("f"), call.args, call.keywords)) == text


def _may_be(node: ast.AST, function: Function, flow: Flow) -> bool:
    """Whether a name may stand for the function; a parser's own method it isn't."""
    if isinstance(node, ast.Name):
        return any(b.node is function for b in flow.bindings_of(node))
    if not isinstance(node, ast.Attribute):
        return True
    meanings = flow.meanings(node.value)
    return not meanings or not all(isinstance(m, (Parser, Group)) for m in meanings)
