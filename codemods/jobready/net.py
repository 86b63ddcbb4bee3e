"""What goes wrong in one file stays with that file; a signal ends the run in good order."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from jobready.outcome import Failed, Reason

Result = TypeVar("Result")
# With this in the environment an error that nobody expected ends the program as it is.
TRACEBACK = "JOBREADY_TRACEBACK"
# What ends the program, if the system has it and nobody has it ignored (nohup).
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopped(BaseException):
    """The user, or the system, has ended the run by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell shows for a program that a signal has ended."""
        return 128 + self.number


_stopped_by: list[int] = []
_holding: list[None] = []  # not empty while a signal has to wait


@contextmanager
def stopping_by_signals() -> Iterator[None]:
    """Raise `Stopped` where a signal would end the program, so that it can tidy up.

    An exception that a signal raises inside of libcst may come out as another one: what
    comes out after a signal is `Stopped` in any case.
    """
    _stopped_by.clear()
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in _ending_signals():
            before[number] = signal.signal(number, _stop)
    try:
        yield
    except SystemExit:
        raise  # whoever ends the run has said why
    except BaseException:
        raise_if_stopped()
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def holding_signals() -> Iterator[None]:
    """Let a signal wait for the end of this; `raise_if_stopped` raises it then."""
    _holding.append(None)
    try:
        yield
    finally:
        _holding.pop()


def end_by_signals() -> None:
    """Let signals end this process at once: one that has nothing to tidy up."""
    for name in SIGNALS:
        if hasattr(signal, name):
            number = getattr(signal, name)
            if signal.getsignal(number) is _stop:
                signal.signal(number, signal.SIG_DFL)


def raise_if_stopped() -> None:
    """Raise `Stopped` if a signal has come."""
    if _stopped_by:
        raise Stopped(_stopped_by[0]) from None


def alone(work: Callable[[], Result]) -> Result | Failed:
    """What ``work`` on one file gives; `Failed` where it ends in an unexpected error."""
    try:
        return work()
    except (Stopped, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of libcst's is no Exception
        raise_if_stopped()
        if os.environ.get(TRACEBACK):
            raise
        return Failed((Reason(f"{unexpected(error)}, with the file"),))


def unexpected(error: BaseException) -> str:
    """A sentence about an error that should not have come, with its place in jobready."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("jobready."):
            place = f" in {name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    said = " ".join(str(error).split())
    said = said if len(said) <= 200 else f"{said[:199]}…"
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"jobready itself failed ({what}{place}): please report this"


def _ending_signals() -> Iterator[int]:
    for name in SIGNALS:
        number = getattr(signal, name, None)
        usual = (signal.SIG_DFL, signal.default_int_handler)
        if number is not None and signal.getsignal(number) in usual:
            yield number


def _stop(number: int, frame: FrameType | None) -> None:
    _stopped_by.append(number)
    if not _holding:
        raise Stopped(number)
