"""Watches a script from inside its process; on PYTHONPATH of the runs of `running`.

Each read of a parameter by the script itself, from a Namespace or from the config of a
run, becomes a line of JSON in the file JOBREADY_RECORD. What the script leaves behind
follows at the end: the config of its last run, and whether wandb was imported at all.
"""

from __future__ import annotations

import argparse
import atexit
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from types import FrameType, ModuleType
from typing import Any

SCRIPT = os.environ["JOBREADY_SCRIPT"]
RECORD = os.environ["JOBREADY_RECORD"]
MAIN_PROCESS = os.getpid()
runs: list[Any] = []
lines = open(RECORD, "a", buffering=1, encoding="utf-8")  # noqa: PTH123, SIM115


def record(event: dict[str, Any]) -> None:
    """Append one event to the record."""
    lines.write(json.dumps(event) + "\n")


def record_read(name: str, value: object, frame: FrameType, *, whole: bool = False) -> None:
    """Record that the script, in ``frame``, read ``name`` as ``value``.

    ``whole`` says that it took the values of all parameters at once.
    """
    # The address of a function or object says nothing about the value.
    text = re.sub(r" at 0x[0-9a-f]+", "", repr(value))
    event = {"name": name, "type": type(value).__name__, "value": text}
    record({"event": "read", "line": frame.f_lineno, "whole": whole, **event})


def by_the_script(frame: FrameType) -> bool:
    """Whether it is the script that reads, not argparse or wandb."""
    return frame.f_code.co_filename == SCRIPT


class Namespace(argparse.Namespace):
    """argparse's own, but for the record that it keeps."""

    __module__ = "argparse"

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        frame = sys._getframe(1)
        if by_the_script(frame):
            if name == "__dict__":
                for key in sorted(value):
                    record_read(key, value[key], frame, whole=True)
            elif not name.startswith("__"):
                record_read(name, value, frame)
        return value


def watch_config(module: ModuleType) -> None:
    """Let the configs of runs record who reads them."""

    def watched(method: Callable[..., Any]) -> Callable[..., Any]:
        def read(self: Any, key: str, *rest: Any) -> Any:
            value = method(self, key, *rest)
            frame = sys._getframe(1)
            # What a launch brought is a Config too, but the config of no run.
            if by_the_script(frame) and any(self is run.config for run in runs):
                record_read(key, value, frame)
            return value

        return read

    for name in ("__getattr__", "__getitem__", "get"):
        setattr(module.Config, name, watched(getattr(module.Config, name)))


def watch_init(module: ModuleType) -> None:
    """Remember the runs that the script starts."""
    original = module.init

    def init(*args: Any, **kwargs: Any) -> Any:
        run = original(*args, **kwargs)
        runs.append(run)
        return run

    module.init = init  # type: ignore[attr-defined]


class AfterImport(importlib.abc.MetaPathFinder):
    """Calls a function with a module as soon as it has been imported."""

    def __init__(self, hooks: dict[str, Callable[[ModuleType], None]]) -> None:
        self.hooks = hooks

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        hook = self.hooks.pop(fullname, None)
        if hook is None:
            return None
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                hook(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


@atexit.register
def at_the_end() -> None:
    """Record what the run's page would show."""
    if os.getpid() == MAIN_PROCESS:
        config = dict(runs[-1].config.items()) if runs else None
        imported = "wandb" in sys.modules
        record({"event": "end", "config": config, "imported_wandb": imported})


argparse.Namespace = Namespace  # type: ignore[misc]
sys.meta_path.insert(
    0, AfterImport({"wandb": watch_init, "wandb.sdk.wandb_config": watch_config})
)
