"""Prints what a rehearsal costs: beside a plain online run of the same script.

    python scripts/benchmark_rehearsal.py

Medians of the wall time of the installed wandb against the loopback backend: the script as
it is, and takes of it that end where it ends and at the first log. The script waits for
nothing and logs once, so that a plain run is as short as it can be, job upload included.
They take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pytest_jobready.backend import Backend
from pytest_jobready.rehearsal import Take, run

RUNS = 10
SCRIPT = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
with wandb.init(project="p", config=args) as run:
    run.log({"loss": wandb.config.lr})
"""


def plain(script: Path, home: Path) -> None:
    """The script as it is, with a backend of its own as each take has one."""
    with Backend() as backend:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("WANDB")},
            **backend.environment,
            "HOME": str(home),
            "WANDB_CONSOLE": "off",
            "WANDB_DISABLE_JOB_CREATION": "false",
            "WANDB_SILENT": "true",
        }
        command = [sys.executable, script.name]
        subprocess.run(command, cwd=script.parent, env=environment, check=True)
        if len(backend.jobs) != 1:
            raise SystemExit("the plain run has made no job")


def take(asked: Take, made: int) -> None:
    """One take, held to what it is for."""
    found = run(asked)
    if not found.reached_init or (found.job is not None) != bool(made):
        raise SystemExit(f"the take {found.ending}\n{found.output}")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        home, folder = Path(name) / "home", Path(name) / "project"
        home.mkdir()
        folder.mkdir()
        script = folder / "train.py"
        script.write_text(SCRIPT)
        (folder / ".gitignore").write_text("wandb/\n")
        identity = ("-c", "user.name=n", "-c", "user.email=e")
        for words in (
            ("init", "-q"),
            ("add", "."),
            (*identity, "commit", "-q", "-m", "first"),
            ("remote", "add", "origin", "https://github.com/acme/repo.git"),
        ):
            subprocess.run(["git", *words], cwd=folder, check=True)
        measured: dict[str, Callable[[], None]] = {
            "plain run": lambda: plain(script, home),
            "as it is, to its end": lambda: take(Take(script, stop="exit"), 1),
            "as it is": lambda: take(Take(script), 1),
            "launched": lambda: take(Take(script, config={"lr": 0.5}), 0),
        }
        taken: dict[str, list[float]] = {name: [] for name in measured}
        for number in range(RUNS + 1):
            for what, once in measured.items():
                start = time.perf_counter()
                once()
                if number:  # the first warms the caches
                    taken[what].append(1000 * (time.perf_counter() - start))
    base = statistics.median(taken["plain run"])
    for what, times in taken.items():
        middle = statistics.median(times)
        print(
            f"{what:22}{middle:6.0f} ms  (at best {min(times):.0f})  {middle / base:.2f}x"
        )


if __name__ == "__main__":
    main()
