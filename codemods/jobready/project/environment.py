"""What the project around a file asks of the lines that are written into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jobready.project.config import Config
from jobready.project.line_length import line_length
from jobready.project.python_version import OLDEST, oldest_python
from jobready.project.requirements import pinned_wandb
from jobready.project.type_checkers import type_checked


@dataclass(frozen=True)
class Environment:
    """The surroundings of a file.

    ``line_length`` is in characters; ``type_checked`` says whether a type checker's
    settings cover the file; ``wandb_version`` is the wandb that the project has, None
    for the newest. ``python`` is the oldest Python that the project says it runs on, the
    oldest that is still maintained where it says nothing.
    """

    line_length: int
    type_checked: bool
    wandb_version: str | None
    python: tuple[int, int] = OLDEST


def environment_of(path: Path, config: Config) -> Environment:
    """Return the surroundings of a file; each folder is looked into once a process."""
    return Environment(
        line_length=line_length(path),
        type_checked=type_checked(path),
        wandb_version=config.target_wandb or pinned_wandb(path),
        python=oldest_python(path),
    )
