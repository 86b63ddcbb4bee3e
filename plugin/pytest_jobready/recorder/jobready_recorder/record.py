"""The record: one JSON object a line, appended by every process of the script."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from typing import Any

LONGEST = 2000  # characters of a value's repr
_MAIN = "JOBREADY_MAIN_PROCESS"
_file: int | None = None
_latest = 0.0


def write(event: str, **fields: Any) -> None:
    """Append one event; a line is one write, so processes don't mix."""
    global _file, _latest
    _latest = time.process_time()
    if _file is None:
        mode = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        _file = os.open(os.environ["JOBREADY_RECORD"], mode, 0o600)
    line = json.dumps({"event": event, "process": process(), **fields}, default=str)
    os.write(_file, line.encode() + b"\n")


def latest() -> float:
    """When the last event was, in seconds of the processor's time."""
    return _latest


def main_process() -> int:
    """The id of the process that the script was started as."""
    return int(os.environ.setdefault(_MAIN, str(os.getpid())))


def process() -> str:
    """What the record calls this process: main, another rank, or a child's name and id."""
    rank = os.environ.get("JOBREADY_RANK")
    if os.getpid() == main_process():
        return f"rank {rank}" if rank else "main"
    multiprocessing = sys.modules.get("multiprocessing.process")
    name = multiprocessing.current_process().name if multiprocessing else "child"
    return f"{f'rank {rank}, ' if rank else ''}{name}:{os.getpid()}"


def shown(value: object) -> str:
    """The repr of a value, without addresses, which say nothing about it."""
    try:
        return re.sub(r" at 0x[0-9a-f]+", "", repr(value))[:LONGEST]
    except Exception as error:  # the value's own __repr__ may fail
        return f"<no repr: {type(error).__name__}>"


def typed(value: object) -> list[str]:
    """A value as the name of its type and its repr."""
    return [type(value).__name__, shown(value)]
