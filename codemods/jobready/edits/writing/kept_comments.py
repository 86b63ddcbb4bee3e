"""The comments that others wrote into the emitted function, when it is written anew."""

from __future__ import annotations

import ast
import tokenize

from jobready.edits.job_args import OWN_COMMENTS
from jobready.edits.writing.tokens import tokens_of
from jobready.outcome import Reason


def with_comments(source: str, function: ast.FunctionDef, text: str) -> str | Reason:
    """The ``source`` of a function with the comments that stand in the old one.

    ``text`` is that of the file. A comment stays beside its line of code, or above it; a
    `Reason` names the first whose line goes.
    """
    lines = source.splitlines()
    plain = [_code(line) for line in lines]
    old = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    above: list[str] = []  # comments that wait for their line of code
    for token in tokens_of(text):
        number = token.start[0]
        if not function.lineno <= number <= (function.end_lineno or number):
            continue
        comment = token.string.rstrip()
        if token.type == tokenize.COMMENT and comment not in OWN_COMMENTS:
            code = _code(old[number - 1][: token.start[1]])
            if not code:
                above.append(comment)
                continue
            place = _line_of(code, plain)
            if place is None:
                return _homeless(comment, number)
            lines[place] += f"  {comment}"
        elif above and token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
            code = _code(old[number - 1])
            place = _line_of(code, plain)
            if place is None:
                return _homeless(above[0], number - 1)
            indent = lines[place][: -len(lines[place].lstrip())]
            lines[place] = "\n".join(indent + c for c in above) + f"\n{lines[place]}"
            above = []
    return "\n".join(lines) + "\n"


def _code(line: str) -> str:
    """A line of the emitted function, whatever its quotes, indentation and comment."""
    for comment in OWN_COMMENTS:
        line = line.removesuffix(comment)
    return line.strip().replace("'", '"')


def _line_of(code: str, lines: list[str]) -> int | None:
    """The line that holds just this code, None where there is none or several."""
    return lines.index(code) if lines.count(code) == 1 else None


def _homeless(comment: str, line: int) -> Reason:
    text = f"the function is out of date, and the line of {comment!r} goes: move it away"
    return Reason(text, line)
