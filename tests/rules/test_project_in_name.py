"""JR505: a job of logged code is another one in each project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, fixed_beside, found_beside, repository, rule

TEXT = f"import wandb\n\nrun = wandb.init({ON})\nrun.log_code()\n"


def test_code_without_a_name(tmp_path: Path) -> None:
    assert found_beside("JR505", TEXT, tmp_path) == [
        (4, "the name holds the project, so that each project gets a job of its own")
    ]


def test_the_fix_names_it_after_the_script(tmp_path: Path) -> None:
    done = fixed_beside("JR505", TEXT, tmp_path, unsafe=True)
    assert done == TEXT.replace("log_code()", 'log_code(name="source-train.py")')


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("log_code()", "log_code(name='trainer')"),
        TEXT.replace("=False", "=False, job_name='trainer'"),
        TEXT.replace(ON, ""),
        TEXT.replace("run.log_code()\n", ""),
    ],
    ids=["named", "job-named", "no-job", "not-logged"],
)
def test_the_name_does_not_hold_it(tmp_path: Path, text: str) -> None:
    assert found_beside("JR505", text, tmp_path) == []


def test_a_job_of_the_repository(tmp_path: Path) -> None:
    repository(tmp_path)
    assert found_beside("JR505", TEXT, tmp_path) == []


def test_it_is_off_by_default() -> None:
    assert not rule("JR505").default
