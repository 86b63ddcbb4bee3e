"""What the plugin costs a run of pytest that doesn't use it.

    python scripts/benchmark_plugin.py

A whole run is too noisy to show it, so it is added up from its parts: importing the plugin,
by ``-X importtime`` (with all that only it brings in), and its hooks, each timed in a real
run with one test. Medians of several runs; the bar is 10 ms, and neither libcst nor wandb
may be imported.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BAR = 10.0  # milliseconds
RUNS = 15
ROW = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| ( *)(\S+)")
# Wraps each hook of the plugin, and writes down what a run spent in it.
TIMED = """\
import functools, inspect, json, os, sys, time
import pytest_jobready

spent = {}

def timed(name, hook):
    @functools.wraps(hook)
    def call(*args, **kwargs):
        began = time.perf_counter()
        try:
            return hook(*args, **kwargs)
        finally:
            spent[name] = spent.get(name, 0) + time.perf_counter() - began
    call.__signature__ = inspect.signature(hook)
    return call

for name, hook in list(vars(pytest_jobready).items()):
    if name.startswith("pytest_"):
        setattr(pytest_jobready, name, timed(name, hook))

def pytest_unconfigure(config):
    heavy = sorted({"libcst", "wandb", "jobready"} & set(sys.modules))
    with open(os.environ["SPENT"], "w") as file:
        json.dump({"spent": spent, "heavy": heavy}, file)
"""


def pytest_run(folder: Path, *words: str) -> str:
    """What one run of pytest writes to stderr; it has one test, which passes."""
    environment = {**os.environ, "SPENT": str(folder / "spent.json")}
    environment["PYTHONPATH"] = str(folder)
    ran = subprocess.run(
        [sys.executable, *words, "-q", "-p", "no:cacheprovider", "test_own.py"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)
    return ran.stderr


def imported(log: str) -> float:
    """Milliseconds for importing the plugin, and what it imports."""
    rows = [ROW.match(line) for line in log.splitlines()]
    # A module's row comes after those of what it imports, which are further in.
    whole = [row for row in rows if row and row[4].split(".")[0] == "pytest_jobready"]
    if not whole:
        sys.exit("the plugin isn't installed where pytest runs")
    outer = min(len(row[3]) for row in whole)
    return sum(int(row[2]) for row in whole if len(row[3]) == outer) / 1000


def main() -> None:
    """Measure, print, and fail above the bar."""
    imports: list[float] = []
    hooks: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "test_own.py").write_text("def test_own():\n    pass\n")
        (folder / "timed_hooks.py").write_text(TIMED)
        for number in range(RUNS + 1):
            log = pytest_run(folder, "-X", "importtime", "-m", "pytest")
            pytest_run(folder, "-m", "pytest", "-p", "timed_hooks")
            told = json.loads((folder / "spent.json").read_text())
            if told["heavy"]:
                sys.exit(f"imported although nobody asked: {', '.join(told['heavy'])}")
            if number:  # the first writes the bytecode
                imports.append(imported(log))
                for name, seconds in told["spent"].items():
                    hooks.setdefault(name, []).append(1000 * seconds)
    parts = {"import": imports, **hooks}
    for what, times in parts.items():
        print(f"{what:20}{statistics.median(times):7.2f} ms  (at best {min(times):.2f})")
    total = sum(statistics.median(times) for times in parts.values())
    print(f"{'together':20}{total:7.2f} ms  (bar {BAR:.0f} ms)")
    sys.exit(total > BAR)


if __name__ == "__main__":
    main()
