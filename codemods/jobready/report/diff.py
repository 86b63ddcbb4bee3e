"""A unified diff of what would change."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator


def unified_diff(path: str, old: str | None, new: str) -> Iterator[str]:
    """The lines of the diff, as ``git apply`` takes them.

    It is that of a new file where ``old`` is None.
    """
    label = path.replace(os.sep, "/").lstrip("/")
    before = "/dev/null" if old is None else _quoted(f"a/{label}")
    lines = difflib.unified_diff(
        _lines(old or ""), _lines(new), before, _quoted(f"b/{label}"), lineterm=""
    )
    for number, line in enumerate(lines):
        head = number < 2 or line.startswith("@@")
        if head or line.endswith("\n"):
            yield line.removesuffix("\n")
        else:
            yield line
            yield "\\ No newline at end of file"


def _quoted(name: str) -> str:
    """A file's name as git writes it: quoted if it holds what ends one, or is no text."""
    if not re.search(r'[\x00-\x1f\x7f"\\\ud800-\udfff]', name):
        return name
    octal = (
        f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte)
        for byte in os.fsencode(name)
    )
    return f'"{"".join(octal)}"'


def colour(line: str) -> str | None:
    """The colour of a line of a diff; None for the context."""
    if line.startswith(("---", "+++")):
        return "bold"
    if line.startswith("@@"):
        return "cyan"
    if line.startswith("+"):
        return "green"
    return "red" if line.startswith("-") else None


def _lines(text: str) -> list[str]:
    r"""The lines with their ends; only ``\\n`` ends one, so that form feeds stay inside."""
    lines = text.split("\n")
    ended = [line + "\n" for line in lines[:-1]]
    return ended + ([lines[-1]] if lines[-1] else [])
