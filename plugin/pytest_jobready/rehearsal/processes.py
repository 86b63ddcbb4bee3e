"""Running a program with an end: whatever it started ends with it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

GRACE = 20.0  # seconds to go, once it has said that it ends
ROUNDS = 20  # of killing what the killed ones have started meanwhile
TICK = 0.1  # seconds between two looks at whether it has said so


def run_to_end(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    mark: str,
    timeout: float,
    out: Path,
    err: Path,
    is_ending: Callable[[], bool],
) -> int | None:
    """The program's exit code, None where it had to be killed.

    ``mark`` is a variable whose value in ``env`` no other program has: by it everything is
    found that the program started, also in another session or after its parent is gone
    (W&B's own service is such a process).
    """
    deadline = time.monotonic() + timeout
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    began = time.time()
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=os.name == "posix",
            creationflags=flags,
        )
    ending = False
    try:
        while time.monotonic() < deadline:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(min(TICK, max(0.0, deadline - time.monotonic())))
            if not ending and is_ending():
                ending = True
                deadline = min(deadline, time.monotonic() + GRACE)
        return None
    finally:
        _kill(process, mark, env[mark], began)


def _kill(process: subprocess.Popen[bytes], mark: str, value: str, began: float) -> None:
    children: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        children = psutil.Process(process.pid).children(recursive=True)
    for _ in range(ROUNDS):
        if process.poll() is None:
            process.kill()
            process.wait()
        left = [*children, *_marked(mark, value, began)]
        children = []
        if not left:
            return
        for each in left:
            with contextlib.suppress(psutil.Error):
                each.kill()
        psutil.wait_procs(left, timeout=1)


def _marked(mark: str, value: str, began: float) -> list[psutil.Process]:
    found = []
    for each in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if each.create_time() < began - 2 or each.status() == psutil.STATUS_ZOMBIE:
                continue
            if each.environ().get(mark) == value:
                found.append(each)
    return found
