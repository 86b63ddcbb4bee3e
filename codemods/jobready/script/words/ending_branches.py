"""Branches that only say something and end the script: the help, an error."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser

# Methods of a parser that end the script, and those that print only.
ENDS = frozenset(("error", "exit"))
PRINTS = frozenset(("print_help", "print_usage"))
EXITS = frozenset(("exit", "quit"))


def only_ends(body: Sequence[ast.stmt], flow: Flow) -> bool:
    """Whether a block prints, by calls that are known, and ends the script."""
    *before, last = body
    if not only_prints(before, flow):
        return False
    if isinstance(last, ast.Raise) and last.exc is not None:
        raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
        bound = flow.syntax.bindings("SystemExit", flow.syntax.scope(last))
        return ast.unparse(raised) == "SystemExit" and not bound
    return _called(last, flow) in ENDS | EXITS


def only_prints(body: Sequence[ast.stmt], flow: Flow) -> bool:
    """Whether all that a block does is to print, itself or by a function that does."""
    return all(
        _called(s, flow) in PRINTS | {"print"} or _prints_by_function(s, flow) for s in body
    )


def _prints_by_function(statement: ast.stmt, flow: Flow) -> bool:
    """Whether it calls a function of the script without arguments, that prints only."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or call.args or call.keywords:
        return False
    if not isinstance(call.func, ast.Name) or len(flow.bindings_of(call.func)) != 1:
        return False
    function = flow.function(call.func)
    if not isinstance(function, ast.FunctionDef) or function.decorator_list:
        return False
    said = [s for s in function.body if not _is_text(s)]
    return all(_called(s, flow) in PRINTS | {"print"} for s in said)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _called(statement: ast.stmt, flow: Flow) -> str | None:
    """The method of a parser that a statement calls, or ``print`` and ``exit``."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return None
    match call.func:
        case ast.Name(id=name):
            bound = flow.syntax.bindings(name, flow.syntax.scope(call))
            return None if bound and flow.qualified(call.func) != "sys.exit" else name
        case ast.Attribute(value=holder, attr=name):
            if flow.qualified(call.func) == "sys.exit":
                return name
            meanings = flow.meanings(holder)
            parsers = [m for m in meanings if isinstance(m, Parser)]
            return name if parsers and len(parsers) == len(meanings) else None
    return None
