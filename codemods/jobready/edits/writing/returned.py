"""A value that a function returns, with a name of its own before that."""

from __future__ import annotations

import libcst as cst


def bound(line: cst.SimpleStatementLine, name: str) -> cst.SimpleStatementLine:
    """The line ``return value`` as ``name = value``; what it has beside that stays."""
    (statement,) = line.body
    returned = cst.ensure_type(statement, cst.Return)
    assert returned.value is not None, "a call is returned"
    made = cst.Assign([cst.AssignTarget(cst.Name(name))], returned.value)
    return line.with_changes(body=[made.with_changes(semicolon=returned.semicolon)])
