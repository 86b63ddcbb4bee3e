"""Runs a script in this process, in milliseconds: real argparse, the real ``wandb.Config``.

``wandb.init`` is a stand-in that does to the config what the SDK does (0.31.0,
``wandb_run.Run._init`` and ``_set_run_obj``); `test_process` holds it to the real one.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import os
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unittest import mock

import wandb
import wandb.sdk.launch
import wandb.util
from wandb.sdk.wandb_config import Config

from tests.edits.matrix_laws import round_trip

ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True)
class Seen:
    """One value that a script showed to ``see``: type and text, all the way down."""

    name: str
    value: Any


@dataclass
class Ran:
    """What one run of a script did.

    ``exit`` is 0 for a good end, the code of a ``SystemExit``, or the text of an error.
    ``config`` is what the page of the last run shows, None without a run.
    """

    seen: list[Seen] = field(default_factory=list)
    exit: int | str = 0
    stdout: str = ""
    stderr: str = ""
    config: dict[str, Any] | None = None
    imported: set[str] = field(default_factory=set)

    @property
    def error(self) -> str:
        """The last line on stderr, or the error that ended it."""
        lines = self.stderr.strip().splitlines()
        return self.exit if isinstance(self.exit, str) else (lines or [""])[-1]


def run(
    text: str,
    argv: Sequence[str] = (),
    launched: Mapping[str, Any] | None = None,
    *,
    swept: Mapping[str, Any] | None = None,
    older: bool = False,
) -> Ran:
    """Run a script with a command line; with ``launched``, as a launch agent starts it.

    ``swept`` are the values that ``wandb.agent`` gives its runs; with ``older`` the
    project's wandb is one before 0.16.1.
    """
    ran = Ran()
    out, err = io.StringIO(), io.StringIO()
    names = {"__name__": "__main__", "__builtins__": _builtins(ran)}
    with (
        _environment(launched),
        _wandb(ran, swept, older),
        mock.patch.object(sys, "argv", ["train.py", *argv]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            exec(_compiled(text), names)
        except SystemExit as end:
            ran.exit = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Exception as error:
            ran.exit = f"{type(error).__name__}: {ADDRESS.sub('', str(error))}"
    ran.stdout, ran.stderr = out.getvalue(), err.getvalue()
    return ran


@lru_cache(maxsize=64)
def _compiled(text: str) -> types.CodeType:
    return compile(text, "train.py", "exec", dont_inherit=True)


def _builtins(ran: Ran) -> dict[str, Any]:
    """The builtins of a script: with ``see``, and an import that is written down."""

    def see(name: str, value: object) -> None:
        ran.seen.append(Seen(name, frozen(value)))

    def imported(name: str, *rest: Any) -> Any:
        if rest and (rest[0] or {}).get("__name__") == "__main__":
            ran.imported.add(name.partition(".")[0])
        return builtins.__import__(name, *rest)

    return {**vars(builtins), "see": see, "__import__": imported}


def frozen(value: object) -> Any:
    """Type and text of a value, of the items of a collection one by one."""
    name = type(value).__name__
    if isinstance(value, dict):
        items = ((str(k), frozen(v)) for k, v in value.items())
        return name, tuple(sorted(items, key=lambda item: item[0]))
    if isinstance(value, list | tuple):
        return name, tuple(map(frozen, value))
    return name, ADDRESS.sub("", repr(value))


@contextlib.contextmanager
def _environment(launched: Mapping[str, Any] | None) -> Iterator[None]:
    if launched is not None:
        os.environ.update(WANDB_LAUNCH="True", WANDB_CONFIG=json.dumps(launched))
    try:
        yield
    finally:
        os.environ.pop("WANDB_LAUNCH", None)
        os.environ.pop("WANDB_CONFIG", None)


class _Run:
    """The run that ``wandb.init`` returns."""

    def __init__(self, config: Any) -> None:
        object.__setattr__(self, "config", config)

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *_: object) -> None: ...

    def log(self, *_: object) -> None:
        """Take a metric."""

    def finish(self) -> None:
        """Leave the config as it is."""


@contextlib.contextmanager
def _wandb(ran: Ran, swept: Mapping[str, Any] | None, older: bool) -> Iterator[None]:
    """The SDK with a stand-in for what starts runs."""
    given: dict[str, Any] = {}  # by a sweep

    def init(config: Any = None, **keywords: Any) -> _Run:
        made = new_config(config, given)
        ran.seen.append(Seen("wandb.init", frozen(keywords)))
        found = _Run(made)
        wandb.config = made
        wandb.run = found  # type: ignore[assignment]
        configs.append(made)
        return found

    def agent(_: object, function: Callable[[], object], count: int = 1) -> None:
        given.update(swept or {})
        for _number in range(count):
            function()

    configs: list[Any] = []
    kept = {name: getattr(wandb, name) for name in ("init", "agent", "config", "run")}
    wandb.init, wandb.agent = init, agent  # type: ignore[assignment]
    loads = wandb.sdk.launch.load_wandb_config
    if older:
        del wandb.sdk.launch.load_wandb_config
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(wandb, name, value)
        wandb.sdk.launch.load_wandb_config = loads
        if configs:
            ran.config = {k: round_trip(v) for k, v in configs[-1].items()}


def new_config(config: Any, swept: Mapping[str, Any]) -> Any:
    """The config of a run as the SDK makes it, in a job if the environment says so."""
    untyped: Any = Config
    made = untyped()
    made._update(config or {}, allow_val_change=True, ignore_locked=True)
    if swept:
        made.merge_locked(swept, user="sweep", _allow_val_change=True)
    if os.environ.get("WANDB_LAUNCH") in ("True", "true", "1"):
        launched = json.loads(os.environ["WANDB_CONFIG"])
        made.merge_locked(launched, user="launch", _allow_val_change=True)
    # wandb-core hands the config back, by way of JSON; what is locked stays as it is
    returned = {k: round_trip(made[k]) for k in made if k not in made._locked}
    made._update(returned, allow_val_change=True)
    return made
