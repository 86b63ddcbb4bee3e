"""What an agent installs for a job of a repository or of logged code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobready.jobs.problem import Problem
from jobready.jobs.versions import FIRST, Version, parse_version, shown
from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.requirements import WANDB, pinned_wandb
from jobready.project.toml import read_table

# What an image that is built elsewhere can't install.
LOCAL = re.compile(r"\s*(?:-e\b|--editable\b|\.{1,2}/|/|file:|[\w.-]+\s*@\s*file:)")
LOCAL_VERSION = re.compile(r"\s*[\w.-]+(?:\[[^]]*\])?\s*===?\s*[\w.!]+\+[\w.]+")


@dataclass(frozen=True)
class Requirements:
    """The requirements at the root of the code.

    ``file`` is the one that an agent takes: requirements.txt, else the dependencies of
    pyproject.toml, else None, and then it installs what the run had installed (wandb
    0.31.0, ``sdk/launch/builder``). ``wandb`` says whether it names wandb, ``highest`` is
    the highest wandb that it allows, None for the newest. ``local`` are the lines that
    can't be installed elsewhere.
    """

    file: str | None
    wandb: bool = False
    highest: Version | None = None
    local: tuple[str, ...] = ()


def read_requirements(root: Path) -> Requirements:
    """The requirements at the root of a repository or of logged code."""
    pinned = pinned_wandb(root)
    highest = parse_version(pinned) if pinned else None
    data = read_bytes(root / "requirements.txt")
    if not isinstance(data, Failed):
        lines = data.decode("utf-8", "replace").splitlines()
        return Requirements(
            "requirements.txt",
            any(WANDB.match(line) for line in lines) or _includes(lines),
            highest,
            tuple(
                line.strip()
                for line in lines
                if LOCAL.match(line) or LOCAL_VERSION.match(line)
            ),
        )
    project = read_table(root / "pyproject.toml", "project") or {}
    stated = project.get("dependencies")
    if isinstance(stated, list):
        texts = [item for item in stated if isinstance(item, str)]
        return Requirements(
            "pyproject.toml", any(WANDB.match(text) for text in texts), highest
        )
    return Requirements(None, highest=highest)


def _includes(lines: list[str]) -> bool:
    """Whether another file, which may name wandb, is included."""
    return any(re.match(r"\s*(?:-r|--requirement)\b", line) for line in lines)


def too_old(requirements: Requirements) -> bool:
    """Whether the highest wandb that is allowed makes no jobs of runs."""
    return requirements.highest is not None and requirements.highest < FIRST


def requirements_problems(requirements: Requirements) -> Iterator[Problem]:
    """What an agent would stumble over, or not have."""
    file = requirements.file
    if file is None and not too_old(requirements):
        said = "there is no requirements.txt and no [project] dependencies in "
        said += "pyproject.toml, so that agents install what the run had installed"
        yield Problem("no-requirements", said)
    if file is not None and not requirements.wandb:
        yield Problem("wandb-not-required", f"{file} doesn't name wandb, which a job needs")
    if too_old(requirements):
        assert requirements.highest is not None
        who = file or "pyproject.toml"  # which has it in another table
        said = f"{who} allows wandb up to {shown(requirements.highest)} only"
        yield Problem("wandb-too-old", f"{said}: runs make jobs since {shown(FIRST)}")
    if requirements.local:
        said = f"{file} names what other machines don't have: {requirements.local[0]}"
        yield Problem("local-requirement", said)
