"""Runs that a class starts where it is asked to, and that a script doesn't ask for.

``class Trainer: def __init__(self, wandb=False): self.wandb = wandb`` in another file, and
in a method of it ``if self.wandb: wandb.init()``: a script that makes a
``Trainer(epochs=args.epochs)`` starts no run.
"""

from __future__ import annotations

import ast

from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.conditions import conditions_around
from jobready.script.values.flow import Flow
from jobready.script.values.functions import class_of_self, default_of, unpacks
from jobready.script.values.object_attributes import set_otherwise
from jobready.script.values.only_called import is_only_called


def is_not_asked_for(init: ast.Call, syntax: Syntax, flow: Flow) -> bool:
    """Whether a switch of a class of another file, which stays off, keeps from a run.

    Not where somebody says that the file starts one.
    """
    if syntax.place(init).file is None or syntax.is_told(init):
        return False
    tests = conditions_around(init, syntax, flow)
    return any(_excludes(test, wanted, syntax, flow) for test, wanted in tests)


def _excludes(test: ast.expr, wanted: bool, syntax: Syntax, flow: Flow) -> bool:
    """Whether a test never comes to what is wanted, for a switch in it is off."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _excludes(test.operand, not wanted, syntax, flow)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is wanted:
        return any(_excludes(value, wanted, syntax, flow) for value in test.values)
    return wanted and isinstance(test, ast.Attribute) and _is_off(test, syntax, flow)


def _is_off(switch: ast.Attribute, syntax: Syntax, flow: Flow) -> bool:
    """Whether an attribute of ``self`` is false in every object that is made."""
    owner = _owner(switch, syntax)
    if owner is None or owner.decorator_list or flow.heirs(owner) != [owner]:
        return False
    if not is_only_called(owner, flow) or not _is_set_by(owner, switch.attr, syntax):
        return False
    if set_otherwise(switch.attr, [owner], syntax, flow.classes):
        return False
    values = flow.kept(owner, switch)
    return bool(values) and all(_is_false(v, owner, syntax, flow) for v in values)


def _owner(attribute: ast.Attribute, syntax: Syntax) -> ast.ClassDef | None:
    """The class of ``self`` in ``self.name``; None for an attribute of anything else."""
    if not isinstance(attribute.value, ast.Name):
        return None
    bindings = syntax.resolved(reaching(attribute.value, syntax))
    return class_of_self(bindings[0], syntax) if len(bindings) == 1 else None


def _is_set_by(owner: ast.ClassDef, name: str, syntax: Syntax) -> bool:
    """Whether nothing but methods of a class sets an attribute of that name.

    Nor makes an object of it by its name, as a text.
    """
    said = (f"{quote}{word}{quote}" for word in (name, owner.name) for quote in "'\"")
    if any(map(syntax.mentions, said)):
        return False
    named = (n for n in syntax.named.get(name, ()) if isinstance(n, ast.Attribute))
    return all(
        isinstance(node.ctx, ast.Load) or _owner(node, syntax) is owner for node in named
    )


def _is_false(value: ast.expr, owner: ast.ClassDef, syntax: Syntax, flow: Flow) -> bool:
    """Whether a value is false by itself, or the parameter that no call makes true."""
    if _is_false_literal(value):
        return True
    if not isinstance(value, ast.Name):
        return False
    bindings = syntax.resolved(reaching(value, syntax))
    function = bindings[0].scope.node if len(bindings) == 1 else None
    parameter = bindings[0].node if bindings else None
    if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
        return False
    if function is not flow.inherited(owner, "__init__") or function.decorator_list:
        return False
    default, calls = default_of(function, parameter), flow.calls_for(function)
    if default is None or not calls or any(map(unpacks, calls)):
        return False
    given = (flow.given_for(call, function, parameter) or default for call in calls)
    return all(map(_is_false_literal, given))


def _is_false_literal(value: ast.expr) -> bool:
    """Whether it is ``False``, ``None`` or the like: a list could be filled later."""
    return isinstance(value, ast.Constant) and not value.value
