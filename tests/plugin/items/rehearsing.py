"""Scripts of a few lines, rehearsed for real."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from jobready.project.config import Config
from jobready.project.rehearsed import RehearsalSettings
from pytest_jobready.items.rehearsals import Rehearsals
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict

HEAD = """\
import argparse
from pathlib import Path
import wandb
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=2)
"""
WHO = ("-c", "user.name=x", "-c", "user.email=x@example.com")


def repository(folder: Path, remote: str = "https://github.com/acme/repo.git") -> None:
    """Make a repository of a folder, with one commit and a remote."""
    for words in (
        ("init", "-q"),
        ("remote", "add", "origin", remote),
        ("add", "."),
        (*WHO, "commit", "-qm", "first"),
    ):
        subprocess.run(["git", *words], cwd=folder, check=True, stdin=subprocess.DEVNULL)


def rehearsals(folder: Path, text: str, **settings: Any) -> Rehearsals:
    """The rehearsals of a script, in a project of its own."""
    project, shared = folder / "project", folder / "shared"
    project.mkdir(parents=True)
    shared.mkdir()
    script = project / "train.py"
    script.write_text(text, encoding="utf-8")
    repository(project)
    how = RehearsalSettings(**settings)
    return Rehearsals(script, "train.py", Config(root=project), how, shared)


def red(verdict: Verdict) -> str:
    """The text of a failure."""
    assert isinstance(verdict, Red), verdict
    return verdict.text


def expected(verdict: Verdict) -> str:
    """The reason of an expected failure."""
    assert isinstance(verdict, Expected), verdict
    return verdict.reason


def line_of(text: str, part: str) -> int:
    """The line of a script that a part of it stands on."""
    return text[: text.index(part)].count("\n") + 1


def facts(verdict: Verdict) -> dict[str, str]:
    """What a verdict adds to the summary."""
    assert isinstance(verdict, Good | Expected | Red)
    return dict(verdict.facts)
