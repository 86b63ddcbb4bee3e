"""What the command line imports: as little as the work at hand needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import CLEAN, in_a_process, written


def modules_of(code: str) -> set[str]:
    """The modules that a process has imported once it ran the code."""
    show = "import sys; print(*sys.modules, sep='\\n', file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", f"try:\n    {code}\nfinally:\n    {show}\n"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return set(ran.stderr.split())


def call(*arguments: str | Path) -> str:
    words = [str(a) for a in arguments]
    return f"from jobready.cli import main; main({words!r})"


@pytest.mark.parametrize("option", [("--help",), ("migrate", "--help"), ("--version",)])
def test_help_imports_neither_libcst_nor_the_reading_of_scripts(
    option: tuple[str, ...],
) -> None:
    found = modules_of(call(*option))
    assert "jobready.cli" in found
    assert not {"libcst", "wandb", "pathspec", "jobready.script.values.flow"} & found


def test_a_command_imports_no_other(tmp_path: Path) -> None:
    found = modules_of(call("params", written(tmp_path, train=CLEAN) / "train.py"))
    assert {m for m in found if m.startswith("jobready.cli.")} <= {
        "jobready.cli.options",
        "jobready.cli.output",
        "jobready.cli.params",
    }


def test_a_rewrite_imports_no_wandb_and_no_codemod(tmp_path: Path) -> None:
    found = modules_of(call("migrate", written(tmp_path, train=CLEAN) / "train.py"))
    assert "libcst" in found
    assert not {"wandb", "libcst.codemod", "rich", "pytest"} & found


def test_a_hook_with_nothing_to_do_imports_no_rules(tmp_path: Path) -> None:
    path = written(tmp_path, train=b"x = 1\n") / "train.py"
    for paths in ((path,), (tmp_path,)):
        found = modules_of(call("check", *paths))
        light = {m for m in found if m.startswith(("jobready.rules", "jobready.edits"))}
        assert not light | ({"multiprocessing", "hashlib", "yaml"} & found)


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_a_script_without_a_run_imports_no_libcst(tmp_path: Path, command: str) -> None:
    found = modules_of(call(command, written(tmp_path, train=b"x = 1\n")))
    assert not {"libcst", "wandb", "jobready.script.values.flow"} & found


def test_python_m_is_the_same_command() -> None:
    ran = in_a_process("--version")
    assert ran.returncode == 0
    assert ran.stdout.startswith("jobready, version ")
