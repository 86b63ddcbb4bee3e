"""Putting the emitted function into a module."""

from __future__ import annotations

from typing import Any

import libcst as cst


def with_function(body: list[Any], function: cst.FunctionDef, index: int) -> None:
    """Put the function above a statement of the module, set apart by blank lines."""
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
