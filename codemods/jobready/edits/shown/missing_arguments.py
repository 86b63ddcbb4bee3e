"""Names of the arguments that may still be None where a run starts.

``def start(args=None)`` that somebody calls as ``start()``, or a sweep does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.model import Init, Script
from jobready.script.source.reaching import passed_before, reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.absence import may_be_none
from jobready.script.values.conditions import conditions_around
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of, is_method
from jobready.script.values.order import runs_behind


def may_be_missing(name: str, init: Init, script: Script) -> bool:
    """Whether a name of the arguments, or ``self.args``, may be None at an init."""
    if _is_tested(name, init, script):
        return False
    flow: Flow = script.flow
    read = flow.read_at(name, init.call)
    if isinstance(read, ast.Attribute):
        return _may_attribute(read, init, script)
    assert isinstance(read, ast.Name)
    here = script.syntax.scope(init.call)
    owner = script.syntax.owner(read.id, here)
    if owner is here or (owner is not None and isinstance(owner.node, FUNCTIONS)):
        return any(_may_bind_none(b, flow) for b in reaching(read, script.syntax))
    bound = script.syntax.bindings(read.id, here)
    values = [b.value for b in bound if b.kind == "assign" and b.value is not None]
    return _comes_late(values, init, script)


def _is_tested(name: str, init: Init, script: Script) -> bool:
    """Whether a test keeps the init from None, or gives the name something else."""
    syntax: Syntax = script.syntax
    for test, wanted in conditions_around(init.call, syntax, script.flow, 0):
        parts = [test]
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is wanted:
            parts = test.values
        if any(_asks(part, name) is wanted for part in parts):
            return True
    scope = syntax.scope(init.call).node
    above = passed_before(init.call, syntax)
    return any(
        isinstance(statement, ast.If)
        and _asks(statement.test, name) is False
        and (statement in above or statement not in ast.walk(scope))
        for statement in _tests(name, init, script)
    )


def _tests(name: str, init: Init, script: Script) -> Iterator[ast.If]:
    """The tests of a name in the functions around an init, which then set or leave it."""
    syntax: Syntax = script.syntax
    for around in syntax.ancestors(init.call):
        for node in ast.walk(around) if isinstance(around, FUNCTIONS) else ():
            if isinstance(node, ast.If):
                last = node.body[-1]
                texts = [ast.unparse(t) for t in getattr(last, "targets", ())]
                if isinstance(last, (ast.Return, ast.Raise)) or name in texts:
                    yield node


def _asks(test: ast.expr, name: str) -> bool | None:
    """Whether a test holds for what isn't None, or for what is; else None."""
    text = ast.unparse(test)
    if text in (name, f"{name} is not None"):
        return True
    return False if text in (f"not {name}", f"{name} is None") else None


def _may_bind_none(binding: Binding, flow: Flow) -> bool:
    """Whether a binding may give its name None."""
    if binding.kind == "assign" and binding.index is None:
        return may_be_none(binding.value, flow)
    function, parameter = binding.scope.node, binding.node
    if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
        return False
    given = [flow.given_for(c, function, parameter) for c in flow.calls_for(function)]
    if any(value is not None and may_be_none(value, flow) for value in given):
        return True
    default = default_of(function, parameter)
    if not isinstance(default, ast.Constant) or default.value is not None:
        return False
    handed = flow.uses.handed_over.get(function, ())
    return None in given or len(flow.handed_values(function, parameter)) < len(handed)


def _may_attribute(read: ast.Attribute, init: Init, script: Script) -> bool:
    """The same of an attribute of ``self``, which other methods may set later."""
    syntax: Syntax = script.syntax
    method = syntax.scope(init.call).node
    owner = syntax.parent.get(method)
    if not isinstance(owner, ast.ClassDef) or not isinstance(method, FUNCTIONS):
        return False
    if not is_method(method, syntax):
        return False
    values = list(script.flow.attributes(owner).get(read.attr, ()))
    plain = [v for v in values if isinstance(v, ast.Name)]
    bound = [b for v in plain for b in reaching(v, syntax)]
    if any(_may_bind_none(b, script.flow) for b in bound):
        return True
    return _comes_late(values, init, script)


def _comes_late(values: list[ast.expr], init: Init, script: Script) -> bool:
    """Whether a name is None first, and only gets the arguments behind the run's start."""
    nothing = [v for v in values if isinstance(v, ast.Constant) and v.value is None]
    others = [v for v in values if v not in nothing]
    return bool(nothing) and any(
        runs_behind(value, init.call, script.syntax, script.flow) for value in others
    )
