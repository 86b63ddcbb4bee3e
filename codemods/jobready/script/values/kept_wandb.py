"""The module ``wandb`` where it is handed on like a value.

A class that logs to W&B imports it where it is made, ``import wandb; self._wandb = wandb``,
and calls ``self._wandb.init``. A function may get it, or None where it isn't there:
``train(opt, wandb)``.
"""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import argument_for, unpacks


def kept_wandb(syntax: Syntax) -> frozenset[str]:
    """The attributes that the source gives the module and, beside it, only None or False.

    A name of which any object is given something else, a stand-in say, is none of them.
    """
    found = {
        target.attr
        for name in syntax.named.get("wandb", ())
        if isinstance(name, ast.Name) and _is_imported(name, syntax)
        for target in _targets(syntax.parent[name], name)
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self"
    }
    return frozenset(a for a in found if _holds_nothing_else(a, syntax))


def _is_imported(name: ast.expr | None, syntax: Syntax) -> bool:
    """Whether it is a name of the module, or of None where that isn't there."""
    if not isinstance(name, ast.Name) or name.id != "wandb":
        return False
    bindings = syntax.bindings(name.id, syntax.scope(name))
    nodes = [b.node for b in bindings if b.kind == "import"]
    others = [b for b in bindings if b.kind != "import"]
    return (
        bool(nodes)
        and all(isinstance(n, ast.Import) for n in nodes)
        and all(b.kind == "assign" and _is_nothing(b.value) for b in others)
    )


def _targets(holder: ast.AST, value: ast.expr) -> list[ast.expr]:
    """What an assignment gives the value."""
    if isinstance(holder, ast.Assign) and holder.value is value:
        return holder.targets
    return []


def _holds_nothing_else(attribute: str, syntax: Syntax) -> bool:
    for node in syntax.named.get(attribute, ()):
        if not isinstance(node, (ast.Attribute, ast.Name)):
            continue
        of_class = isinstance(syntax.scope(node).node, ast.ClassDef)
        of_object = isinstance(node, ast.Attribute) or of_class
        if of_object and isinstance(node.ctx, (ast.Store, ast.Del)):
            holder = syntax.parent[node]
            if not isinstance(holder, (ast.Assign, ast.AnnAssign)):
                return False
            if not (_is_nothing(holder.value) or _is_imported(holder.value, syntax)):
                return False
    return True


def _is_nothing(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value in (None, False)


def is_given_wandb(binding: Binding, syntax: Syntax) -> bool:
    """Whether a parameter called ``wandb`` is always given the module, or nothing."""
    function, parameter = binding.scope.node, binding.node
    if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
        return False
    if (
        syntax.parent[function] is not syntax.scope(function).node
        or binding.name != "wandb"
    ):
        return False
    positional = [*function.args.posonlyargs, *function.args.args]
    given: list[ast.expr | None] = []
    for node in syntax.named.get(function.name, ()):
        call = syntax.parent[node]
        if not isinstance(call, ast.Call) or call.func is not node:
            return False  # it may be called anywhere
        if unpacks(call):
            return False
        given.append(argument_for(call, parameter, positional, False))
    modules = [g for g in given if g is not None and _is_imported(g, syntax)]
    return bool(modules) and all(g in modules or g is None or _is_nothing(g) for g in given)
