"""The whitespace that libcst loses: taken out of a text before an edit, put back after it.

Measured with libcst 1.8 and 1.9: a form feed that indents a statement is dropped; so are,
at the end of a file, blank lines and even comments before a last line that has no end or
holds an indented comment.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from jobready.edits.writing.text import LINE_END
from jobready.edits.writing.tokens import tokens_of

UP_TO_FORM_FEED = re.compile(r"[ \t\f]*\f")
LAST_END = re.compile(r"(?:\r\n|\r|\n)\Z")
# No part of a statement; at the end of a file come some that aren't there.
NO_CODE = frozenset(
    (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
)


def without_lost(text: str) -> str:
    """The text without that whitespace; its last line has an end.

    What is left means the same, on the same lines: a form feed sets the indentation back
    to 0.
    """
    lines = _lines(text)
    if "\f" in text:
        for number in _starts_of_statements(text):
            found = UP_TO_FORM_FEED.match(lines[number - 1])
            if found:
                lines[number - 1] = lines[number - 1][found.end() :]
    if lines[-1] or _ends_in_indented_comment(lines):
        del lines[_last_line_of_code(text) :]
        if lines and not LAST_END.search(lines[-1]):
            end = LINE_END.search(text)
            lines[-1] += end[0] if end else "\n"
    return "".join(lines)


def with_lost(old: str, plain: str, new: str) -> str:
    """The ``new`` text of what `without_lost` made of ``old``, with the lost put back.

    A line that was edited gets back what it was indented with, too.
    """
    original, before, after = _lines(old), _lines(plain), _lines(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, end, first, stop in matcher.get_opcodes():
        for index in range(start, min(end, len(before) - 1)):
            lost = UP_TO_FORM_FEED.match(original[index])
            if lost and original[index] == lost[0] + before[index] and first < stop:
                place = min(first + index - start, stop - 1)
                after[place] = lost[0] + after[place]
    text = "".join(after)
    behind = original[len(before) - 1 :]
    return text + "".join(behind) if behind else LAST_END.sub("", text)


def _lines(text: str) -> list[str]:
    """The lines with their ends; the last has none, and is empty behind one that has."""
    starts = [0, *(m.end() for m in LINE_END.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(starts)]


def _ends_in_indented_comment(lines: list[str]) -> bool:
    last = next((line for line in reversed(lines) if line.strip()), "")
    return last[:1].isspace() and last.lstrip().startswith("#")


def _starts_of_statements(text: str) -> Iterator[int]:
    """The lines, from 1, that a statement starts on, or a branch of one."""
    between = True
    for token in tokens_of(text):
        if token.type == tokenize.NEWLINE:
            between = True
        elif between and token.type not in NO_CODE:
            between = False
            yield token.start[0]


def _last_line_of_code(text: str) -> int:
    code = (t.end[0] for t in tokens_of(text) if t.type not in NO_CODE)
    return max(code, default=0)
