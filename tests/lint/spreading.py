"""Spreads work over processes, in a process of its own: one that runs tests has threads.

Prints the sum of what each part came to, and the number of processes that took part.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from jobready.lint import processes


def numbers(part: Sequence[int]) -> tuple[int, int]:
    """The sum of a part and the process that made it."""
    return sum(part), os.getpid()


def ends(part: Sequence[int]) -> tuple[int, int]:
    """The same, in a process that is ended where it isn't the first."""
    if str(os.getpid()) != os.environ["FIRST"]:
        os._exit(9)
    return numbers(part)


if __name__ == "__main__":
    os.environ["FIRST"] = str(os.getpid())
    processes.FORKED_FROM = processes.STARTED_FROM = 10
    processes._cores = lambda: 3
    work = {"numbers": numbers, "ends": ends}[sys.argv[1]]
    results = list(processes.in_parts(work, list(range(20))))
    print(sum(total for total, _ in results), len({process for _, process in results}))
