"""Draws findings at random, to be read one by one: how many of them are false alarms?

    python scripts/sample_findings.py FOLDER... [--number 100] [--seed 5] [--most 30]

Each folder of a FOLDER is a package or a repository, unpacked. The findings of
`jobready check` are shuffled with the seed, and taken while no rule and no package has
more than `--most` of them; each is printed with the lines around it. Whoever reads them
writes down what is wrong in docs/false-alarms.md, and mends the rule.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AROUND = 4  # lines to show above and below a finding


@dataclass(frozen=True)
class Sampled:
    """A finding, the package that it is in, and the file."""

    package: str
    path: Path
    line: int
    code: str
    message: str


def findings(folder: Path) -> Iterator[Sampled]:
    """What `jobready check` finds in each package of a folder, by itself."""
    for package in sorted(p for p in folder.iterdir() if p.is_dir()):
        command = [sys.executable, "-m", "jobready", "check", "--no-cache"]
        command += ["--output-format=json", str(package)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        for found in json.loads(ran.stdout)["findings"]:
            yield Sampled(
                package.name,
                Path(found["path"]),
                found["line"],
                found["code"],
                found["message"],
            )


def sample(every: list[Sampled], number: int, seed: int, most: int) -> list[Sampled]:
    """As many of the findings, none of them about a rule or a package that has enough."""
    random.Random(seed).shuffle(every)
    rules: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    chosen: list[Sampled] = []
    for found in every:
        if len(chosen) < number and rules[found.code] < most > packages[found.package]:
            rules[found.code] += 1
            packages[found.package] += 1
            chosen.append(found)
    return sorted(chosen, key=lambda f: (f.code, f.package, f.path, f.line))


def main() -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--most", type=int, default=30)
    arguments = parser.parse_args()
    every = [f for folder in arguments.folders for f in findings(folder)]
    chosen = sample(every, arguments.number, arguments.seed, arguments.most)
    print(f"{len(chosen)} of {len(every)} findings")
    for code, number in sorted(Counter(f.code for f in every).items()):
        print(f"{number:>5}  {code}")
    for index, found in enumerate(chosen, 1):
        print(f"\n#{index} {found.code} {found.package} {found.path}:{found.line}")
        print(f"    {found.message}")
        lines = found.path.read_text(encoding="utf-8", errors="replace").splitlines()
        start = max(found.line - 1 - AROUND, 0)
        for number, line in enumerate(lines[start : found.line + AROUND], start + 1):
            print(f"{'>' if number == found.line else ' '}{number:>5} {line[:100]}")


if __name__ == "__main__":
    main()
