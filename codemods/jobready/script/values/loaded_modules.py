"""Modules that are loaded by their name: ``importlib.import_module("wandb")``.

Also by a function of the source that gives back the module it is asked for, and raises or
returns None where that isn't there: ``wandb = require("wandb")``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import LOADERS
from jobready.script.values.functions import run_by


def loaded(binding: Binding) -> str | None:
    """The module in ``name = importlib.import_module("module")``, None for all else."""
    call = binding.value
    if not isinstance(call, ast.Call) or binding.index is not None or len(call.args) != 1:
        return None
    if not _loads(call):
        return None
    name = call.args[0]
    return str(name.value) if isinstance(name, ast.Constant) else None


def asked_for(binding: Binding) -> tuple[ast.Name, str] | None:
    """The function that a name is bound by, and the text that it is given."""
    call = binding.value
    if not isinstance(call, ast.Call) or binding.index is not None or len(call.args) != 1:
        return None
    (name,) = call.args
    if not isinstance(call.func, ast.Name) or not isinstance(name, ast.Constant):
        return None
    return (call.func, name.value) if isinstance(name.value, str) else None


def gives_module(bindings: Sequence[Binding]) -> bool:
    """Whether what is bound is a function that loads the module it is given the name of."""
    function = bindings[0].node if len(bindings) == 1 else None
    if not isinstance(function, ast.FunctionDef) or function.decorator_list:
        return False
    positional = [*function.args.posonlyargs, *function.args.args]
    if not positional:
        return False
    given = positional[0].arg
    inside = list(run_by(function))
    stored = {n.id for n in inside if isinstance(n, ast.Name) and not _is_load(n)}
    if given in stored or any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in inside):
        return False
    values = [n.value for n in inside if isinstance(n, ast.Return)]
    return any(_loads_given(v, given) for v in values) and all(
        _loads_given(v, given) or _is_none(v) for v in values
    )


def _loads_given(value: ast.expr | None, given: str) -> bool:
    if not isinstance(value, ast.Call) or not _loads(value):
        return False
    return [ast.unparse(a) for a in value.args] == [given] and not value.keywords


def _loads(call: ast.Call) -> bool:
    return ast.unparse(call.func).rpartition(".")[2] in LOADERS


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _is_load(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)
