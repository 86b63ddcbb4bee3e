"""Putting a new text in place of a file's, or showing what would change."""

from __future__ import annotations

import sys
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


def create(path: Path, text: str, *, pending: bool) -> Failed | None:
    """Make a file; return why it was not, or None. With ``pending`` nothing is written."""
    from jobready.project.files import create_file
    from jobready.project.modules import look_again

    if pending:
        return None
    with holding_signals():
        failed = create_file(path, text.encode())
    look_again()
    return failed


def show_diff(path: str, source: Source | None, new: str) -> None:
    """Print a diff: for a terminal in colours, else in the bytes that `git apply` takes.

    Without a ``source`` it is that of a new file.
    """
    from jobready.cli.colours import colours
    from jobready.report.diff import colour, unified_diff

    mark = "\ufeff" if source is not None and source.bom else ""
    old = None if source is None else mark + source.text
    wanted = colours()
    exact = not wanted and sys.stdout is not None and not sys.stdout.isatty()
    lines = unified_diff(path, old, mark + new)
    encoding = "utf-8" if source is None else source.encoding
    for number, line in enumerate(lines):
        name = colour(line)
        if exact:
            # the file's lines in its encoding, whatever that of the output is
            of = "utf-8" if number < 2 else encoding
            click.echo(f"{line}\n".encode(of, "replace"), nl=False)
        elif name == "bold":
            click.secho(line, bold=True, color=wanted)
        else:
            click.secho(line, fg=name, color=wanted)
