"""Runs a script as a job would run, against a loopback W&B, and gives what came of it.

`run` takes a `Take` and returns a `Rehearsed`; both are plain values. Nothing here needs
pytest, and wandb is only imported by the script itself, in its own process.
"""

from __future__ import annotations

from pytest_jobready.rehearsal.rehearsed import Crash, Read, Rehearsed, Started
from pytest_jobready.rehearsal.run import run
from pytest_jobready.rehearsal.take import CannotRehearseError, Stop, Take

__all__ = [
    "CannotRehearseError",
    "Crash",
    "Read",
    "Rehearsed",
    "Started",
    "Stop",
    "Take",
    "run",
]
