"""Files that the user's code wants to read and that nobody has: data, vocabularies.

They get a few lines of content, and what json, pickle and yaml make of one is a stand-in.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import pathlib
import pickle
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from .imports import after_import
from .stand_ins import KNOWN, StandIn, is_stand_in
from .user_code import user_frame

CONTENT = b"1\n1\n"  # lines, words, numbers and JSON


class _Bytes(io.BytesIO):
    """What a missing file gives where it is opened for bytes."""


class _Text(io.StringIO):
    """The same for text."""


def configure() -> None:
    """Watch who opens what, if that is asked for."""
    if not os.environ.get("JOBREADY_LENIENT"):
        return
    builtins.open = _opening(builtins.open)
    path: Any = pathlib.Path
    path.open = _opening(path.open)
    after_import({"gzip": _watch_gzip, "yaml": _watch_yaml})
    KNOWN["torch.save"] = save
    _watch(json, "load")
    _watch(json, "loads")
    _watch(pickle, "load")
    default = json.JSONEncoder.default

    def as_text(self: json.JSONEncoder, o: Any) -> Any:
        return repr(o) if is_stand_in(o) else default(self, o)

    json.JSONEncoder.default = as_text  # type: ignore[method-assign]


def save(obj: Any, f: Any, *args: Any, **kwargs: Any) -> None:
    """Leave a file, as torch.save does: a script may remove it again."""
    if isinstance(f, (str, os.PathLike)) and not is_stand_in(f):
        pathlib.Path(f).write_bytes(CONTENT)


def _opening(original: Callable[..., Any], default: str = "rt") -> Any:
    def open_(file: Any, mode: str = default, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(file, mode, *args, **kwargs)
        except FileNotFoundError:
            frame = sys._getframe(1)
            while frame.f_back and "pathlib" in frame.f_globals.get("__name__", ""):
                frame = frame.f_back
            if not set(mode) <= set("rbt") or user_frame(frame) is None:
                raise
            kind = mode if set(mode) & set("bt") else default
            return _Bytes(CONTENT) if "b" in kind else _Text(CONTENT.decode())

    return open_


def _watch_gzip(module: ModuleType) -> None:
    module.open = _opening(module.open, "rb")  # type: ignore[attr-defined]


def _watch_yaml(module: ModuleType) -> None:
    for name in ("load", "safe_load", "full_load", "unsafe_load"):
        _watch(module, name)


def _watch(module: ModuleType, name: str) -> None:
    original: Callable[..., Any] = getattr(module, name)

    def load(file: Any, *args: Any, **kwargs: Any) -> Any:
        nothing = isinstance(file, (bytes, str)) and file in (CONTENT, CONTENT.decode())
        if nothing or isinstance(file, (_Bytes, _Text)) or is_stand_in(file):
            return StandIn(name)
        return original(file, *args, **kwargs)

    setattr(module, name, load)
