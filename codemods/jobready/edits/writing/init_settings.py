"""Giving a run one more setting, and having it log its code, as small edits."""

from __future__ import annotations

import ast

from jobready.edits.writing.text import Edit, Lines, with_argument
from jobready.script.model import Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax


def with_setting(script: Script, setting: str) -> tuple[Edit, ...] | None:
    """The run's ``wandb.init`` with one more setting, like ``job_source="repo"``.

    None where that isn't one call in this file, or what it is given can't be told.
    """
    call = _only_init(script)
    if call is None or any(keyword.arg is None for keyword in call.keywords):
        return None
    syntax: Syntax = script.syntax
    given = next((k.value for k in call.keywords if k.arg == "settings"), None)
    if given is None:
        module = _module(call)
        if module is None:
            return None
        return with_argument(call, f"settings={module}.Settings({setting})", syntax)
    if isinstance(given, ast.Call):
        called = script.flow.qualified(given.func) or ""
        if called.startswith("wandb.") and called.endswith(".Settings"):
            if all(keyword.arg is not None for keyword in given.keywords):
                return with_argument(given, setting, syntax)
    return None


def with_logged_code(script: Script) -> tuple[Edit, ...] | None:
    """The script with ``run.log_code()`` behind its ``wandb.init``; None as above."""
    call = _only_init(script)
    module = None if call is None else _module(call)
    if call is None or module is None:
        return None
    syntax: Syntax = script.syntax
    statement = syntax.statement(call)
    holder = syntax.parent[call]
    run = f"{module}.run"
    if isinstance(statement, ast.Assign) and statement.value is call:
        target = statement.targets[0]
        if len(statement.targets) > 1 or not isinstance(target, (ast.Name, ast.Attribute)):
            return None
        run = ast.unparse(target)
    elif isinstance(holder, ast.withitem):
        return _in_block(holder, syntax, module)
    elif not (isinstance(statement, ast.Expr) and statement.value is call):
        return None
    lines = Lines(syntax.text)
    start, end = syntax.place(statement), syntax.end(statement)
    indent = lines.line(start.line)[: start.column - 1]
    line = lines.line(end.line)
    rest = line[end.column - 1 :].strip()
    if indent.strip() or (rest and not rest.startswith("#")):
        return None
    behind = Place(end.line, len(line) + 1)
    return (Edit(behind, behind, f"\n{indent}{run}.log_code()"),)


def _in_block(item: ast.withitem, syntax: Syntax, module: str) -> tuple[Edit, ...] | None:
    block = syntax.parent[item]
    if not isinstance(block, (ast.With, ast.AsyncWith)):
        return None
    first = block.body[0]
    lines = Lines(syntax.text)
    place = syntax.place(first)
    indent = lines.line(place.line)[: place.column - 1]
    if indent.strip() or isinstance(first, (ast.FunctionDef, ast.ClassDef)):
        return None
    name = item.optional_vars
    run = name.id if isinstance(name, ast.Name) else f"{module}.run"
    return (Edit(place, place, f"{run}.log_code()\n{indent}"),)


def _only_init(script: Script) -> ast.Call | None:
    """The one call that starts the run, if it stands in this file."""
    if len(script.inits) != 1 or script.inits[0].place.file is not None:
        return None
    return script.inits[0].call


def _module(call: ast.Call) -> str | None:
    """The name of wandb in ``wandb.init(…)``."""
    func = call.func
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return func.value.id
    return None
