"""Sweeps whose runs lay the values of their config over a copy of the arguments.

``config = copy.deepcopy(args)``, then ``for k, v in wandb.config.items(): config[k] = v``.
In a job that sweeps, what is launched stands in that config too, as W&B records it. So the
parameters must be such that a launched value is what the parser makes of it.
"""

from __future__ import annotations

import ast
from types import NoneType

from jobready.script.arguments.parameter_reads import is_copy
from jobready.script.model import Parameter, Script
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.meanings import Arguments, ArgumentsDict, RunConfig
from jobready.script.values.order import running_scope

KEPT = ("none", "number", "str", "bool")  # kinds of types that give such values back


def lays_over(function: ast.AST, script: Script) -> bool:
    """Whether a sweep's function does so, and reads no other arguments then."""
    if not isinstance(function, FUNCTIONS):
        return False
    if not all(_stays(p, script.syntax) for p in script.parameters):
        return False
    if any(not o.of_none for o in script.overwrites):
        return False  # W&B has the value that was launched, and not what is made of it
    for statement in function.body:
        name = _laid_over(statement, script)
        if name is not None and _is_copy(name, script):
            return not _reads_another(name, statement, function, script)
    return False


def _stays(parameter: Parameter, syntax: Syntax) -> bool:
    """Whether a value of the parameter's kind is the same as it is launched."""
    if parameter.action in ("help", "version", "store_true", "store_false"):
        return True
    default = parameter.default
    if parameter.action != "store" or parameter.nargs is not None or not parameter.named:
        return False
    if parameter.type == "dict" and _is_builtin("dict", syntax):  # which takes no text
        return isinstance(default, dict)
    plain = isinstance(default, (bool, int, float, str, NoneType)) and default == default
    return plain and parameter.type_kind in KEPT


def _is_builtin(name: str, syntax: Syntax) -> bool:
    used = [n for n in syntax.named.get(name, ()) if isinstance(n, ast.Name)]
    return not any(syntax.bindings(name, syntax.scope(n)) for n in used)


def _laid_over(statement: ast.stmt, script: Script) -> ast.Name | None:
    """The name of the dict that a statement gives every value of a run's config."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "update":
            return None
        if len(call.args) != 1 or call.keywords or not _is_config(call.args[0], script):
            return None
        held = call.func.value
    elif isinstance(statement, ast.For) and not statement.orelse:
        items = statement.iter
        if not isinstance(items, ast.Call) or not isinstance(items.func, ast.Attribute):
            return None
        if items.func.attr != "items" or not _is_config(items.func.value, script):
            return None
        target = _set_by_key(statement)
        if target is None:
            return None
        held = target
    else:
        return None
    return held if isinstance(held, ast.Name) else None


def _set_by_key(loop: ast.For) -> ast.expr | None:
    """What gets each pair of a loop: ``config`` in ``config[k] = v``."""
    (statement, *others) = loop.body
    if others or not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    (target,) = statement.targets
    if not isinstance(target, ast.Subscript):
        return None
    pair = ast.Tuple([target.slice, statement.value], ast.Load())
    return target.value if ast.unparse(pair) == ast.unparse(loop.target) else None


def _is_config(node: ast.expr, script: Script) -> bool:
    """Whether it is a run's config, or a dict of all that it holds."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        alone = node.func.id == "dict" and len(node.args) == 1 and not node.keywords
        return alone and _is_config(node.args[0], script)
    found = script.flow.meanings(node)
    return bool(found) and all(isinstance(m, RunConfig) for m in found)


def _is_copy(name: ast.Name, script: Script) -> bool:
    """Whether a name of the function is a copy of all arguments there, and nothing else."""
    syntax: Syntax = script.syntax
    bindings = syntax.bindings(name.id, syntax.scope(name))
    if len(bindings) != 1 or bindings[0].scope is not running_scope(name, syntax):
        return False
    value = bindings[0].value
    if bindings[0].kind != "assign" or value is None or not is_copy(value):
        return False
    return any(isinstance(m, ArgumentsDict) for m in script.flow.meanings(name))


def _reads_another(
    name: ast.Name, laid: ast.stmt, function: ast.AST, script: Script
) -> bool:
    """Whether the function goes by arguments behind the statement that lack the values."""
    for node in ast.walk(function):
        if not isinstance(node, (ast.Name, ast.Attribute)) or node.lineno <= laid.lineno:
            continue
        if isinstance(node, ast.Name) and node.id == name.id:
            continue
        meanings = script.flow.meanings(node) if isinstance(node.ctx, ast.Load) else ()
        if any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings):
            return True
    return False
