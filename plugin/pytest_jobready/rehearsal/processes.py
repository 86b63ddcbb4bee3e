"""Running a program with an end: whatever it started ends with it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import psutil

GRACE = 20.0  # seconds to go, once it has said that it ends
ROUNDS = 20  # of killing what the killed ones have started meanwhile
BESIDE = 10.0  # seconds that processes beside it have, once it has ended
LAST = 0.2  # seconds to dump where it is
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
    beside: Sequence[Mapping[str, str]] = (),
) -> int | None:
    """The program's exit code, None where it had to be killed.

    ``beside`` are the environments of the same program's processes that run beside it; what
    they print is not kept.

    ``mark`` is a variable whose value in ``env`` no other program has: by it everything is
    found that the program started, also in another session or after its parent is gone
    (W&B's own service is such a process).
    """
    deadline = time.monotonic() + timeout
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    began = time.time()
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number, each in enumerate((env, *beside)):
            outputs = (out, err) if number == 0 else (Path(os.devnull), Path(os.devnull))
            with outputs[0].open("wb") as stdout, outputs[1].open("wb") as stderr:
                started.append(
                    subprocess.Popen(
                        command,
                        cwd=cwd,
                        env=each,
                        stdin=subprocess.DEVNULL,
                        stdout=stdout,
                        stderr=stderr,
                        start_new_session=os.name == "posix",
                        creationflags=flags,
                    )
                )
        code = _wait(started[0], deadline, is_ending)
        _wait_beside(started[1:], min(deadline, time.monotonic() + BESIDE))
        return code
    finally:
        _kill(started, mark, env[mark], began)


def _wait(
    process: subprocess.Popen[bytes], deadline: float, is_ending: Callable[[], bool]
) -> int | None:
    ending = False
    while time.monotonic() < deadline:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(min(TICK, max(0.0, deadline - time.monotonic())))
        if not ending and is_ending():
            ending = True
            deadline = min(deadline, time.monotonic() + GRACE)
    if os.name == "posix":
        process.send_signal(signal.SIGUSR1)  # it dumps where it hangs
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LAST)
    return None


def _wait_beside(processes: Iterable[subprocess.Popen[bytes]], deadline: float) -> None:
    for each in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            each.wait(max(0.0, deadline - time.monotonic()))


def _kill(
    started: Sequence[subprocess.Popen[bytes]], mark: str, value: str, began: float
) -> None:
    children: list[psutil.Process] = []
    for process in started:
        with contextlib.suppress(psutil.Error):
            children += psutil.Process(process.pid).children(recursive=True)
    for _ in range(ROUNDS):
        for process in started:
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
