"""Prints what `jobready check` costs on a tree of thousands of files, beside its peers.

    python -m venv /tmp/bench && /tmp/bench/bin/pip install . ruff fixit
    /tmp/bench/bin/python scripts/benchmark_check.py FOLDER [--runs 5] [--slow]

FOLDER is any tree of Python files, for instance several packages unpacked together. Each
command runs once before it is measured; then they take turns, so that whatever else the
machine does slows all of them, and the median counts. "processor" is the time of all cores
together, which depends less on what else the machine does. Fixit with one rule that really
runs, and a codemod of libcst that does nothing, take minutes: they run once, with --slow.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

MODULE = [sys.executable, "-m"]
# What is installed has its bytecode: an environment that forbids to write it would have all
# of jobready compiled anew by each run.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
NO_OP = '''
"""A codemod that leaves every file as it is."""
from libcst.codemod import VisitorBasedCodemodCommand


class NoOp(VisitorBasedCodemodCommand):
    DESCRIPTION = "nothing"
'''
FIXIT = """
[tool.fixit]
root = true
enable = ["fixit.rules.use_fstring:UseFstring"]
disable = ["fixit.rules"]
"""
PROBE = "probe_of_the_rule.py"
# Runs a command and prints the memory of the largest of its processes, in KB.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Taken(NamedTuple):
    """Seconds: by the clock, and of all cores together."""

    seconds: float
    processor: float


@dataclass(frozen=True)
class Contender:
    """A command to measure, run in a folder; linters may exit with 1.

    ``proof`` are expressions that its output must match, so that what is measured is the
    work and no early end; the number in the first is that of the files it looked at.
    """

    name: str
    command: Sequence[str]
    folder: Path
    proof: tuple[str, ...] = ()

    def measured(self) -> Taken:
        """What one run takes."""
        start, before = time.perf_counter(), os.times()
        ran = subprocess.run(
            self.command,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env=ENVIRONMENT,
        )
        seconds, after = time.perf_counter() - start, os.times()
        used = after.children_user + after.children_system
        processor = used - before.children_user - before.children_system
        if ran.returncode not in (0, 1) or "Traceback" in ran.stderr:
            raise SystemExit(f"{' '.join(self.command)} failed:\n{ran.stderr[-2000:]}")
        self._prove(ran.stdout + ran.stderr)
        return Taken(seconds, processor)

    def _prove(self, output: str) -> None:
        """Stop where the command didn't do what it was called for."""
        found = [re.search(expression, output) for expression in self.proof]
        if not all(found):
            raise SystemExit(f"{' '.join(self.command)} did nothing:\n{output[-2000:]}")
        if found and found[0]:
            print(f"{self.name}: {found[0][1]} files")

    def megabytes(self) -> float:
        """The memory of the largest process of one run."""
        command = [sys.executable, "-c", PEAK, *self.command]
        ran = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=True
        )
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        return int(ran.stdout) / unit


def contenders(tree: Path, work: Path) -> list[Contender]:
    """The commands that take turns."""
    ruff = ["check", "--isolated", "--no-cache", "--select=F", "--quiet"]
    check = [installed("jobready"), "check", "--quiet", str(tree)]
    return [
        Contender("ruff check --select F", [installed("ruff"), *ruff, str(tree)], work),
        Contender("jobready check --no-cache", [*check, "--no-cache"], work),
        Contender("jobready check, second run", check, work),
    ]


def all_but_python(folder: str, names: list[str]) -> list[str]:
    """The files of a folder that are no Python."""
    files = (n for n in names if Path(folder, n).is_file())
    return [name for name in files if not name.endswith(".py")]


def slow_contenders(tree: Path, work: Path) -> list[Contender]:
    """The peers that need minutes, on a copy, since one of them writes files."""
    copy = work / "tree"
    shutil.copytree(tree, copy, ignore=all_but_python)
    (copy / "pyproject.toml").write_text(FIXIT)
    (copy / PROBE).write_text('print("%s" % 1)\n')
    (work / "commands").mkdir()
    (work / "commands" / "__init__.py").touch()
    (work / "commands" / "noop.py").write_text(NO_OP)
    (work / ".libcst.codemod.yaml").write_text("modules: ['commands']\n")
    codemod = [*MODULE, "libcst.tool", "codemod", "--no-format", "noop.NoOp"]
    return [
        Contender(
            "fixit lint, UseFstring only",
            [*MODULE, "fixit", "lint", "."],
            copy,
            (r"(\d+) files? checked", rf"{PROBE}@1:6 UseFstring"),
        ),
        Contender(
            "libcst codemod, no-op",
            [*codemod, str(copy)],
            work,
            (r"Transformed (\d+) files? successfully",),
        ),
    ]


def installed(program: str) -> str:
    """The program beside this Python, called as users call it."""
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    if found is None:
        raise SystemExit(f"{program} is not installed beside {sys.executable}")
    return found


def machine() -> str:
    """The Python and the cores that this process may use."""
    counted = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if counted else os.cpu_count()
    return f"Python {platform.python_version()}, {cores} cores"


def version(*command: str) -> str:
    """What a tool says of its version; "missing" where it isn't installed."""
    ran = subprocess.run([*MODULE, *command], capture_output=True, text=True, check=False)
    return ran.stdout.strip() if ran.returncode == 0 else "missing"


def median(taken: Sequence[Taken]) -> Taken:
    """The median of either time."""
    return Taken(*map(statistics.median, zip(*taken, strict=True)))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=textwrap.dedent(__doc__ or ""),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow", action="store_true", help="also fixit and libcst")
    arguments = parser.parse_args()
    tree = arguments.folder.resolve()
    paths = [path for path in tree.rglob("*.py") if path.is_file()]
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{len(paths)} files, {size:.0f} MB; {machine()}")
    print("; ".join(version(tool, "--version") for tool in ("ruff", "fixit")))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        quick = contenders(tree, work)
        for contender in quick:
            contender.measured()
        times: dict[str, list[Taken]] = {c.name: [] for c in quick}
        for _ in range(arguments.runs):
            for contender in quick:
                times[contender.name].append(contender.measured())
        memory = {c.name: c.megabytes() for c in quick}
        if arguments.slow:
            for contender in slow_contenders(tree, work):
                times[contender.name] = [contender.measured()]
    base = median(times["jobready check --no-cache"])
    heads = f"{'median':>9}{'best':>9}{'to jobready':>13}{'processor':>11}"
    print(f"\n{'':32}{heads}{'peak memory':>13}")
    for name, taken in times.items():
        usual, best = median(taken), min(taken)
        compared = f"{usual.seconds / base.seconds:12.2f}x{usual.processor:9.2f} s"
        peak = f"{memory[name]:10.0f} MB" if name in memory else ""
        print(f"{name:32}{usual.seconds:7.2f} s{best.seconds:7.2f} s{compared}{peak}")


if __name__ == "__main__":
    main()
