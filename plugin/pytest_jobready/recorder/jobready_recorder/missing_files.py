"""Files that the user's code wants to read and that nobody has: data, vocabularies.

They are stood in for like libraries, and so is what json, pickle and yaml make of them.
"""

from __future__ import annotations

import builtins
import json
import os
import pathlib
import pickle
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from .imports import after_import
from .stand_ins import StandIn, is_stand_in
from .user_code import user_frame


def configure() -> None:
    """Watch who opens what, if that is asked for."""
    if not os.environ.get("JOBREADY_LENIENT"):
        return
    builtins.open = _opening(builtins.open)
    path: Any = pathlib.Path
    path.open = _opening(path.open)
    after_import({"gzip": _watch_gzip, "yaml": _watch_yaml})
    _watch(json, "load")
    _watch(pickle, "load")
    default = json.JSONEncoder.default

    def as_text(self: json.JSONEncoder, o: Any) -> Any:
        return repr(o) if is_stand_in(o) else default(self, o)

    json.JSONEncoder.default = as_text  # type: ignore[method-assign]


def _opening(original: Callable[..., Any]) -> Any:
    def open_(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        try:
            return original(file, mode, *args, **kwargs)
        except FileNotFoundError:
            frame = sys._getframe(1)
            while frame.f_back and "pathlib" in frame.f_globals.get("__name__", ""):
                frame = frame.f_back
            if not set(mode) <= set("rbt") or user_frame(frame) is None:
                raise
            return StandIn("file")

    return open_


def _watch_gzip(module: ModuleType) -> None:
    module.open = _opening(module.open)  # type: ignore[attr-defined]


def _watch_yaml(module: ModuleType) -> None:
    for name in ("load", "safe_load", "full_load", "unsafe_load"):
        _watch(module, name)


def _watch(module: ModuleType, name: str) -> None:
    original: Callable[..., Any] = getattr(module, name)

    def load(file: Any, *args: Any, **kwargs: Any) -> Any:
        return file if is_stand_in(file) else original(file, *args, **kwargs)

    setattr(module, name, load)
