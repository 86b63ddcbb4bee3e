"""Whether to print in colours, and in which."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

# What each kind of text looks like.
LOOKS: dict[str, dict[str, object]] = {
    "path": {"bold": True},
    "code": {"fg": "red", "bold": True},
    "margin": {"fg": "cyan"},
    "mark": {"fg": "red"},
}


def colours(stream: TextIO | None = None) -> bool:
    """Whether a stream, stdout if none is given, gets colours.

    NO_COLOR (https://no-color.org) turns them off and FORCE_COLOR on, if they are not
    empty; else a terminal gets them.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    shown = stream or sys.stdout
    return shown is not None and shown.isatty()


def coloured(text: str, kind: str) -> str:
    """The text as its kind looks."""
    return click.style(text, **LOOKS[kind])  # type: ignore[arg-type]
