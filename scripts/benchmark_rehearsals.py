"""How two workers share the rehearsals of many scripts, beside a loop that only computes.

    python scripts/benchmark_rehearsals.py [SCRIPTS]

Prints the seconds with one worker and with two, and the share of the speed-up that a pure
loop gets from two processes on the same machine. The bar is 85 % for 50 scripts.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BAR = 0.85
ROUNDS = 30_000_000
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


def compute(rounds: int) -> int:
    """Keep a processor busy."""
    total = 0
    for i in range(rounds):
        total += i
    return total


def loop(workers: int) -> float:
    """Seconds for the same computation in one process or shared by several."""
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(compute, [ROUNDS // 10] * 10, chunksize=1)
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
        one, two = rehearse(folder, 1), rehearse(folder, 2)
    pure = loop(1) / loop(2)
    share = (one / two) / pure
    print(f"{scripts} scripts: {one:.1f} s with one worker, {two:.1f} s with two")
    print(
        f"speed-up {one / two:.2f}, of a pure loop {pure:.2f}: {share:.0%} (bar {BAR:.0%})"
    )
    sys.exit(share < BAR)


if __name__ == "__main__":
    main()
