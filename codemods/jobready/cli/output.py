"""Printing where not every character can be printed, and where nothing can."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

import click

ERRORS = "jobready-escapes"


def escape_what_cannot_be_printed() -> None:
    r"""Print ``\\u65e5`` for a character that an output's encoding lacks.

    That is what Python writes on stderr and JSON reads, and no file's name can end a run
    whose work is done. What the system has set otherwise is left alone.
    """
    codecs.register_error(ERRORS, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors=ERRORS)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    units = found.encode("utf-16-be", "surrogatepass").hex()
    escapes = (f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
    return "".join(escapes), error.end


def is_of_output(error: OSError) -> bool:
    """Whether writing to what is open has failed; of other files the name is known."""
    return error.filename is None and error.errno != errno.ENOENT


def stop_without_output(error: OSError) -> NoReturn:
    """End with exit code 2, and a line if it isn't that the reader has gone."""
    with suppress(OSError, ValueError, AttributeError):
        # keep Python from trying to write the rest as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno != errno.EPIPE:
        said = error.strerror or str(error)
        click.echo(f"jobready: its output can't be written: {said}", err=True)
    sys.exit(2)
