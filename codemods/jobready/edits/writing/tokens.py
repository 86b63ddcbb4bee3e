"""The tokens of a text, whatever its lines end in."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

# What `tokenize` doesn't take for the end of a line, though Python does.
OTHER_ENDS = re.compile(r"\r\n?")


def tokens_of(text: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a text, at lines and columns as `ast` counts them.

    What is no Python ends them, without an error: they are for those who only look for
    some of them. `tokenize` itself reads the whole of a file that ends its lines in a lone
    carriage return as one line (Python 3.10 and 3.11) or not at all (3.12 and newer).
    """
    try:
        yield from all_tokens(text)
    except (tokenize.TokenError, SyntaxError):
        return


def all_tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """The same of Python; raises tokenize.TokenError or SyntaxError of anything else."""
    lines = io.StringIO(OTHER_ENDS.sub("\n", text))
    return tokenize.generate_tokens(lines.readline)
