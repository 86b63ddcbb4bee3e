"""The record: one JSON object a line, appended by every process of the script."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_MAIN = "JOBREADY_MAIN_PROCESS"
_file: int | None = None


def write(event: str, **fields: Any) -> None:
    """Append one event; a line is one write, so processes don't mix."""
    global _file
    if _file is None:
        mode = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        _file = os.open(os.environ["JOBREADY_RECORD"], mode, 0o600)
    line = json.dumps({"event": event, "process": process(), **fields}, default=str)
    os.write(_file, line.encode() + b"\n")


def main_process() -> int:
    """The id of the process that the script was started as."""
    return int(os.environ.setdefault(_MAIN, str(os.getpid())))


def process() -> str:
    """What the record calls this process: main, or a child's name and id."""
    if os.getpid() == main_process():
        return "main"
    multiprocessing = sys.modules.get("multiprocessing.process")
    name = multiprocessing.current_process().name if multiprocessing else "child"
    return f"{name}:{os.getpid()}"
