"""Putting a new text in place of a file's, or showing what would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.net import holding_signals
from jobready.outcome import Failed, Refused

if TYPE_CHECKING:
    from jobready.project.files import Source


def put(
    path: Path, source: Source, data: bytes, text: str, *, pending: bool
) -> Failed | Refused | None:
    """Give a file its new text; return why it was left as it was, or None.

    ``data`` is what it held when it was read. With ``pending`` nothing is written.
    """
    from jobready.project.files import encode_text, hard_links, replace_file

    linked = hard_links(path)
    if linked is not None:
        return linked
    encoded = encode_text(source, text)
    if isinstance(encoded, Failed):
        return encoded
    if pending:
        return None
    with holding_signals():  # what was written must be reported
        return replace_file(path, encoded, data)


def show_diff(path: str, old: str, new: str) -> None:
    """Print a diff, in colours on a terminal."""
    from jobready.cli.colours import colours
    from jobready.report.diff import colour, unified_diff

    wanted = colours()
    for line in unified_diff(path, old, new):
        name = colour(line)
        if name == "bold":
            click.secho(line, bold=True, color=wanted)
        elif name:
            click.secho(line, fg=name, color=wanted)
        else:
            click.echo(line)
