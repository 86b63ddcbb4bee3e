"""Runs: where they start, and the first thing that is logged to one."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

from . import record, stop
from .stand_ins import StandIn, is_stand_in
from .user_code import user_frame

# Classes of wandb that look into the data which they are made of.
_MEDIA = ("Audio", "Histogram", "Image", "Object3D", "Video")
# Arguments of init for which wandb itself imports what may be a stand-in.
_NEED_LIBRARIES = ("monitor_gym", "sync_tensorboard")

# Arguments of init that are text; what a stand-in gives for one is text as well.
_TEXTS = ("entity", "group", "id", "job_type", "name", "notes", "project")


def watch_init(module: ModuleType) -> None:
    """Remember the runs that the script starts."""
    original = module.init
    watch = module.watch

    def init(*args: Any, **kwargs: Any) -> Any:
        frame = sys._getframe(1)
        if os.environ.get("JOBREADY_STAND_INS"):
            for name in _NEED_LIBRARIES:
                kwargs.pop(name, None)
            kwargs |= {n: str(kwargs[n]) for n in _TEXTS if is_stand_in(kwargs.get(n))}
        if os.environ.get("JOBREADY_LENIENT") and kwargs.get("mode") == "online":
            del kwargs["mode"]  # nobody is there to answer
        run = original(*args, **kwargs)
        stop.started(run)
        where = {"file": frame.f_code.co_filename, "line": frame.f_lineno}
        by_user = user_frame(frame) is not None
        record.write("init", by_user=by_user, **where, **_identity(run))
        if stop.wanted() == "init":
            stop.stop("init")
        return run

    def watch_model(*args: Any, **kwargs: Any) -> Any:
        if any(is_stand_in(value) for value in args):
            return []
        return watch(*args, **kwargs)

    module.init = init  # type: ignore[attr-defined]
    module.watch = watch_model  # type: ignore[attr-defined]
    if os.environ.get("JOBREADY_STAND_INS"):
        for name in _MEDIA:
            _admit_stand_ins(name, getattr(module, name))


def _admit_stand_ins(name: str, media: Any) -> None:
    """Let a picture or the like be made of data that may be a stand-in: it is one then.

    The class stays what it is, as scripts derive from it or ask for it.
    """

    def __new__(cls: type, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        if any(is_stand_in(value) for value in (*args, *kwargs.values())):
            return StandIn(f"wandb.{name}()")
        return object.__new__(cls)

    media.__new__ = staticmethod(__new__)


def watch_settings(module: ModuleType) -> None:
    """Let settings of an older wandb pass, where that is asked for."""
    fields = getattr(module.Settings, "model_fields", None)
    if fields is None or not os.environ.get("JOBREADY_LENIENT"):
        return
    original = module.Settings.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        known = {name: value for name, value in kwargs.items() if name in fields}
        original(self, *args, **known)

    module.Settings.__init__ = __init__


def _identity(run: Any) -> dict[str, Any]:
    """What a run is to W&B; the run of mode disabled has less to say."""
    settings = getattr(run, "settings", None) or getattr(run, "_settings", None)
    found = {}
    for name in ("entity", "project", "id"):
        try:
            found[name] = getattr(run, name)
        except Exception:  # what it knows depends on the version
            found[name] = None
    return {**found, "mode": getattr(settings, "mode", None)}


def watch_log(module: ModuleType) -> None:
    """Stop at the first log, if that is asked for."""
    _stop_at_log(module.Run)


def watch_noop_log(module: ModuleType) -> None:
    """The same for the run of mode disabled, a class of its own in newer wandb."""
    if "log" in vars(module.NoopRun):
        _stop_at_log(module.NoopRun)


def _stop_at_log(run_class: Any) -> None:
    original = run_class.log

    def log(self: Any, *args: Any, **kwargs: Any) -> Any:
        if stop.wanted() == "first-log":
            stop.stop("first-log")
        if os.environ.get("JOBREADY_STAND_INS"):
            return None  # what is logged may come from a stand-in, which wandb can't send
        return original(self, *args, **kwargs)

    run_class.log = log
