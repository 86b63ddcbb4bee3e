"""The items with the oldest pytest that is supported, with others, and with the newest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin.conftest import CLEAN
from tests.plugin.items.rehearsing import repository

pytestmark = pytest.mark.versions
SCRIPT = CLEAN.replace('raise SystemExit("this script was run")\n', "")
SCRIPT += "wandb.log({'loss': args.lr})\n"


@pytest.fixture(scope="module", params=["7.4.0", "8.0.0", "8.4.0", ""])
def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with one pytest, and pytest-xdist for it."""
    folder = tmp_path_factory.mktemp("pytest")
    wanted = f"pytest=={request.param}" if request.param else "pytest"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
    subprocess.run([*command, wanted, "pytest-xdist"], check=True, stdin=subprocess.DEVNULL)
    return folder


@pytest.mark.parametrize(
    "workers", [[], ["-p", "xdist", "-n", "2"]], ids=["alone", "xdist"]
)
def test_the_items_are_the_same(
    installed: Path, workers: list[str], tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text(SCRIPT)
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n")
    (tmp_path / "pyproject.toml").write_text('[tool.jobready]\nscripts = ["train.py"]\n')
    repository(tmp_path)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WANDB", "PYTEST"))}
    command = [sys.executable, "-m", "pytest", "-p", "pytest_jobready", "-rA"]
    command += ["--jobready-rehearse", "--strict-markers"]
    ran = subprocess.run(
        [*command, *workers],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(installed), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for name in ("findings", "predicted-job", "cloned", "overridden"):
        assert f"PASSED train.py::{name}" in ran.stdout
    assert re.search(
        r"XFAIL train.py::as-it-is - (reason: )?train.py: JR401 and", ran.stdout
    )
    assert "5 passed, 1 xfailed" in ran.stdout
    assert "1 of 1 parameter proven" in ran.stdout
    assert "PASSED test_own.py::test_own" in ran.stdout
