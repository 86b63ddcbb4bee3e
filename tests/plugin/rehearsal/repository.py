"""Repositories with scripts in them, for rehearsals."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pytest_jobready.rehearsal import Rehearsed, Take, run

REMOTE = "https://github.com/acme/repo.git"
TRAIN = """\
import argparse
import os
import sys
from pathlib import Path

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out")
args = parser.parse_args()
copied = args.lr
with wandb.init(project="Proj", config=args) as run:
    args.out.mkdir(exist_ok=True)
    (args.out / "written").write_text(str(run.config.lr))
    print("from", os.getcwd(), "with", sys.argv[1:], flush=True)
    run.log({"loss": run.config.lr})
    print("gone too far")
"""


def git(folder: Path, *words: str) -> str:
    said = subprocess.run(
        ["git", "-c", "user.name=n", "-c", "user.email=e", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return said.stdout.strip()


def repository(folder: Path, files: dict[str, str], remote: str = REMOTE) -> Path:
    """A repository with one commit; returns its root."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    git(folder, "init", "-q", "-b", "trunk")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    git(folder, "remote", "add", "origin", remote)
    return folder


def rehearsed(folder: Path, text: str, **asked: object) -> Rehearsed:
    """What comes of a script of this text, without a repository."""
    script = folder / "project" / "train.py"
    script.parent.mkdir(exist_ok=True)
    script.write_text(text)
    return run(Take(script, **asked))  # type: ignore[arg-type]
