"""Telling the user's own code from the libraries that it calls."""

from __future__ import annotations

import os
import sys
from types import FrameType

_roots: tuple[str, ...] = ()
_not_in: tuple[str, ...] = ()
_known: dict[str, bool] = {}
# Libraries that take a whole object on behalf of the code that called them.
_ON_BEHALF = {
    "copy",
    "copyreg",
    "dataclasses",
    "json",
    "multiprocessing",
    "pickle",
    "pprint",
}


def configure() -> None:
    """Take the user's folders and files from the environment."""
    global _roots, _not_in
    roots = os.environ.get("JOBREADY_ROOTS", os.getcwd())  # noqa: PTH109
    _roots = tuple(os.path.realpath(r) for r in roots.split(os.pathsep) if r)
    # An environment that lies in the user's folder is not the user's code.
    prefixes = {os.path.realpath(p) for p in (sys.prefix, sys.base_prefix)}
    recorder = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120
    _not_in = tuple(p for p in (*prefixes, recorder) if p not in _roots and _below(p))


def is_user_file(name: str) -> bool:
    """Whether a file lies in one of the user's folders."""
    known = _known.get(name)
    if known is None:
        path = os.path.realpath(name)
        known = _known[name] = any(
            path == root or path.startswith(root + os.sep) for root in _roots
        )
        if known and any(path.startswith(p + os.sep) for p in _not_in):
            known = _known[name] = False
    return known


def _below(path: str) -> bool:
    return any(path.startswith(root + os.sep) for root in _roots)


def user_frame(frame: FrameType | None, *, whole: bool = False) -> FrameType | None:
    """The frame, if it is the user's code that reads, else None.

    Who reads ``whole`` objects may do so through copy, pickle and their like.
    """
    while frame is not None:
        if is_user_file(frame.f_code.co_filename):
            return frame
        module = str(frame.f_globals.get("__name__")).partition(".")[0]
        if not whole or module not in _ON_BEHALF:
            return None
        frame = frame.f_back
    return None
