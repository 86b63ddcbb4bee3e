"""What the user asked of a migration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobready.edits.shared.module import SharedModule


@dataclass(frozen=True)
class Options:
    """What the user asked for: a forced form, and what to add.

    ``add_init``: a missing ``wandb.init``; ``unsafe_fixes``: what changes more than the
    routing of values, a gate that opens in a job. ``shared`` is the module that gets the
    function of form argv, None where each script gets its own. ``runs`` are the files that
    the user says start the run, by their real paths.
    """

    form: str | None = None
    add_init: bool = False
    unsafe_fixes: bool = False
    shared: SharedModule | None = None
    runs: frozenset[Path] = frozenset()
