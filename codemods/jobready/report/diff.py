"""A unified diff of what would change."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified_diff(path: str, old: str, new: str) -> Iterator[str]:
    """The lines of the diff, as ``git apply`` takes them."""
    label = path.replace("\\", "/").lstrip("/")
    lines = difflib.unified_diff(
        _lines(old), _lines(new), f"a/{label}", f"b/{label}", lineterm=""
    )
    for line in lines:
        if line.endswith(("\n", "\r")):
            yield line[:-1] if line.endswith("\n") else line
        elif line.startswith(("---", "+++", "@@")):
            yield line
        else:
            yield line
            yield "\\ No newline at end of file"


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
