"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def config_option(command: Command) -> Command:
    """``--config``: where the settings are, as ``config_path``."""
    option = click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        help="A pyproject.toml to read the settings from.",
    )
    return option(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--output-format``: the first of these where nothing is said."""
    return click.option(
        "--output-format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
    )
