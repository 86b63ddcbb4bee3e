"""How a file is written: its quotes, its indent, its line length."""

from __future__ import annotations

import tokenize
from dataclasses import dataclass

from jobready.edits.writing.tokens import tokens_of


@dataclass(frozen=True)
class Style:
    """What new lines must look like to be at home in a file."""

    quote: str
    indent: str
    line_length: int


def style_of(text: str, default_indent: str, line_length: int) -> Style:
    """The style of a file; double quotes where neither kind is more frequent."""
    single = double = 0
    for token in tokens_of(text):
        if token.type == tokenize.STRING:
            body = token.string.lstrip("rRbBuUfF")
            if not body.startswith(('"""', "'''")):
                single += body.startswith("'")
                double += body.startswith('"')
    return Style("'" if single > double else '"', default_indent, line_length)
