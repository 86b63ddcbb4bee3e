"""Adding a plain ``import`` where a file keeps its imports."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import libcst as cst

BLANK = cst.EmptyLine(indent=False)
# What a linter is told of an import that isn't at the top of its file.
LATE = re.compile(r"#\s*noqa:\s*E402\s*", re.IGNORECASE)


def with_import(body: list[Any], name: str, before: int) -> None:
    """Add ``import name`` to a module's body, in order among the first of its kind.

    It goes above the statement with the index ``before``, and all of the body's that are
    above are surely executed first.
    """
    statement = cst.SimpleStatementLine([cst.Import([cst.ImportAlias(cst.Name(name))])])
    run = _first_run(body[:before], name in sys.stdlib_module_names)
    if not run:
        _with_own_section(body, statement, before)
        return
    index = next((i for i in run if _name(body[i]) > name), run[-1] + 1)
    statement = _excused_like(body[max(index - 1, run[0])], statement)
    if 0 < index == run[0]:
        # the first of the block: what stands above the block stays above it
        first = cst.ensure_type(body[index], cst.SimpleStatementLine)
        statement = statement.with_changes(leading_lines=first.leading_lines)
        body[index] = first.with_changes(leading_lines=())
    body.insert(index, statement)


def _excused_like(
    neighbour: cst.CSTNode, statement: cst.SimpleStatementLine
) -> cst.SimpleStatementLine:
    """The import with the ``# noqa: E402`` of the one beside it, which comes late too."""
    line = cst.ensure_type(neighbour, cst.SimpleStatementLine).trailing_whitespace
    if line.comment is None or not LATE.fullmatch(line.comment.value):
        return statement
    return statement.with_changes(trailing_whitespace=line)


def _with_own_section(
    body: list[Any], statement: cst.SimpleStatementLine, before: int
) -> None:
    """Add the import where the module has none of its kind.

    One of the standard library comes first of all imports; another comes behind those
    that the module begins with, set apart.
    """
    index = _behind_docstring(body[:before])
    first = index < before and _is_import(body[index])
    if first and _name(statement) in sys.stdlib_module_names:
        following = body[index]
        statement = statement.with_changes(leading_lines=following.leading_lines)
        gap = () if _is_standard(following) else (BLANK,)
        body[index] = following.with_changes(leading_lines=gap)
        body.insert(index, statement)
        return
    while index < before and _is_import(body[index]) and not _is_relative(body[index]):
        index += 1
    if index < len(body) and _is_relative(body[index]) and not body[index].leading_lines:
        body[index] = body[index].with_changes(leading_lines=[BLANK])
    if index:
        statement = statement.with_changes(leading_lines=[BLANK])
    elif body:
        # the comments above the first statement are the file's, not that statement's
        lines = getattr(body[0], "leading_lines", ())
        body[0] = body[0].with_changes(leading_lines=())
        statement = statement.with_changes(leading_lines=lines)
    body.insert(index, statement)


def _is_import(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and all(
        isinstance(s, (cst.Import, cst.ImportFrom)) for s in statement.body
    )


def _is_standard(statement: cst.CSTNode) -> bool:
    """Whether an import is one of the standard library."""
    only = cst.ensure_type(statement, cst.SimpleStatementLine).body[0]
    if isinstance(only, cst.ImportFrom):
        named: cst.CSTNode | None = None if only.relative else only.module
    else:
        named = cst.ensure_type(only, cst.Import).names[0].name
    name = "" if named is None else cst.Module([]).code_for_node(named)
    return name.partition(".")[0] in sys.stdlib_module_names


def _is_relative(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and any(
        isinstance(s, cst.ImportFrom) and s.relative for s in statement.body
    )


def _name(statement: cst.CSTNode) -> str:
    """The module that a line ``import x`` imports; empty for any other statement."""
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        only = statement.body[0]
        if isinstance(only, cst.Import):
            return cst.Module([]).code_for_node(only.names[0].name)
    return ""


def _first_run(body: Sequence[cst.CSTNode], standard: bool) -> list[int]:
    """The indices of the first ``import x`` lines of a kind that follow without a gap.

    ``standard`` tells the kinds apart: modules of the standard library, and others. Behind
    a definition it is no longer where the file keeps its imports.
    """
    run: list[int] = []
    imports = False
    for index, statement in enumerate(body):
        name = _name(statement).partition(".")[0]
        if name and (name in sys.stdlib_module_names) == standard:
            gap = bool(run) and bool(getattr(statement, "leading_lines", ()))
            if gap:
                break
            run.append(index)
        elif run or (imports and isinstance(statement, (cst.FunctionDef, cst.ClassDef))):
            break
        imports = imports or _is_import(statement)
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
