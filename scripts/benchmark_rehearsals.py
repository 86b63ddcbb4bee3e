"""How two workers share the rehearsals of many scripts, beside a loop that only computes.

    python scripts/benchmark_rehearsals.py [SCRIPTS [ROUNDS]]

Prints the seconds with one worker and with two, and the share of the speed-up that a pure
loop gets from two processes on the same machine. The bar is 85 % for 50 scripts.

One worker and two take turns, in another order each round, and each rehearsal stands
between two loops with as many processes, so that what else the machine does slows down all
of them. Whole rounds are summed up. Where others keep it busy (the load is printed), two
processes get little more than one, and neither number says much.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

BAR = 0.85
STEPS = 60_000_000
SCRIPT = """\
import argparse
import wandb
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
wandb.log({"loss": args.lr})
"""
SETTINGS = '[tool.jobready]\nscripts = ["train_*.py"]\nignore = ["JR401", "JR408"]\n'
GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.com")


def compute(steps: int) -> int:
    """Keep a processor busy."""
    total = 0
    for i in range(steps):
        total += i
    return total


def loop(workers: int) -> float:
    """Seconds for the same computation in one process or shared by several."""
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(compute, [STEPS // 10] * 10, chunksize=1)
    return time.perf_counter() - began


def rehearse(folder: Path, workers: int) -> float:
    """Seconds for the rehearsals of all scripts in a folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["--jobready-rehearse", "-k", "rehearsal", "-n", str(workers)]
    began = time.perf_counter()
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)
    return time.perf_counter() - began


def main() -> None:
    """Measure, print, and fail below the bar."""
    scripts = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    rehearsals: dict[int, list[float]] = {1: [], 2: []}
    loops: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for number in range(scripts):
            (folder / f"train_{number:02}.py").write_text(SCRIPT)
        (folder / "pyproject.toml").write_text(SETTINGS)
        subprocess.run([*GIT, "init", "-q"], cwd=folder, check=True)
        url = "https://github.com/acme/repo.git"
        subprocess.run([*GIT, "remote", "add", "origin", url], cwd=folder, check=True)
        subprocess.run([*GIT, "add", "."], cwd=folder, check=True)
        subprocess.run([*GIT, "commit", "-qm", "first"], cwd=folder, check=True)
        for number in range(rounds):
            for workers in (2, 1) if number % 2 else (1, 2):
                before = loop(workers)
                rehearsals[workers].append(rehearse(folder, workers))
                loops[workers].append(before + loop(workers))
            told(f"round {number + 1}", rehearsals, loops, slice(number, None))
    share = told(f"{scripts} scripts", rehearsals, loops, slice(None))
    print(f"bar {BAR:.0%}")
    sys.exit(share < BAR)


def told(
    what: str,
    rehearsals: Mapping[int, list[float]],
    loops: Mapping[int, list[float]],
    rounds: slice,
) -> float:
    """Print the times of some rounds; return the share of the pure loop's speed-up."""
    one, two = (sum(rehearsals[workers][rounds]) for workers in (1, 2))
    pure = sum(loops[1][rounds]) / sum(loops[2][rounds])
    share = (one / two) / pure
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"{what}: {one:.1f} s with one worker, {two:.1f} s with two: speed-up "
        f"{one / two:.2f}, of a pure loop {pure:.2f}: {share:.0%}{load}",
        flush=True,
    )
    return share


if __name__ == "__main__":
    main()
