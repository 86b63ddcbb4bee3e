"""Which version of wandb a project asks for, where it isn't the newest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.toml import read_table
from jobready.project.upwards import folder_of, folders_of_repository

# The last 0.x.y of each 0.x of wandb, as of 0.31.0. A bound like `<0.17` says which
# versions a project does not have; this says which one it has then.
_LAST = (36, 7, 33, 2, 21, 11, 2, 12, 6, 9, 7, 11, 1, 4, 3, 1, 2, 1, 1, 2, 2, 0, 0, 0)
LAST_PATCH = dict(enumerate(_LAST, start=8))
# A requirement that allows the newest, as most do.
OPEN = re.compile(r"\s*wandb\s*(\[[\w\s,-]*\])?\s*(>=?\s*[\d.]+)?\s*", re.IGNORECASE)
# More digits than a version has; Python makes no number of more than 4,300.
HUGE = re.compile(r"\d{20}")
WANDB = re.compile(r"\s*wandb(?![\w.-])", re.IGNORECASE)


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version: (0, 16, 1) of ``0.16.1rc1``."""
    parts = (re.match(r"\d*", part) for part in version.split("."))
    return tuple(int(part[0] or 0) for part in parts if part)


def pinned_wandb(path: Path) -> str | None:
    """Return the highest wandb that the requirements near a file allow.

    None where nothing is required, or where the newest is allowed. They are those of
    the nearest folder upwards whose ``requirements.txt`` or ``pyproject.toml`` names
    wandb; all of them hold.
    """
    return _pinned(folder_of(path))


@cache
def _pinned(folder: Path) -> str | None:
    for above in folders_of_repository(folder):
        if stated := _stated_in(above):
            return _highest(stated)
    return None


@cache
def _stated_in(folder: Path) -> list[str]:
    return [*_of_requirements_file(folder), *_of_project(folder)]


def _of_requirements_file(folder: Path) -> Iterator[str]:
    """Give the lines about wandb of a requirements file and of those it includes."""
    paths = [folder / "requirements.txt"]
    for path in paths:
        data = read_bytes(path)
        if isinstance(data, Failed) or not re.search(rb"(?i)wandb|(?m:^\s*-)", data):
            continue
        text = data.decode("utf-8", "replace").replace("\\\n", " ")
        for line in text.splitlines():
            if more := re.match(r"\s*(?:-r|--requirement)[ =]*([^\s#]+)", line):
                paths += [path.parent / more[1]] if len(paths) < 10 else []
            elif WANDB.match(line):
                yield re.split(r"\s#|\s--", line)[0].strip()


def _of_project(folder: Path) -> Iterator[str]:
    """Give the requirements about wandb of a project and its extras and groups."""
    path = folder / "pyproject.toml"
    project = read_table(path, "project") or {}
    groups: list[Any] = [project.get("dependencies")]
    for table in (
        project.get("optional-dependencies"),
        read_table(path, "dependency-groups"),
    ):
        groups += table.values() if isinstance(table, dict) else []
    for group in groups:
        for item in group if isinstance(group, list) else []:
            if isinstance(item, str) and WANDB.match(item):
                yield item
    poetry = read_table(path, "tool", "poetry", "dependencies") or {}
    version = poetry.get("wandb")
    if isinstance(version, dict):
        version = version.get("version")
    if isinstance(version, str) and not HUGE.search(version):
        yield _widest([_of_alternative(each) for each in version.split("||")])


def _widest(alternatives: list[str]) -> str:
    """The one of several requirements that allows the highest version."""

    def highest(text: str) -> tuple[int, ...]:
        found = _highest([text])
        return release(found) if found is not None else (1,)

    return alternatives[0] if len(alternatives) == 1 else max(alternatives, key=highest)


def _of_alternative(constraint: str) -> str:
    return "wandb" + ",".join(map(_of_poetry, constraint.split(",")))


def _of_poetry(constraint: str) -> str:
    """Return a constraint of poetry's as PEP 440 has it.

    https://python-poetry.org/docs/dependency-specification/
    """
    constraint = constraint.strip()
    numbers = [int(number) for number in re.findall(r"\d+", constraint)]
    if re.match(r"[\^~](?!=)", constraint) and numbers:
        first = next((i for i, number in enumerate(numbers) if number), 0)
        fixed = min(1 if constraint[0] == "~" else first, len(numbers) - 1)
        end = [*numbers[:fixed], numbers[fixed] + 1]
        return f">={'.'.join(map(str, numbers))},<{'.'.join(map(str, end))}"
    if constraint == "*":
        return ">=0"
    return f"=={constraint}" if constraint[:1].isdigit() else constraint


def _highest(stated: list[str]) -> str | None:
    """Return the highest version that all requirements allow, None for the newest."""
    if all(OPEN.fullmatch(text) for text in stated):
        return None
    # 30 ms, for projects only that name wandb.
    from packaging.markers import UndefinedComparison, UndefinedEnvironmentName
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

    allowed = SpecifierSet()
    for text in stated:
        try:
            requirement = Requirement(text)
            marker = requirement.marker
            holds = marker is None or marker.evaluate({"extra": ""})
        except (ValueError, UndefinedComparison, UndefinedEnvironmentName):
            continue  # for pip to complain about
        if holds and not HUGE.search(text):
            allowed &= requirement.specifier
    versions = [
        f"0.{minor}.{patch}"
        for minor in sorted(LAST_PATCH, reverse=True)
        for patch in range(LAST_PATCH[minor], -1, -1)
    ]
    for version in allowed.filter(versions):
        return version if version != versions[0] else None
    exact = [each for each in allowed if each.operator in ("==", "===")]
    return exact[0].version if len(exact) == 1 else None
