"""The functions that click or typer run as commands, as far as they part a script."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.model import Init, Parse
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.order import positions

LIBRARIES = ("click", "typer")


def read_foreign_command(
    parses: Sequence[Parse], runs: Sequence[Init], syntax: Syntax, flow: Flow
) -> tuple[str, Place] | None:
    """A command of another library that starts a run, and parses nothing.

    Only other commands parse arguments, so its parameters are its own. Where none is seen
    to start a run, it is one that parses.
    """
    imported = _imported(syntax)
    if not imported or not parses or not runs:
        return None
    parsing: dict[ast.AST, str] = {}
    for parse in parses:
        found = _commands(parse.call, imported, syntax, flow)
        if not found:
            return None
        parsing |= found
    for run in runs:
        starting = _commands(run.call, imported, syntax, flow)
        others = {c: name for c, name in starting.items() if c not in parsing}
        for command, library in (others if starting else parsing).items():
            return library, syntax.place(command)
    return None


def _commands(
    node: ast.expr, imported: dict[str | None, str], syntax: Syntax, flow: Flow
) -> dict[ast.AST, str]:
    """The commands by which a place is reached, with their library."""
    found: dict[ast.AST, str] = {}
    for scope, _ in positions(node, syntax, flow):
        function = scope.node
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            library = imported.get(syntax.place(function).file)
            if library is not None and any(map(_is_command, function.decorator_list)):
                found[function] = library
    return found


def _is_command(decorator: ast.expr) -> bool:
    """``@click.command()``, ``@cli.command`` or one of a group."""
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(made, ast.Attribute) and made.attr == "command"


def _imported(syntax: Syntax) -> dict[str | None, str]:
    """The library of commands that a file imports."""
    found: dict[str | None, str] = {}
    for node in syntax.of(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            modules = [a.name for a in node.names]
        else:
            modules = [] if node.level else [node.module or ""]
        for module in modules:
            if module in LIBRARIES:
                found[syntax.place(node).file] = module
    return found
