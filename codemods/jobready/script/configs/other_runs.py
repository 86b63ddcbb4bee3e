"""What looks like the config of the run, and is that of another, or none that is read.

``run = wandb.Api().run(path)`` is a run that W&B has on record, and its config a dict of
its own. ``def config(self) -> wandb.config`` says what is returned, and reads nothing.
"""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Foreign


def is_of_other_run(config: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``it.config`` is in an annotation, or of a run that W&B's API gave."""
    if _is_annotation(config, syntax):
        return True
    if not isinstance(config, ast.Attribute):
        return False
    found = flow.meanings(config.value)
    return bool(found) and all(isinstance(m, Foreign) and _is_api(m.node) for m in found)


def is_dropped(config: ast.AST, syntax: Syntax) -> bool:
    """Whether a function returns the config to calls that do nothing with it.

    Whatever has the function's name counts for one.
    """
    statement = syntax.parent[config]
    function = next((a for a in syntax.ancestors(config) if isinstance(a, FUNCTIONS)), None)
    if function is None or not isinstance(statement, ast.Return):
        return False
    calls = [syntax.parent[node] for node in syntax.named.get(function.name, ())]
    return bool(calls) and all(
        isinstance(call, ast.Call) and isinstance(syntax.parent[call], ast.Expr)
        for call in calls
    )


def _is_annotation(node: ast.AST, syntax: Syntax) -> bool:
    """Whether a node is part of what says of which type something is."""
    inside = node
    for around in syntax.ancestors(node):
        if isinstance(around, FUNCTIONS):
            return inside is around.returns
        if isinstance(around, (ast.AnnAssign, ast.arg)):
            return inside is around.annotation
        if isinstance(around, ast.stmt):
            return False
        inside = around
    return False


def _is_api(made: ast.AST) -> bool:
    """Whether it is ``api.run(path)``: the run of a process has no such method."""
    if not isinstance(made, ast.Call) or not isinstance(made.func, ast.Attribute):
        return False
    if made.func.attr != "run" or not made.args:
        return False
    owner = made.func.value
    name = name_of(owner.func if isinstance(owner, ast.Call) else owner)
    return "api" in (name or "").lower().split("_")
