"""The last look at new text, before a file is touched."""

from __future__ import annotations

import tokenize
import warnings
from collections import Counter
from collections.abc import Collection

from jobready.edits.writing.tokens import all_tokens


def fault(old: str, new: str, may_go: Collection[str] = ()) -> str | None:
    """What is wrong with the new text of a file; None where nothing is.

    It must compile, and keep every comment of the old text but those that hold one of the
    texts ``may_go``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(new, "<migrated>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"the new text does not compile ({error})"
    try:
        lost = Counter(comments(old)) - Counter(comments(new))
    except (tokenize.TokenError, SyntaxError) as error:
        return f"its comments can't be read ({error})"
    for comment in lost:
        if not any(word in comment for word in may_go):
            return f"the new text lacks a comment: {comment}"
    return None


def comments(text: str) -> list[str]:
    """The comments of a file, without what stands around them.

    Raises tokenize.TokenError or SyntaxError where the text is no Python.
    """
    found = (t.string for t in all_tokens(text) if t.type == tokenize.COMMENT)
    return [comment.rstrip() for comment in found]
