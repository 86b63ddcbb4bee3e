"""Working on many files with all cores, where that pays."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jobready.net import end_by_signals

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

CLAIM = 4  # bytes of the number of a batch


@dataclass(frozen=True)
class Effort:
    """From how many items of a kind on further processes pay, and how many make a batch.

    A forked process takes 10 ms; one that is started anew (Windows, macOS) imports
    everything again, some 200 ms.
    """

    forked_from: int
    started_from: int
    batch: int


# A file that is looked through takes 0.04 ms, and a script that is read about 10.
LOOK = Effort(forked_from=1000, started_from=10_000, batch=32)
READ = Effort(forked_from=10, started_from=100, batch=1)


def in_parts(
    work: Callable[[Iterable[Item]], Result],
    items: Sequence[Item],
    effort: Effort,
    *,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[Result]:
    """What ``work`` makes of the items, in as many parts as there are cores.

    With few items, or one core, all is done here. Else this process does one part and
    others the rest, which come first to the items that are first. ``meanwhile`` is what
    else is to be done here while others have begun; nothing where there are none. Where
    processes are started anew, ``work`` is pickled.
    """
    if not pays(items, effort):
        yield work(items)
    elif _can_fork():
        yield from _forked(work, items, effort.batch, meanwhile)
    else:
        yield from _started(work, items)


def _forked(
    work: Callable[[Iterable[Item]], Result],
    items: Sequence[Item],
    batch: int,
    meanwhile: Callable[[], object] | None,
) -> Iterator[Result]:
    """With copies of this process, which cost a few ms where `multiprocessing` takes 20.

    One item may take as long as many others, so that each process takes the next batch
    when it is done with its last.
    """
    from pickle import loads  # 3 ms, for those who have much to do

    size = max(batch, len(items) // 500)
    starts = range(0, len(items), size)
    claims, numbers = os.pipe()
    os.write(numbers, b"".join(start.to_bytes(CLAIM, "big") for start in starts))
    os.close(numbers)
    others = [_copy(work, _Share(items, size, claims)) for _ in range(1, _cores())]
    try:
        if meanwhile is not None:
            meanwhile()
        mine = _Share(items, size, claims)
        yield work(mine)
        left = set(starts).difference(mine.taken)
        while others:
            number, results = others[-1]
            with open(results, "rb", closefd=False) as file:
                sent = file.read()
            _, status = os.waitpid(number, 0)
            others.pop()
            os.close(results)
            if status == 0:  # else it was ended from outside: its work remains
                taken, result = loads(sent)
                left.difference_update(taken)
                yield result
        if left:
            yield work([i for start in sorted(left) for i in items[start : start + size]])
    finally:
        os.close(claims)
        for number, results in others:
            os.close(results)
            os.kill(number, signal.SIGTERM)
            os.waitpid(number, 0)


class _Share(Iterable[Item]):
    """The items that one process takes, batch by batch; ``taken`` says where they start.

    The starts of all batches stand in the pipe ``claims``, from which each is read once.
    """

    def __init__(self, items: Sequence[Item], size: int, claims: int) -> None:
        self.taken: list[int] = []
        self._items = items
        self._size = size
        self._claims = claims

    def __iter__(self) -> Iterator[Item]:
        while claim := os.read(self._claims, CLAIM):
            start = int.from_bytes(claim, "big")
            self.taken.append(start)
            yield from self._items[start : start + self._size]


def _copy(work: Callable[[Iterable[Item]], Result], share: _Share[Item]) -> tuple[int, int]:
    """Start a copy of this process: its number, and the pipe that it answers in."""
    from pickle import dump

    ours, theirs = os.pipe()
    number = os.fork()
    if number:
        os.close(theirs)
        return number, ours
    status = 1
    try:
        end_by_signals()
        result = work(share)
        with open(theirs, "wb") as results:  # noqa: PTH123 - a pipe
            dump((share.taken, result), results)
        status = 0
    finally:
        os._exit(status)  # nothing else of this process happens twice


def _started(
    work: Callable[[Iterable[Item]], Result], items: Sequence[Item]
) -> Iterator[Result]:
    """With processes that are started anew; all take their turns through the items."""
    from multiprocessing import get_context

    context: Any = get_context("spawn")
    parts = _cores()
    others = []
    for number in range(1, parts):
        share = items[number::parts]
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_do, args=(work, share, theirs), daemon=True)
        process.start()
        theirs.close()
        others.append((share, ours, process))
    yield work(items[::parts])
    for share, ours, process in others:
        try:
            result = ours.recv()
        except EOFError:  # it was ended from outside: the work remains
            result = work(share)
        process.join()
        yield result


def import_ahead(modules: Iterable[str]) -> None:
    """Import modules of jobready here, so that processes that are forked have them."""
    for module in modules:
        import_module(f"jobready.{module}")


def pays(items: Sized, effort: Effort) -> bool:
    """Whether there is enough work for several processes, and more than one core."""
    least = min(effort.forked_from, effort.started_from)
    if len(items) < least or _cores() == 1:
        return False
    return len(items) >= (effort.forked_from if _can_fork() else effort.started_from)


def _do(
    work: Callable[[Iterable[Item]], Result], share: Sequence[Item], results: Connection
) -> None:
    end_by_signals()
    results.send(work(share))
    results.close()


def _can_fork() -> bool:
    """Whether a copy of this process is safe, and the system's usual way.

    It isn't where there are other threads, one of which may hold a lock.
    """
    if sys.platform != "linux":
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:  # there is no /proc
        return False


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
