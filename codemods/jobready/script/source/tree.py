"""From the text of a file to its syntax tree, or to the reason why there is none."""

from __future__ import annotations

import ast
import sys
import warnings

from jobready.outcome import Failed, Reason
from jobready.script.source.children import extent
from jobready.script.source.syntax import Syntax

# libcst ends the process on text that nests deeper than its stack holds.
MAX_DEPTH = 400
# libcst takes 4 to 5 KB and 0.07 ms for a node; a line of a script has about ten of them.
MAX_NODES = 250_000


def parse(text: str) -> ast.Module | Failed:
    """The syntax tree of ``text``, or why there is none."""
    tree = _parsed(text)
    return tree if isinstance(tree, Failed) else _beyond_limits(tree) or tree


def syntax_of(text: str, file: str | None = None) -> Syntax | Failed:
    """The same with what ``ast`` leaves out; ``file`` is the path to show."""
    tree = _parsed(text)
    if isinstance(tree, Failed):
        return tree
    syntax = Syntax(text, tree, file)
    # its walk leaves out at most every second level, and every second node
    if 2 * syntax.levels > MAX_DEPTH or 2 * len(syntax.nodes) > MAX_NODES:
        return _beyond_limits(tree) or syntax
    return syntax


def _parsed(text: str) -> ast.Module | Failed:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the script's own, shown when it runs
            return ast.parse(text)
    except SyntaxError as error:
        return _syntax_error(error, text)
    except (RecursionError, MemoryError):
        return Failed(
            (Reason("nests too deeply to be read: split its longest expression"),)
        )
    except ValueError as error:  # a NUL byte, a number of too many digits
        return Failed((Reason(f"can't be read as Python: {error}"),))


def _beyond_limits(tree: ast.Module) -> Failed | None:
    """What of a tree is too large or too deep for an edit; None where nothing is."""
    levels, nodes, lowest = extent(tree)
    if nodes > MAX_NODES:
        text = f"has {nodes:,} parts, more than the {MAX_NODES:,} that jobready reads"
        return Failed((Reason(f"{text}: move its data to a file, or exclude it"),))
    if levels > MAX_DEPTH:
        text = (
            f"nests {levels} levels deep, more than the {MAX_DEPTH} that are safe to edit"
        )
        line = getattr(lowest, "lineno", 1)
        what = "split the expression, or the chain of elif"
        return Failed((Reason(f"{text}: {what}", line, 1),))
    return None


def compiled(text: str) -> Failed | None:
    """Why a text that can be parsed is no script: a ``return`` outside of a function."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<script>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return _syntax_error(error, text)
    except (ValueError, RecursionError, MemoryError):
        pass  # `parse` has said what can't be read
    return None


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
