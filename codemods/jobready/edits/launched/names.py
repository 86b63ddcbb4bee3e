"""The names that the emitted lines need, and those that they may take."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from functools import cache

from jobready.outcome import Reason
from jobready.script.model import Script
from jobready.script.source.place import Place
from jobready.script.source.reaching import is_above
from jobready.script.source.scopes import Scope
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import root_of

BUILTINS = frozenset(vars(builtins))
# What star imports of array libraries may hide.
ARRAYS = frozenset(
    ("numpy", "jax", "cupy", "torch", "pylab", "matplotlib", "dask", "autograd")
)
# What the emitted function is called: the first that is free.
FUNCTION_NAMES = ("job_args", "launched_args", "wandb_job_args")
HIDDEN = frozenset(
    ("abs", "all", "any", "bool", "float", "int", "max", "min", "pow", "round", "sum")
)


def free_name(names: tuple[str, ...], syntax: Syntax, scope: Scope | None = None) -> str:
    """The first name that the file doesn't use."""
    used = syntax.names()
    if scope is not None:
        # a name of another function is free here
        used = {n for n in used if syntax.owner(n, scope) is not None}
    for name in names:
        if name not in used:
            return name
    number = 2
    while f"{names[0]}_{number}" in used:
        number += 1
    return f"{names[0]}_{number}"


def is_plain(node: ast.expr) -> bool:
    """Whether naming it twice is the same as naming it once."""
    return root_of(node) is not None


def hidden(module: str, name: str, node: ast.AST, script: Script) -> Reason | None:
    """Where a name of the function around ``node`` hides a module that it needs there."""
    syntax: Syntax = script.syntax
    owner = syntax.owner(name, syntax.scope(node))
    if owner is None or owner is syntax.module:
        return None
    bound = owner.bindings[name]
    text = f"the name {name} stands for something else here"
    if all(script.flow.imported(b) == module for b in bound):
        if any(is_above(b, node, syntax) for b in bound):
            return None
        text = f"{name} is imported by the same function, but not before this line"
    return _reason(text, syntax.place(node))


def hidden_builtins(script: Script, source: Callable[[], str]) -> list[Reason]:
    """Names of the module that hide builtins which the emitted ``source`` uses.

    That is only written where a name hides one, which few files do.
    """
    module = script.syntax.module.bindings
    hiding = [(name, b[0].node) for name, b in module.items() if name in BUILTINS]
    stars = _stars(script)
    if not (hiding or stars):
        return []
    used = _names_in(source())
    hiding = [(name, node) for name, node in hiding if name in used]
    hiding += [(sorted(HIDDEN & used)[0], i) for i in stars if HIDDEN & used]
    return [
        _reason(f"{name} no longer stands for the builtin", script.syntax.place(node))
        for name, node in hiding
    ]


def _stars(script: Script) -> list[ast.stmt]:
    """The star imports that bring names of builtins: ``from numpy import *``."""
    return [
        statement
        for statement in script.syntax.of(ast.ImportFrom)
        if (statement.module or "").partition(".")[0] in ARRAYS
        and any(a.name == "*" for a in statement.names)
    ]


@cache
def _names_in(source: str) -> frozenset[str]:
    return frozenset(n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name))


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
