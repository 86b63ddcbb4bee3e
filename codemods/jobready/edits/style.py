"""How a file is written: its quotes, its indent, its line length."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """What new lines must look like to be at home in a file."""

    quote: str
    indent: str
    line_length: int


def style_of(text: str, default_indent: str, line_length: int) -> Style:
    """The style of a file; double quotes where neither kind is more frequent."""
    single = double = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.STRING:
                body = token.string.lstrip("rRbBuUfF")
                if not body.startswith(('"""', "'''")):
                    single += body.startswith("'")
                    double += body.startswith('"')
    except (tokenize.TokenError, SyntaxError):
        pass  # ast read it, so the count up to here will do
    return Style("'" if single > double else '"', default_indent, line_length)
