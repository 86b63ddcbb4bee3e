"""Where a Trainer's arguments get another value than they were made with.

``training_args.num_train_epochs *= 2``, ``setattr``, ``dataclasses.replace`` and what the
methods of a script's own class of them set.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments
from jobready.script.values.parser_classes import first_parameter

# How what holds a Trainer's arguments is called: ``trainer.args``, ``training_arguments``.
HOLDERS = ("args", "arguments")
ANY = "*"  # whatever field the script sets by a name that it makes
HOPS = 6


def changed_fields(call: ast.Call, syntax: Syntax, flow: Flow) -> dict[str, Place]:
    """The fields that get another value than the call gives them, with the first place."""
    found: dict[str, Place] = {}
    for name, holder, node in _changes(syntax):
        if name not in found and _may_be_made_by(call, holder, syntax, flow):
            found[name] = syntax.place(node)
    return found


def _changes(syntax: Syntax) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Each field that something gets anew: its name, whose it is, and where."""
    for node in syntax.of(ast.Attribute):
        if not isinstance(node.ctx, ast.Load):
            yield node.attr, node.value, node
    for call in syntax.of(ast.Call):
        called = name_of(call.func)
        if called == "setattr" and len(call.args) > 1:
            yield _text(call.args[1]), call.args[0], call
        elif called == "replace" and call.args:
            for keyword in call.keywords:
                if keyword.arg is not None:
                    yield keyword.arg, call.args[0], call
        elif called == "update" and isinstance(call.func, ast.Attribute):
            holder = _object_of(call.func.value)
            if holder is not None:
                names = [*(ANY for _ in call.args), *(k.arg or ANY for k in call.keywords)]
                yield from ((name, holder, call) for name in names)


def _text(node: ast.expr) -> str:
    """The name that is spelled there, or any."""
    return str(node.value) if isinstance(node, ast.Constant) else ANY


def _object_of(node: ast.expr) -> ast.expr | None:
    """Whose attributes a dict has: ``vars(own)``, ``own.__dict__``."""
    match node:
        case ast.Call(func=ast.Name(id="vars"), args=[holder]):
            return holder
        case ast.Attribute(value=holder, attr="__dict__"):
            return holder
    return None


def _leads_to(node: ast.expr, call: ast.Call, flow: Flow, hops: int = HOPS) -> bool:
    """Whether an expression stands for what a call makes, by names and functions."""
    if node is call:
        return True
    values: list[ast.expr] = []
    if hops and isinstance(node, ast.Name):
        values = [v for b in flow.bindings_of(node) for v in flow.given(b)]
    elif hops and isinstance(node, ast.Call):
        function = flow.function(node.func)
        if isinstance(function, ast.FunctionDef):
            values = [r.value for r in flow.returns(function) if r.value is not None]
    return any(_leads_to(value, call, flow, hops - 1) for value in values)


def _may_be_made_by(call: ast.Call, holder: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether an expression may stand for what the call makes."""
    name = name_of(holder)
    if name is None or any(isinstance(m, Arguments) for m in flow.meanings(holder)):
        return False
    if not isinstance(holder, ast.Name):
        kept = (n for n in syntax.of(ast.Assign) for t in n.targets if name_of(t) == name)
        return name.endswith(HOLDERS) or any(_leads_to(n.value, call, flow) for n in kept)
    if _leads_to(holder, call, flow):
        return True
    function = syntax.scope(holder).node
    if isinstance(function, FUNCTIONS) and name == first_parameter(function):
        made = flow.definition(call.func)
        owner = syntax.parent[function]
        if isinstance(owner, ast.ClassDef):
            return made is not None and owner in flow.lineage(made)
    return name.endswith(HOLDERS)
