"""A bar that shows how far a long run is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

BAR_AFTER = 1.0  # seconds


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Give what is to be told how much of ``length`` has begun.

    It shows a bar on a terminal once a second has gone, and nothing in a process that was
    forked meanwhile.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda number: None
        return
    started, process = time.monotonic(), os.getpid()
    bar = click.progressbar(length=length, label=label, file=sys.stderr)
    shown = False

    def show(number: int) -> None:
        nonlocal shown
        if os.getpid() != process:
            return
        if not shown and time.monotonic() - started > BAR_AFTER:
            bar.__enter__()
            shown = True
        if shown:
            bar.update(max(number - bar.pos, 0))

    try:
        yield show
    finally:
        if shown:
            bar.__exit__(None, None, None)
