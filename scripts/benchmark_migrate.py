"""Prints what `jobready migrate --check` costs on a tree, beside parsing what it reads.

    python scripts/benchmark_migrate.py FOLDER... [--runs 5]

FOLDER is a tree of Python files, such as an unpacked package. What is read are the files
that may be scripts, and those that they reach in the repository; parsed they are by
``ast.parse``, each once, in a process of its own. The two take turns, and the seconds are
those of the processor, user and system, so that they mean the same on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.config import Config, load_config
from jobready.project.discover import discover
from jobready.project.files import read_source
from jobready.project.importers import importers
from jobready.project.mentions import may_be_migrated
from jobready.script.library import Library
from jobready.script.link import link
from jobready.script.model import Script
from jobready.script.program import Program
from jobready.script.read import read

PARSE = """
import ast, sys, warnings
warnings.simplefilter("ignore")
with open(sys.argv[1], encoding="utf-8") as names:
    for name in names.read().split("\\n"):
        with open(name, "rb") as file:
            ast.parse(file.read())
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


def seconds(command: Sequence[str]) -> float:
    """The processor's time that a command takes with its processes."""
    before = os.times()
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    after = os.times()
    if ran.returncode not in (0, 1) or "Traceback" in ran.stderr:
        raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr[-2000:]}")
    taken = after.children_user + after.children_system
    return taken - before.children_user - before.children_system


def main() -> None:
    """Measure and print a line for each tree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    heads = ("scripts", "files", "parsing", "migrate", "ratio")
    print(f"{'':30}" + "".join(f"{head:>9}" for head in heads))
    for folder in arguments.folders:
        tree = folder.resolve()
        entries, files = reached(tree)
        with tempfile.TemporaryDirectory() as work:
            names = Path(work, "names")
            names.write_text("\n".join(map(str, sorted(files))), encoding="utf-8")
            parse = [sys.executable, "-c", PARSE, str(names)]
            check = [sys.executable, "-m", "jobready", "migrate", "--check", str(tree)]
            taken = [(seconds(parse), seconds(check)) for _ in range(arguments.runs)]
        parsing, migrating = (statistics.median(t) for t in zip(*taken, strict=True))
        ratio = statistics.median(m / p for p, m in taken)
        print(
            f"{tree.name:30}{len(entries):9}{len(files):9}"
            f"{parsing:7.2f} s{migrating:7.2f} s{ratio:8.1f}x"
        )


if __name__ == "__main__":
    main()
