"""From the paths on the command line to files with their configuration."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from jobready.outcome import Failed, Reason

if TYPE_CHECKING:
    from jobready.project.config import Config


@dataclass(frozen=True)
class Inputs:
    """The files to look at; ``given`` are those that were named one by one.

    ``problems`` are paths that are no input at all, ``excluded`` files that were named
    though the settings exclude them, ``notebooks`` how many were passed over.
    """

    files: tuple[Path, ...]
    given: frozenset[Path]
    config: Config
    problems: tuple[tuple[str, Reason], ...]
    notebooks: int
    excluded: tuple[str, ...] = ()


def stop(message: str) -> NoReturn:
    """End with exit code 2 and one line that says what to do."""
    click.echo(f"jobready: {message}", err=True)
    sys.exit(2)


def find_config(start: Path, explicit: Path | None) -> Config:
    """The configuration that holds for ``start``; ends the program if it is broken."""
    from jobready.project.config import load_config

    config = load_config(start, explicit)
    if isinstance(config, Failed):
        for reason in config.reasons:  # each names its file and line
            click.echo(f"jobready: {reason.message}", err=True)
        sys.exit(2)
    return config


def collect(paths: Sequence[str], explicit: Path | None = None) -> Inputs:
    """The files that ``paths`` stand for, sorted, each once."""
    from jobready.project.discover import discover

    config = find_config(Path.cwd(), explicit)
    named = [Path(p) for p in paths]
    found = discover(named, config)
    return Inputs(
        files=found.files,
        given=frozenset(named),
        config=config,
        problems=tuple((str(path), reason) for path, reason in found.problems),
        notebooks=len(found.skipped),
        excluded=tuple(map(str, found.excluded)),
    )
