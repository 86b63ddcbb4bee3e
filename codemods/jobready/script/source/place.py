"""A place in a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A position: 1-based line, 1-based column in code points.

    ``file`` is the path of a file that an entry script reaches, None in the script itself.
    """

    line: int
    column: int
    file: str | None = None
