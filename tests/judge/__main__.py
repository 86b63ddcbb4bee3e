"""Judge scripts by hand, or all scripts of published packages.

    python -m tests.judge train.py …            one verdict a script, as JSON
    python -m tests.judge --tree . train.py …   the same, with the files they import
    python -m tests.judge --tree . --name "owner/project 1234567" train.py …
                                                … and write them into repositories.json
    python -m tests.judge --templates           count both tables, each template once
    python -m tests.judge --packages            write tests/judge/verdicts.json anew
    python -m tests.judge --packages fedml      … the entries of some packages only

Wheels are fetched with pip into --wheels (a folder that is kept), never built. The exit
code is 1 where a rewrite is wrong. A full run takes minutes; -j says how many at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.judge import tables
from tests.judge.needs import NOTHING, Given
from tests.judge.packages import Found, migrated_tree, rule, scripts_in
from tests.judge.repositories import copy_of, rule_on_entry
from tests.judge.verdict import Verdict, counts
from tests.packages.published import PACKAGES, Package, download, unpack


def main(argv: Sequence[str] | None = None) -> int:
    """Judge, print, and write the table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.judge",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("scripts", nargs="*", help="scripts, or names of packages")
    parser.add_argument("--tree", type=Path, help="the repository of the scripts")
    parser.add_argument("--name", help="what the table calls it, with its commit")
    parser.add_argument("--template", default="", help="the project it is a copy of")
    parser.add_argument(
        "--needs", type=json.loads, help="what the scripts need: see tests/judge/needs.py"
    )
    parser.add_argument("--pythons", type=Path, help="a folder that keeps environments")
    parser.add_argument("--templates", action="store_true", help="count the tables")
    parser.add_argument("--packages", action="store_true", help="published packages")
    parser.add_argument("--wheels", type=Path, help="a folder that keeps the wheels")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="scripts whose path has this in it")
    options = parser.parse_args(argv)
    if options.templates:
        print(json.dumps(tables.published(), indent=1, ensure_ascii=False))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        if options.tree:
            verdicts = judge_entries(options, folder)
            if options.name:
                name, template = options.name, options.template
                tables.write(tables.REPOSITORIES, name, verdicts, template)
        elif not options.packages:
            verdicts = judge_scripts(map(Path, options.scripts), folder, options.jobs)
        else:
            wheels = options.wheels or folder / "wheels"
            wheels.mkdir(parents=True, exist_ok=True)
            verdicts = []
            for package in PACKAGES:
                if options.scripts and package.name not in options.scripts:
                    continue
                ruled = judge_package(package, wheels, folder, options)
                verdicts += ruled
                if not options.only:
                    tables.write(tables.PACKAGES, str(package), ruled)
    print(json.dumps(counts(verdicts)))
    return int(any(v.ruling == "wrong" for v in verdicts))


def judge_scripts(scripts: Iterable[Path], folder: Path, jobs: int) -> list[Verdict]:
    """Judge single files, each in a folder of its own."""

    def one(numbered: tuple[int, Path]) -> list[Verdict]:
        number, script = numbered
        before, after = folder / f"{number}-before", folder / f"{number}-after"
        before.mkdir()
        (before / script.name).write_bytes(script.read_bytes())
        return judge_tree(before, after, 1)

    with ThreadPoolExecutor(jobs) as pool:
        return [v for found in pool.map(one, enumerate(scripts)) for v in found]


def judge_entries(options: argparse.Namespace, folder: Path) -> list[Verdict]:
    """Judge entry scripts of a repository, each with a migrated copy of its own.

    What they need is said by ``options``, or by the table.
    """
    before = copy_of(options.tree, folder / "before")
    pythons = options.pythons or folder / "pythons"
    known = tables.needs(tables.REPOSITORIES, options.name)

    def one(numbered: tuple[int, str]) -> Verdict:
        number, entry = numbered
        after = copy_of(options.tree, folder / f"{number}-after")
        said = known.get(entry, {}) if options.needs is None else options.needs
        given = Given.of(said, pythons.resolve())
        verdict = rule_on_entry(before, after, entry, given)
        shutil.rmtree(after)
        return verdict

    with ThreadPoolExecutor(options.jobs) as pool:
        return _printed(pool.map(one, enumerate(options.scripts)))


def judge_package(
    package: Package, wheels: Path, folder: Path, options: argparse.Namespace
) -> list[Verdict]:
    """Judge the scripts of one package, with what the table or ``options`` say of needs."""
    pythons = (options.pythons or folder / "pythons").resolve()
    known = tables.needs(tables.PACKAGES, str(package))

    def given(name: str) -> Given:
        said = known.get(name, {}) if options.needs is None else options.needs
        return Given.of(said, pythons)

    before, after = folder / f"{package.name}-before", folder / f"{package.name}-after"
    unpack(download(package, wheels), before)
    print(f"# {package}", flush=True)
    return judge_tree(before, after, options.jobs, options.only, given)


def judge_tree(
    before: Path,
    after: Path,
    jobs: int,
    only: str = "",
    given: Callable[[str], Given] = lambda name: NOTHING,
) -> list[Verdict]:
    """Judge every script of a tree that parses and starts a run.

    ``given`` says what a script needs, by its path in the tree.
    """
    scripts = [f for f in scripts_in(before) if only in str(f.path)]
    migrated_tree(before, scripts, after)

    def one(found: Found) -> Verdict:
        needs = given(found.path.relative_to(before).as_posix())
        return rule(before, after, found, needs)

    with ThreadPoolExecutor(jobs) as pool:
        return _printed(pool.map(one, scripts))


def _printed(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Print each verdict as soon as it is there."""
    found = []
    for verdict in verdicts:
        print(json.dumps(verdict.as_json(), ensure_ascii=False), flush=True)
        found.append(verdict)
    return found


if __name__ == "__main__":
    sys.exit(main())
