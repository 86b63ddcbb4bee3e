"""Spreads work over processes, in a process of its own: one that runs tests has threads.

Prints the sum of what each part came to, and the number of processes that took part; where
the work fails, whether other processes are left.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable

from jobready.lint import processes


def numbers(part: Iterable[int]) -> tuple[int, int]:
    """The sum of a part and the process that made it."""
    return sum(part), os.getpid()


def ends(part: Iterable[int]) -> tuple[int, int]:
    """The same, in a process that is ended where it isn't the first."""
    if str(os.getpid()) != os.environ["FIRST"]:
        os._exit(9)
    return numbers(part)


def fails(part: Iterable[int]) -> tuple[int, int]:
    """Fails in the first process, while the others never end."""
    if str(os.getpid()) != os.environ["FIRST"]:
        time.sleep(60)
    raise ValueError


def is_alone() -> bool:
    """Whether this process has no children."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


if __name__ == "__main__":
    os.environ["FIRST"] = str(os.getpid())
    effort = processes.Effort(forked_from=10, started_from=10, batch=32)
    processes._cores = lambda: 3
    work = {"numbers": numbers, "ends": ends, "fails": fails}[sys.argv[1]]
    try:
        results = list(processes.in_parts(work, list(range(20)), effort))
    except ValueError:
        print("failed", "alone" if is_alone() else "with children")
        sys.exit()
    print(sum(total for total, _ in results), len({process for _, process in results}))
