"""What the user asked of a migration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What the user asked for: a forced form, and and what to add.

    ``add_init``: a missing ``wandb.init``; ``unsafe_fixes``: what changes more than the
    routing of values, such as a gate that opens in a job.
    """

    form: str | None = None
    add_init: bool = False
    unsafe_fixes: bool = False
