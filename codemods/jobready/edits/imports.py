"""Adding a plain ``import`` where a file keeps its imports."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst


def with_import(module: cst.Module, name: str) -> cst.Module:
    """The module with ``import name``, in order among the first plain imports it has."""
    body = list(module.body)
    run = _first_run(body)
    statement = cst.SimpleStatementLine([cst.Import([cst.ImportAlias(cst.Name(name))])])
    if not run:
        index = _behind_docstring(body)
        if index < len(body):
            following = body[index]
            lines = getattr(following, "leading_lines", ())
            body[index] = following.with_changes(leading_lines=())
            statement = statement.with_changes(leading_lines=lines)
        body.insert(index, statement)
        return module.with_changes(body=body)
    index = next((i for i in run if _name(body[i]) > name), run[-1] + 1)
    if index == run[0]:
        # the first of the block: what stands above the block stays above it
        first = cst.ensure_type(body[index], cst.SimpleStatementLine)
        statement = statement.with_changes(leading_lines=first.leading_lines)
        body[index] = first.with_changes(leading_lines=())
        if index == 0:
            statement = statement.with_changes(leading_lines=())
            body[index] = first
    body.insert(index, statement)
    return module.with_changes(body=body)


def _name(statement: cst.CSTNode) -> str:
    """The module that a line ``import x`` imports; empty for any other statement."""
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        only = statement.body[0]
        if isinstance(only, cst.Import):
            return cst.Module([]).code_for_node(only.names[0].name)
    return ""


def _first_run(body: Sequence[cst.CSTNode]) -> list[int]:
    """The indices of the first ``import x`` lines that follow each other without a gap."""
    run: list[int] = []
    for index, statement in enumerate(body):
        if _name(statement):
            gap = bool(run) and bool(getattr(statement, "leading_lines", ()))
            if gap:
                break
            run.append(index)
        elif run or isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
            break
    return run


def _behind_docstring(body: Sequence[cst.CSTNode]) -> int:
    """The index behind the docstring and the imports from ``__future__``."""
    index = 0
    for number, statement in enumerate(body):
        if not isinstance(statement, cst.SimpleStatementLine):
            break
        only = statement.body[0]
        text = isinstance(only, cst.Expr) and isinstance(
            only.value, (cst.SimpleString, cst.ConcatenatedString)
        )
        future = (
            isinstance(only, cst.ImportFrom)
            and isinstance(only.module, cst.Name)
            and only.module.value == "__future__"
        )
        if not text and not future:
            break
        index = number + 1
    return index
