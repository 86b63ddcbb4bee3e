"""Telling from the bytes of a file whether it can start a run."""

from __future__ import annotations

import re

# wandb itself, or the keyword by which a framework is told to use it.
STARTS = re.compile(rb"[Ww]andb|report_to|log_with|init_trackers")
PARSES = re.compile(rb"parse_(?:known_|intermixed_|known_intermixed_)?args")


def may_matter(data: bytes, *, add_init: bool = False) -> bool:
    """Whether the file is worth parsing: it names wandb, or gets a run added."""
    if add_init and may_parse(data):
        return True
    return STARTS.search(data) is not None


def may_parse(data: bytes) -> bool:
    """Whether the file may parse a command line."""
    return PARSES.search(data) is not None
