"""Projects to run pytest in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

CLEAN = '''\
"""Trains; whoever imports this file has lost."""

import argparse

import wandb

raise SystemExit("this script was run")

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
'''


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a clean script, a script with findings, and a test."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyprojecttoml(
        '[tool.jobready]\nscripts = ["train*.py"]\n\n[tool.pytest.ini_options]\n'
    )
    Path("train_clean.py").write_text(CLEAN)
    Path("train_stale.py").write_text(CLEAN.replace("args = wandb.config\n", ""))
    pytester.makepyfile(test_own="def test_own(): pass")
    make_repository()
    return pytester


def make_repository() -> None:
    """A git repository of what is in the current folder, with one commit and a remote."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for words in (
        ("init", "-q"),
        ("remote", "add", "origin", "https://github.com/acme/repo.git"),
        ("add", "."),
        (*who, "commit", "-qm", "first"),
    ):
        subprocess.run(["git", *words], check=True, stdin=subprocess.DEVNULL)
