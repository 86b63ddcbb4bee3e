"""Places of a script for a reader: file, line, and what stands there."""

from __future__ import annotations

import linecache
from pathlib import Path

WIDEST = 100  # columns of a line of source


def excerpt(file: str | Path, line: int) -> str:
    """``  31 | slope -= args.lr * gradient``, "" where there is no such line."""
    text = linecache.getline(str(file), line).rstrip().replace("\t", " ")
    if not text:
        return ""
    shown = text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
    return f"  {line} | {shown}"


def shown_path(file: str | Path, root: Path) -> str:
    """A path as it is named from the root of the project."""
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)
