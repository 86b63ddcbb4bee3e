"""The README says what is so: its commands are there, and print what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.edits.job_args import EVERY_BRANCH, emit
from jobready.project.files import MAX_BYTES, MAX_LINES
from jobready.script.source.tree import MAX_DEPTH, MAX_NODES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHARED = (ROOT / "docs" / "shared.md").read_text(encoding="utf-8")
PYTEST = (ROOT / "docs" / "pytest.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = BLOCK.findall(README)
COMMANDS = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)


def test_two_command_lines_do_all_their_own_set_up() -> None:
    main_job, tests = COMMANDS
    assert "jobready migrate" in main_job
    assert "pytest" in tests
    assert all(".venv/bin/pip install" in command for command in COMMANDS)


def test_the_main_job_runs_on_an_example_that_is_shipped() -> None:
    (example,) = re.findall(r"examples/\w+\.py", COMMANDS[0])
    assert (ROOT / example).is_file()


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(b, marks=pytest.mark.rehearsals if "--jobready-rehearse" in b else ())
        for b in CONSOLE
    ],
    ids=lambda block: block.split("\n")[0],
)
def test_a_console_block_prints_what_it_shows(block: str, tmp_path: Path) -> None:
    assert_prints(block, tmp_path)


@pytest.mark.rehearsals
@pytest.mark.parametrize("block", BLOCK.findall(PYTEST), ids=["getter_main"])
def test_the_page_about_pytest_shows_what_is_printed(block: str, tmp_path: Path) -> None:
    assert_prints(block, tmp_path)


@pytest.mark.parametrize("block", BLOCK.findall(SHARED), ids=["train"])
def test_the_page_about_shared_functions_shows_what_is_printed(
    block: str, tmp_path: Path
) -> None:
    assert_prints(block, tmp_path)


def assert_prints(block: str, tmp_path: Path) -> None:
    """Lines after ``$`` are run, one folder for a block; ``...`` is any output."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("WANDB")},
        "HOME": str(tmp_path),
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "me"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "me@example.com"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "WANDB_SILENT": "true",
        "COLUMNS": "80",
    }
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = step.partition("\n")
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        pattern = re.escape(expected.strip()).replace(r"\.\.\.", "(?s:.*)")
        assert re.fullmatch(pattern, ran.stdout.strip()), ran.stdout


def test_how_long_the_function_gets() -> None:
    least, most = (emit(frozenset(b)).count("\n") for b in ((), EVERY_BRANCH))
    assert f"{least} lines for plain numbers and texts" in README
    assert f"{most} for one that uses everything" in README


def test_the_limits_of_what_is_read() -> None:
    said = f"{MAX_BYTES:,} bytes, {MAX_LINES:,} lines and {MAX_NODES:,} parts"
    assert said in README
    assert f"up to {MAX_DEPTH} levels" in README


def test_something_is_shown() -> None:
    assert CONSOLE
    assert BLOCK.findall(PYTEST)
