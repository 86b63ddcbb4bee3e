"""The statement that a ``wandb.init`` is, and whether lines can stand behind it."""

from __future__ import annotations

import ast

from jobready.script.model import Init
from jobready.script.source.syntax import Syntax

SIMPLE_STATEMENTS = (ast.Assign, ast.Expr)
# What a run is called that had no name: the first that the function doesn't use.
NAMES = ("run", "wandb_run")


def run_statement(init: Init, syntax: Syntax) -> ast.stmt | None:
    """The statement that is the init: bare, bound to a name, or a with.

    Bare also with a comma behind it, which makes a tuple that nobody gets.
    """
    statement = syntax.statement(init.call)
    if isinstance(statement, SIMPLE_STATEMENTS) and statement.value is init.call:
        return statement
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Tuple):
        return statement if statement.value.elts == [init.call] else None
    if isinstance(statement, ast.With) and len(statement.items) == 1:
        if statement.items[0].context_expr is init.call:
            return statement
    return None


def returned_run(init: Init, syntax: Syntax) -> str | None:
    """A name for the run in ``return wandb.init()``, so that lines can stand behind it.

    None for any other statement, and where the function uses all of the names.
    """
    statement = syntax.statement(init.call)
    function = syntax.scope(init.call)
    if not isinstance(statement, ast.Return) or statement.value is not init.call:
        return None
    used = {n.id for n in ast.walk(function.node) if isinstance(n, ast.Name)}
    free = (n for n in NAMES if n not in used and syntax.owner(n, function) is None)
    return next(free, None)


def bound_run(statement: ast.stmt | None) -> str | None:
    """The name that the run gets in ``run = wandb.init()`` or ``with … as run``."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    if isinstance(statement, ast.With):
        target_in = statement.items[0].optional_vars
        return target_in.id if isinstance(target_in, ast.Name) else None
    return None


def run_behind(init: Init, statement: ast.stmt) -> str | None:
    """What has the run's config on the lines behind: its name, or the module wandb."""
    run = bound_run(statement)
    if run is None and isinstance(init.call.func, ast.Attribute):
        return ast.unparse(init.call.func.value)
    return run


def has_own_lines(statement: ast.stmt, syntax: Syntax) -> bool:
    """Whether a line can be added behind the statement (or into it, if it is a with)."""
    if isinstance(statement, ast.With):
        return statement.body[0].lineno > statement.lineno
    if not syntax.part_of(statement).begins_line(statement):
        return False
    holder = syntax.parent[statement]
    beside = [
        s
        for block in ("body", "orelse", "finalbody")
        for s in getattr(holder, block, [])
        if s is not statement
    ]
    end = statement.end_lineno or statement.lineno
    return not any(
        s.lineno <= end and (s.end_lineno or 0) >= statement.lineno for s in beside
    )
