"""One problem of a job."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One sentence about a job; ``code`` names its kind, ``line`` is the script's."""

    code: str
    message: str
    line: int | None = None
