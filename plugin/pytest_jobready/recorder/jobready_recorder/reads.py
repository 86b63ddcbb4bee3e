"""Each read of a parameter, from a Namespace or from the config of a run."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable, Mapping
from types import FrameType, ModuleType
from typing import Any

from . import record, stop
from .user_code import user_frame

# The docstring of the function that jobready writes into a script.
JOB_ARGS = "Return the config of a launched W&B job as arguments for the parser."
_seen: set[tuple[object, ...]] = set()
_again = 0
_busy = threading.local()
# By its id each dataclass that a parse has filled, and what its names begin with.
_within: dict[int, tuple[object, str]] = {}
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_seen.clear)


def read_all(values: Mapping[str, object], frame: FrameType, source: str) -> None:
    """Write down that the script took the values of all parameters at once."""
    for number, key in enumerate(sorted(values, key=str)):
        read(key, values[key], frame, source, True, counts=not number)


def read(
    name: str,
    value: object,
    frame: FrameType,
    source: str,
    whole: bool,
    *,
    counts: bool = True,
) -> None:
    """Write down one read, once for each place and value.

    The address of an object says nothing about the value, so it is left out. ``whole``
    says that it is one of all parameters' that are read at once, of which one ``counts``
    among those that bring nothing new.
    """
    global _again
    if getattr(_busy, "now", False):
        return
    _busy.now = True
    try:
        text = record.shown(value)
    finally:
        _busy.now = False
    place = (frame.f_code.co_filename, frame.f_lineno)
    fields = (name, type(value).__name__, text, whole)
    if (place, fields) in _seen:
        _again += counts
        limit = os.environ.get("JOBREADY_SETTLED")
        if limit and _again >= int(limit):
            stop.stop("settled")
        return
    if _gives_words_of_a_launch(frame):
        return
    _again = 0
    _seen.add((place, fields))
    record.write(
        "read",
        name=name,
        type=type(value).__name__,
        value=text,
        file=place[0],
        line=place[1],
        source=source,
        whole=whole,
        after_init=bool(stop.runs()),
    )


def _gives_words_of_a_launch(frame: FrameType | None) -> bool:
    """Whether it is jobready's own function that reads, or an action that it tries.

    That has a Namespace of its own, which says nothing about the script's.
    """
    while frame is not None:
        if frame.f_code.co_consts[:1] == (JOB_ARGS,):
            return True
        frame = frame.f_back
    return False


def watch_namespaces() -> None:
    """Let every Namespace tell who reads it."""
    watch_class(argparse.Namespace)


def watch_class(holder: Any) -> None:
    """Let every object of a class that holds parameters tell who reads it."""
    plain = object.__getattribute__
    shown = holder.__repr__
    if getattr(holder.__getattribute__, "_jobready", None) is holder:
        return  # it does already

    def __getattribute__(self: Any, name: str) -> Any:  # noqa: N807
        value = plain(self, name)
        if name == "__dict__":
            frame = user_frame(sys._getframe(1), whole=True)
            if frame is not None:
                read_all(_of_dataclass(self, value), frame, "namespace")
        elif name[:2] != "__" and name in plain(self, "__dict__"):
            frame = user_frame(sys._getframe(1))
            if frame is not None:
                for each, inner in _of_dataclass(self, {name: value}).items():
                    read(each, inner, frame, "namespace", False)
        return value

    def __repr__(self: Any) -> str:  # noqa: N807
        frame = user_frame(sys._getframe(1), whole=True)
        if frame is not None:
            read_all(_of_dataclass(self, plain(self, "__dict__")), frame, "namespace")
        return str(shown(self))

    def __reduce_ex__(self: Any, protocol: Any) -> Any:  # noqa: N807
        # Copying and pickling take the values past __getattribute__.
        frame = user_frame(sys._getframe(1), whole=True)
        if frame is not None:
            read_all(_of_dataclass(self, plain(self, "__dict__")), frame, "namespace")
        return object.__reduce_ex__(self, protocol)

    __getattribute__._jobready = holder  # type: ignore[attr-defined]
    holder.__getattribute__ = __getattribute__
    holder.__repr__ = __repr__
    holder.__reduce_ex__ = __reduce_ex__


def watch_tap(module: ModuleType) -> None:
    """Let every Tap, which is a parser and its Namespace in one, tell the same."""
    watch_class(module.Tap)


def watch_dataclasses(module: ModuleType) -> None:
    """Let what simple_parsing fills tell the same, also the dataclasses inside others."""
    parse = module.ArgumentParser.parse_known_args
    wrapper = module.DataclassWrapper
    wrap = wrapper.__init__

    def __init__(self: Any, dataclass: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        watch_class(dataclass if isinstance(dataclass, type) else type(dataclass))
        wrap(self, dataclass, *args, **kwargs)

    def parse_known_args(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = parse(self, *args, **kwargs)
        for value in object.__getattribute__(result[0], "__dict__").values():
            _name_values(value, "")
        return result

    wrapper.__init__ = __init__
    module.ArgumentParser.parse_known_args = parse_known_args


def _name_values(holder: Any, within: str) -> None:
    """Remember what comes before the names of a dataclass's values, as a run has them.

    The dataclass of a command is known by then: its names have nothing before them.
    """
    if not hasattr(type(holder), "__dataclass_fields__") or id(holder) in _within:
        return
    _within[id(holder)] = (holder, within)
    for name, value in object.__getattribute__(holder, "__dict__").items():
        _name_values(value, f"{within}{name}.")


def _of_dataclass(holder: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of an object by the names that they have, without dataclasses."""
    if id(holder) not in _within:
        return values
    within = _within[id(holder)][1]
    return {f"{within}{k}": v for k, v in values.items() if id(v) not in _within}


def watch_config(module: ModuleType) -> None:
    """Let the configs of runs tell who reads them."""
    config = module.Config

    def of_a_run(self: Any) -> bool:
        # What load_wandb_config() brings is a Config too, but the config of no run.
        return any(self is run.config for run in stop.runs())

    def one(method: Callable[..., Any]) -> Callable[..., Any]:
        def watched(self: Any, key: str, *rest: Any) -> Any:
            value = method(self, key, *rest)
            frame = user_frame(sys._getframe(1))
            if frame is not None and key[:2] != "__" and of_a_run(self):
                read(key, value, frame, "config", False)
            return value

        return watched

    def every(method: Callable[..., Any]) -> Callable[..., Any]:
        def watched(self: Any) -> Any:
            result = method(self)
            frame = user_frame(sys._getframe(1), whole=True)
            if frame is not None and of_a_run(self):
                values = {k: v for k, v in self._items.items() if not k.startswith("_")}
                read_all(values, frame, "config")
            return result

        return watched

    for name in ("__getattr__", "__getitem__", "get"):
        setattr(config, name, one(getattr(config, name)))
    for name in ("items", "as_dict", "__iter__"):
        if hasattr(config, name):
            setattr(config, name, every(getattr(config, name)))
