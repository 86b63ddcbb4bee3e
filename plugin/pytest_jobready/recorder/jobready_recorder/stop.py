"""Ending the script early, from inside, so that the record says why."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import threading
from typing import Any, NoReturn

from . import record

_runs: list[Any] = []
_ended = False


def configure() -> None:
    """Set the clock, and be told of a normal end."""
    record.main_process()
    seconds = os.environ.get("JOBREADY_SECONDS")
    if seconds and record.process() == "main":
        clock = threading.Timer(float(seconds), stop, ["time"])
        clock.daemon = True
        clock.start()
    atexit.register(_at_exit)
    hook = sys.excepthook

    def excepthook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        record.write("error", type=kind.__name__, message=str(error)[:500])
        hook(kind, error, trace)

    sys.excepthook = excepthook


def wanted() -> str:
    """Where the script is to be stopped."""
    return os.environ.get("JOBREADY_STOP", "first-log")


def started(run: Any) -> None:
    """Remember a run, so that its config can be told at the end."""
    _runs.append(run)


def runs() -> list[Any]:
    """The runs of this process."""
    return _runs


def stop(why: str) -> NoReturn:
    """Write down why, and end the script with all its processes."""
    _end(why)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    if os.getpid() != record.main_process():
        # Its parents wait for it in vain, as its siblings may for each other.
        os.kill(record.main_process(), signal.SIGTERM)
    os._exit(0)


def _at_exit() -> None:
    _end("exit")


def _end(why: str) -> None:
    global _ended
    if _ended:
        return
    _ended = True
    try:
        config = dict(_runs[-1].config.items()) if _runs else None
    except Exception as error:  # the script may have left anything there
        config = {"_unreadable": str(error)}
    record.write("end", why=why, config=config, imported_wandb="wandb" in sys.modules)
