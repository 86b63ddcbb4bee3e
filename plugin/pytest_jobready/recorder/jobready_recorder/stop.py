"""Ending the script early, from inside, so that the record says why."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import os
import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any, NoReturn

from . import record
from .user_code import user_frame

_runs: list[Any] = []
_started_here: list[tuple[int, Any]] = []
_ended = False
_failed = False
_dump: Any = None
# What children get that a script still waits for whose own process ended in an error.
SECONDS_ALONE = 5


def configure() -> None:
    """Set the clock, and be told of a normal end."""
    record.main_process()
    seconds = os.environ.get("JOBREADY_SECONDS")
    busy = os.environ.get("JOBREADY_BUSY_SECONDS")
    if os.getpid() == record.main_process():
        if seconds:
            clock = threading.Timer(float(seconds), stop, ["time"])
            clock.daemon = True
            clock.start()
        if busy:
            threading.Thread(target=_watch, args=[float(busy)], daemon=True).start()
    _be_ready_for_the_end()
    atexit.register(_at_exit)
    if os.environ.get("JOBREADY_FINISH") and os.getpid() == record.main_process():
        _listen_to_children()
    hook = sys.excepthook

    def excepthook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        global _failed
        _failed = True
        place = _last_line_of_user(trace)
        record.write("error", type=kind.__name__, message=str(error)[:500], **place)
        # wandb's own hook shows it, and calls this one then.
        owner = str(getattr(sys.excepthook, "__module__", ""))
        if not owner.startswith("wandb.") or hook is not sys.__excepthook__:
            hook(kind, error, trace)

    sys.excepthook = excepthook


def _watch(busy: float) -> None:
    """Stop after so much of the processor's time, however busy the machine is else.

    With a run, a quarter of it in which nothing new is seen is enough. One that has ended
    in an error, and only waits for its children, takes no such time.
    """
    while (now := time.process_time()) < busy:
        if _failed:
            time.sleep(SECONDS_ALONE)
            if _waits_for_children():
                stop("settled")
        if _runs and now - record.latest() > busy / 4:
            stop("settled")
        time.sleep(0.1)
    stop("time")


def _waits_for_children() -> bool:
    """Whether processes of multiprocessing are at work that Python waits for at the end."""
    known = getattr(sys.modules.get("multiprocessing.process"), "_children", ())
    awaited = [child.sentinel for child in list(known) if not child.daemon]
    if not awaited:
        return False
    from multiprocessing.connection import wait  # there already, where a child is

    return len(wait(awaited, timeout=0)) < len(awaited)


def wanted() -> str:
    """Where the script is to be stopped."""
    return os.environ.get("JOBREADY_STOP", "first-log")


def started(run: Any) -> None:
    """Remember a run, so that its config can be told at the end."""
    _runs.append(run)
    _started_here.append((os.getpid(), run))


def runs() -> list[Any]:
    """The runs of this process."""
    return _runs


def stop(why: str) -> NoReturn:
    """Write down why, and end the script with all its processes."""
    _end(why)
    if os.environ.get("JOBREADY_FINISH"):
        record.write("ending")
        _finish()
    leave(why)


def leave(why: str) -> NoReturn:
    """End the script with all its processes, and send nothing any more."""
    _end(why)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    if os.getpid() != record.main_process():
        # Its parents wait for it in vain, as its siblings may for each other.
        os.kill(record.main_process(), signal.SIGTERM)
    os._exit(0)


def _finish() -> None:
    """Let W&B have what it gets at the end of a run; not of one that a parent has."""
    for process, run in _started_here:
        if process == os.getpid():
            with contextlib.suppress(Exception):
                run.finish(exit_code=0)


def _listen_to_children() -> None:
    """Where a child ends the script, finish here too, before all is over."""
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        return

    def told(number: int, frame: FrameType | None) -> None:
        stop("told")

    def forget() -> None:
        if signal.getsignal(signal.SIGTERM) is told:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, told)
    os.register_at_fork(after_in_child=forget)


def _be_ready_for_the_end() -> None:
    """On a signal, dump where the script hangs; and end, if nobody is left to end it.

    Neither takes a thread, of which Python warns where a script forks.
    """
    global _dump
    if os.name != "posix" or os.getpid() != record.main_process():
        return
    if os.environ.get("JOBREADY_DUMP"):
        _dump = open(os.environ["JOBREADY_DUMP"], "w")  # noqa: PTH123, SIM115
        faulthandler.register(signal.SIGUSR1, _dump, all_threads=False)
    if os.environ.get("JOBREADY_ALARM"):
        signal.alarm(int(os.environ["JOBREADY_ALARM"]))


def _last_line_of_user(trace: TracebackType | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while trace is not None:
        if user_frame(trace.tb_frame) is not None:
            file = trace.tb_frame.f_code.co_filename
            found = {"file": file, "line": trace.tb_lineno}
        trace = trace.tb_next
    return found


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
