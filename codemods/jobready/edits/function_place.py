"""Where the emitted function stands in a module."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst


def with_function(module: cst.Module, function: cst.FunctionDef) -> cst.Module:
    """Put the emitted function where the module's own functions begin."""
    body = list(module.body)
    index = _function_index(body)
    blank = cst.EmptyLine(indent=False, whitespace=cst.SimpleWhitespace(""))
    function = function.with_changes(leading_lines=[blank, blank])
    if index < len(body):
        following = body[index]
        lines = list(getattr(following, "leading_lines", []))
        empty = 0
        while empty < len(lines) and lines[empty].comment is None:
            empty += 1
        lines = [blank] * max(0, 2 - empty) + lines
        body[index] = following.with_changes(leading_lines=lines)
    body.insert(index, function)
    return module.with_changes(body=body)


def _function_index(body: Sequence[cst.CSTNode]) -> int:
    """Where the function goes: above the first definition, or behind the imports.

    Behind the imports where the module itself may parse before its first definition.
    """
    behind = 0
    for number, statement in enumerate(body):
        if isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
            return number
        if _imports(statement) or (number == 0 and _is_docstring(statement)):
            behind = number + 1
        elif _uses_parser(statement):
            return behind
    return behind


def _imports(statement: cst.CSTNode) -> bool:
    """Whether a statement does nothing but import, guarded or not."""
    if isinstance(statement, cst.SimpleStatementLine):
        return all(isinstance(s, (cst.Import, cst.ImportFrom)) for s in statement.body)
    if isinstance(statement, cst.Try):
        return any(_imports(s) for s in statement.body.body)
    if isinstance(statement, cst.If) and isinstance(statement.body, cst.IndentedBlock):
        return all(_imports(s) for s in statement.body.body)
    return False


def _is_docstring(statement: cst.CSTNode) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _uses_parser(statement: cst.CSTNode) -> bool:
    """Whether a statement of the module may parse already."""
    code = cst.Module([]).code_for_node(statement)
    return "parse_" in code or "ArgumentParser" in code or "__main__" in code
