"""A script of a published package goes from red to green, as docs/pytest.md shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packages.published import Package, download, unpack
from tests.plugin.items.rehearsing import repository

pytestmark = pytest.mark.packages
PAGE = Path(__file__).parents[2] / "docs" / "pytest.md"
CLEANRL = Package("cleanrl", "1.2.0", python="3.10")


def test_what_the_page_shows_of_cleanrl(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("of cleanrl 1.2.0")[2]
    settings, shown = re.findall(r"^```(?:toml|text)\n(.*?)^```", text, re.M | re.S)
    project = tmp_path / "cleanrl-1.2.0"
    kept = Path(os.environ.get("JOBREADY_PACKAGES") or tmp_path)
    kept.mkdir(parents=True, exist_ok=True)
    unpack(download(CLEANRL, kept), project)
    (project / "pyproject.toml").write_text(settings)
    repository(project, "https://github.com/vwxyzjn/cleanrl.git")
    before, migrate, after = re.split(r"^\$ ", shown, flags=re.M)[1:]
    _assert_printed(before, project)
    _assert_printed(migrate, project)
    _assert_printed(after, project)


def _assert_printed(step: str, folder: Path) -> None:
    """Every line that is shown is printed by the command above it, in this order."""
    command, *lines = step.strip().split("\n")
    ran = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("WANDB")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    rest = ran.stdout
    for line in lines:
        _, found, rest = rest.partition(line)
        assert found, f"{line!r} is not in {ran.stdout}"
