"""The last look at new text, before a file is touched."""

from __future__ import annotations

import io
import tokenize
import warnings
from collections import Counter
from collections.abc import Collection


def fault(old: str, new: str, may_go: Collection[str] = ()) -> str | None:
    """What is wrong with the new text of a file; None where nothing is.

    It must compile, and keep every comment of the old text but those that ``may_go``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(new, "<migrated>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"the new text does not compile ({error})"
    lost = Counter(comments(old)) - Counter(comments(new))
    for comment in may_go:
        del lost[comment]
    if lost:
        return f"the new text lacks a comment: {next(iter(lost))}"
    return None


def comments(text: str) -> list[str]:
    """The comments of a file, without what stands around them."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found.append(token.string.rstrip())
    except (tokenize.TokenError, SyntaxError):
        pass  # what is read up to there is compared; compile() judges the rest
    return found
