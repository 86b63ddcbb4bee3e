"""What the user asked of a migration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What the user asked for: a forced form, and whether to add a missing init."""

    form: str | None = None
    add_init: bool = False
