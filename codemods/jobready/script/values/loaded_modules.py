"""Modules that are loaded by their name: ``importlib.import_module("wandb")``.

Also by a name that is put together (``import_module(f"own.{name}")``), and by a function of
the source that gives back the module it is asked for, and raises or returns None where that
isn't there: ``wandb = require("wandb")``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import LOADERS
from jobready.script.values.functions import name_of, run_by
from jobready.script.values.told_texts import Words


@dataclass(frozen=True)
class Loaded:
    """The modules of which an expression is one.

    ``each`` has their names, and what loads them, in whose file they are called so.
    ``every`` tells whether there are no others.
    """

    each: tuple[tuple[str, ast.AST], ...]
    every: bool


def loaded(binding: Binding) -> str | None:
    """The module in ``name = importlib.import_module("module")``, None for all else."""
    call = binding.value
    if not isinstance(call, ast.Call) or binding.index is not None or len(call.args) != 1:
        return None
    if not _loads(call):
        return None
    name = call.args[0]
    return str(name.value) if isinstance(name, ast.Constant) else None


def names_loaded(call: ast.Call, words: Words) -> list[str]:
    """The names of the modules of which a call loads one, dotted as in an import.

    There is a ``*`` in a name for each part that isn't told; none for a call that loads
    nothing, or in another way.
    """
    if name_of(call.func) != "import_module" or not 1 <= len(call.args) <= 2:
        return []
    if isinstance(call.args[0], ast.Starred):
        return []
    packages = [*call.args[1:], *(k.value for k in call.keywords if k.arg == "package")]
    names = words.texts(call.args[0])
    if not any(name.startswith(".") for name in names):
        return names
    match packages:
        case [ast.Name(id="__package__")]:
            return names
        case [ast.Constant(value=str(package))] if not any(n[:2] == ".." for n in names):
            return [f"{package}{n}" if n.startswith(".") else n for n in names]
    return []


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
