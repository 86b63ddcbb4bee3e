"""From the text of a file to its syntax tree, or to the reason why there is none."""

from __future__ import annotations

import ast
import sys
import warnings

from jobready.outcome import Failed, Reason
from jobready.script.children import extent

# libcst ends the process on text that nests deeper than its stack holds.
MAX_DEPTH = 400
# libcst takes 4 to 5 KB and 0.07 ms for a node; a line of a script has about ten of them.
MAX_NODES = 250_000


def parse(text: str) -> ast.Module | Failed:
    """The syntax tree of ``text``, or why there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the script's own, shown when it runs
            tree = ast.parse(text)
    except SyntaxError as error:
        return _syntax_error(error, text)
    except (RecursionError, MemoryError):
        return Failed(
            (Reason("nests too deeply to be read: split its longest expression"),)
        )
    except ValueError as error:  # a NUL byte, a number of too many digits
        return Failed((Reason(f"can't be read as Python: {error}"),))
    levels, nodes, lowest = extent(tree)
    if nodes > MAX_NODES:
        text = f"has {nodes:,} parts, more than the {MAX_NODES:,} that jobready reads"
        return Failed((Reason(f"{text}: move its data to a file, or exclude it"),))
    if levels > MAX_DEPTH:
        text = (
            f"nests {levels} levels deep, more than the {MAX_DEPTH} that are safe to edit"
        )
        line = getattr(lowest, "lineno", 1)
        return Failed((Reason(f"{text}: split the expression", line, 1),))
    return tree


def _syntax_error(error: SyntaxError, text: str) -> Failed:
    """Say where it stops, and whether a newer Python might read it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    message = f"this Python, {version}, cannot read it: {error.msg}"
    line = error.lineno or 1
    column = error.offset or 1
    lines = text.splitlines() or [""]
    if line > len(lines):
        line = len(lines)
    return Failed((Reason(message, line, max(column, 1)),))
