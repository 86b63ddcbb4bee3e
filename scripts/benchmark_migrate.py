"""Prints what `jobready migrate --check` costs on a tree, beside parsing what it reads.

    python scripts/benchmark_migrate.py FOLDER... [--runs 5]

FOLDER is a tree of Python files, such as an unpacked package. What is read are the files
that may be scripts, and those that they reach in the repository; parsed they are by
``ast.parse``, each once, in a process of its own, and so is the whole tree. They take
turns. The seconds are those of the processor, user and system, so that they mean the same
on a busy machine; the last column has those that pass, for jobready uses all cores.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.project.discover import discover
from jobready.project.files import read_source
from jobready.project.importers import importers
from jobready.project.mentions import may_be_migrated
from jobready.script.files.library import Library
from jobready.script.files.link import link
from jobready.script.files.program import Program
from jobready.script.model import Script
from jobready.script.read import read

# What is installed has its bytecode: an environment that forbids to write it would have all
# of jobready compiled anew by each run.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
PARSE = """
import ast, sys, warnings
warnings.simplefilter("ignore")
with open(sys.argv[1], encoding="utf-8") as names:
    for name in names.read().split("\\n"):
        with open(name, "rb") as file:
            try:
                ast.parse(file.read())
            except (SyntaxError, ValueError):
                pass
"""


def reached(tree: Path) -> tuple[list[Path], set[Path]]:
    """The files of a tree that may be scripts, and all that they reach, with them."""
    config = load_config(tree, None)
    assert isinstance(config, Config)
    paths = discover([tree], config).files
    entries = [p for p in paths if may_be_migrated(p.read_bytes())]
    entries += [p for p in importers(paths) if p not in set(entries)]
    library = Library()
    files: set[Path] = set()
    for path in entries:
        source = read_source(path)
        script = source if isinstance(source, Failed) else read(source.text)
        if not isinstance(script, Script):
            continue
        files.add(path.resolve())
        program = link(script.syntax, path, library)
        parts = program.modules[1:] if isinstance(program, Program) else ()
        files |= {Path(part.file or "").resolve() for part in parts}
    return entries, files


def seconds(command: Sequence[str]) -> tuple[float, float]:
    """The processor's time that a command takes with its processes, and what passes."""
    before = os.times()
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env=ENVIRONMENT
    )
    after = os.times()
    if ran.returncode not in (0, 1) or "Traceback" in ran.stderr:
        raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr[-2000:]}")
    taken = after.children_user + after.children_system
    passed = after.elapsed - before.elapsed
    return taken - before.children_user - before.children_system, passed


def parsing(files: Iterable[Path], names: Path) -> list[str]:
    """The command that parses these files, which are listed in ``names``."""
    names.write_text("\n".join(map(str, sorted(files))), encoding="utf-8")
    return [sys.executable, "-c", PARSE, str(names)]


def main() -> None:
    """Measure and print a line for each tree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    heads = ("scripts", "files", "parsing", "migrate", "ratio", "the tree", "passed")
    print(f"{'':24}" + "".join(f"{head:>10}" for head in heads))
    for folder in arguments.folders:
        tree = folder.resolve()
        entries, files = reached(tree)
        every = [path for path in tree.rglob("*.py") if path.is_file()]
        with tempfile.TemporaryDirectory() as work:
            commands = (
                parsing(files, Path(work, "read")),
                [sys.executable, "-m", "jobready", "migrate", "--check", str(tree)],
                parsing(every, Path(work, "tree")),
            )
            taken = [[seconds(c) for c in commands] for _ in range(arguments.runs)]
        read, migrate, whole = (
            statistics.median(run[number][0] for run in taken) for number in range(3)
        )
        passed = statistics.median(run[1][1] for run in taken)
        print(
            f"{tree.name:24}{len(entries):10}{len(files):10}{read:8.2f} s{migrate:8.2f} s"
            f"{migrate / read:9.1f}x{whole:8.2f} s{passed:8.2f} s"
        )


if __name__ == "__main__":
    main()
