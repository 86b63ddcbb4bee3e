"""What surrounds a file: what its project asks of it, and of lines written into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jobready.project.config import Config
from jobready.project.line_length import line_length
from jobready.project.python_version import OLDEST, oldest_python
from jobready.project.requirements import pinned_wandb, release
from jobready.project.type_checkers import type_checked


@dataclass(frozen=True)
class Environment:
    """The surroundings of a file.

    ``line_length`` is in characters; ``type_checked`` says whether a type checker's
    settings cover the file; ``wandb_version`` is the wandb that the project has, None
    for the newest. ``python`` is the oldest Python that the project says it runs on, the
    oldest that is still maintained where it says nothing. ``path`` is the file's own, None
    for text that is in none, and ``config`` the project's settings.
    """

    line_length: int
    type_checked: bool
    wandb_version: str | None
    python: tuple[int, int] = OLDEST
    path: Path | None = field(default=None, compare=False)
    config: Config | None = field(default=None, compare=False)

    def has_wandb(self, since: str | None, until: str | None) -> bool:
        """Whether the project's wandb is ``since`` or newer, and older than ``until``."""
        if self.wandb_version is None:
            return until is None
        version = release(self.wandb_version)
        return (since is None or version >= release(since)) and (
            until is None or version < release(until)
        )


def environment_of(path: Path, config: Config) -> Environment:
    """Return the surroundings of a file; each folder is looked into once a process."""
    return Environment(
        line_length=line_length(path),
        type_checked=type_checked(path),
        wandb_version=config.target_wandb or pinned_wandb(path),
        python=oldest_python(path),
        path=path,
        config=config,
    )
