"""Putting the import of the shared function into a module, and taking the function out."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import libcst as cst

from jobready.edits.plan import SharedImport

BLANK = cst.EmptyLine(indent=False)
# The statements of a module, each with the nodes that the parser makes of it.
Body = list[tuple[Any, Sequence[ast.stmt]]]


def with_shared(body: Body, shared: SharedImport, module: cst.Module) -> Body:
    """The body with the line in its place, and without what it replaces."""
    line = cst.parse_statement(shared.line, config=module.config_for_parsing)
    line = cst.ensure_type(line, cst.SimpleStatementLine)
    done = list(body)
    if shared.beside:
        _among(done, shared, line)
    else:
        _behind(done, shared, line)
    gone = (shared.replaces, *shared.unused)
    left: Body = []
    above: tuple[cst.EmptyLine, ...] = ()  # what stood above an import that is gone
    for statement, nodes in done:
        if len(nodes) == 1 and nodes[0] in gone:
            above += tuple(statement.leading_lines) if nodes[0] in shared.unused else ()
            continue
        own = getattr(statement, "leading_lines", ())
        if above and (not own or any(each.comment for each in above)):
            statement = statement.with_changes(leading_lines=(*above, *own))
        above = ()
        left.append((statement, nodes))
    return left


def _among(body: Body, shared: SharedImport, line: cst.SimpleStatementLine) -> None:
    """Put the line among the first imports of its kind that follow each other."""
    places = [i for i, (_, nodes) in enumerate(body) if nodes and nodes[0] in shared.beside]
    run = [places[0]]
    for place in places[1:]:
        if place != run[-1] + 1 or body[place][0].leading_lines:
            break
        run.append(place)
    index = next((i for i in run if _comes_behind(body[i][1], shared.dotted)), run[-1] + 1)
    if index == run[0]:
        first, nodes = body[index]
        line = line.with_changes(leading_lines=first.leading_lines)
        body[index] = first.with_changes(leading_lines=()), nodes
    body.insert(index, (line, ()))


def _comes_behind(nodes: Sequence[ast.stmt], dotted: str) -> bool:
    """Whether an import stands behind that of a module, where imports are in order."""
    first = nodes[0]
    if not isinstance(first, ast.ImportFrom) or len(nodes) > 1:
        return False
    name = dotted.lstrip(".")
    ours = (len(name) - len(dotted), name)  # those of packages further out come first
    return (-first.level, first.module or "") > ours


def _behind(body: Body, shared: SharedImport, line: cst.SimpleStatementLine) -> None:
    """Put the line behind the other imports, as a section of its own."""
    index = next((i for i, (_, n) in enumerate(body) if n and n[0] is shared.above), None)
    index = len(body) if index is None else index
    if index:
        line = line.with_changes(leading_lines=[BLANK])
    if index < len(body):
        following, nodes = body[index]
        lines = getattr(following, "leading_lines", ())
        if not lines or lines[0].comment is not None:
            body[index] = following.with_changes(leading_lines=(BLANK, *lines)), nodes
    body.insert(index, (line, ()))
