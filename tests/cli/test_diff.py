"""``jobready migrate --diff``: what `git apply` takes, and what a terminal shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import CLEAN, CLEAN_AFTER, jobready, written

BOM = b"\xef\xbb\xbf"
LATIN = b"# coding: latin-1\n" + CLEAN.replace(b"0.05", b"0.05, help='\xe9'")


def diff(folder: Path, *arguments: str, **environment: str) -> bytes:
    """What a process prints into a pipe."""
    command = [sys.executable, "-m", "jobready", "migrate", "--diff", *arguments]
    clean = {k: v for k, v in os.environ.items() if not k.endswith("_COLOR")}
    ran = subprocess.run(
        command, cwd=folder, env={**clean, **environment}, capture_output=True, check=False
    )
    assert ran.returncode == 1, ran.stderr
    return ran.stdout


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("train.py", BOM + CLEAN, BOM + CLEAN_AFTER),
        ("train.py", LATIN, LATIN.replace(b"print", b"args = wandb.config\nprint")),
        (
            "train.py",
            CLEAN.replace(b"\n", b"\r"),
            CLEAN_AFTER.replace(b"\n", b"\r"),
        ),
        ("train.py", CLEAN[:-1], CLEAN_AFTER[:-1]),
        ("a\tb.py", CLEAN, CLEAN_AFTER),
        ("é 日.py", CLEAN, CLEAN_AFTER),
        ('the "best" one.py', CLEAN, CLEAN_AFTER),
    ],
    ids=["bom", "latin-1", "lone-cr", "no-end", "tab", "accents", "quotes"],
)
def test_git_applies_it(tmp_path: Path, name: str, text: bytes, after: bytes) -> None:
    script = tmp_path / name
    script.write_bytes(text)
    patch = diff(tmp_path, name, PYTHONIOENCODING="cp1252")
    assert script.read_bytes() == text
    git = ["git", "apply", "--whitespace=nowarn", "-"]
    ceiling = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    subprocess.run(git, cwd=tmp_path, env=ceiling, input=patch, check=True)
    assert script.read_bytes() == after


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_as_the_environment_says(
    tmp_path: Path, environment: dict[str, str], coloured: bool
) -> None:
    written(tmp_path, train=CLEAN)
    shown = diff(tmp_path, "train.py", **environment)
    assert (b"\x1b[32m+args = wandb.config" in shown) is coloured
    assert (b"\x1b[" in shown) is coloured


def test_next_steps_can_be_pasted(tmp_path: Path) -> None:
    (tmp_path / "my script's.py").write_bytes(CLEAN)
    result = jobready("migrate", tmp_path / "my script's.py")
    (line,) = [each for each in result.stdout.splitlines() if "launch -u" in each]
    words = line.replace("wandb launch", "printf '<%s>'")
    ran = subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=True)
    command = ran.stdout.rpartition("<")[2].rstrip(">")
    words = command.replace("python", "printf '%s'", 1)
    ran = subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("my script's.py")
