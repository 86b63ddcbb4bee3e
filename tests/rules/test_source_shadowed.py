"""JR403: the code is logged, but the job is made of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, fixed_beside, found_beside, repository

TEXT = f"import wandb\n\nrun = wandb.init({ON})\nrun.log_code()\n"
SOURCE = 'disable_job_creation=False, job_source="{}"'


def test_the_repository_wins_over_logged_code(tmp_path: Path) -> None:
    repository(tmp_path)
    assert found_beside("JR403", TEXT, tmp_path) == [
        (4, "the code is logged, but the job is made of the repository")
    ]


def test_logged_code_wins_over_an_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_DOCKER", "a.io/b:v1")
    assert found_beside("JR403", TEXT, tmp_path) == [
        (3, "WANDB_DOCKER names a.io/b:v1, but the job is made of the logged code")
    ]


def test_the_fix_asks_for_the_logged_code(tmp_path: Path) -> None:
    repository(tmp_path)
    done = fixed_beside("JR403", TEXT, tmp_path)
    asked = SOURCE.format("artifact")
    assert done == TEXT.replace("disable_job_creation=False", asked)


def test_the_fix_asks_for_what_the_project_expects(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.jobready.jobs."train.py"]\nsource = "repo"\n'
    )
    assert SOURCE.format("repo") in fixed_beside("JR403", TEXT, tmp_path)


def test_code_under_a_condition_may_be_none(tmp_path: Path) -> None:
    repository(tmp_path)
    text = TEXT.replace("run.log", "if main:\n    run.log")
    assert len(found_beside("JR403", text, tmp_path)) == 1
    assert fixed_beside("JR403", text, tmp_path, unsafe=True) == text


def test_wandb_before_0_15_4_can_not_be_asked(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "requirements.txt").write_text("wandb==0.14.2\n")
    text = "import wandb\n\nrun = wandb.init()\nrun.log_code()\n"
    assert len(found_beside("JR403", text, tmp_path)) == 1
    assert fixed_beside("JR403", text, tmp_path) == text


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("disable_job_creation=False", SOURCE.format("artifact")),
        TEXT.replace("disable_job_creation=False", SOURCE.format("repo")),
        TEXT.replace("run.log_code()\n", ""),
        "import wandb\n\nwandb.init().log_code()\n",
    ],
    ids=["artifact", "repo", "not-logged", "no-job"],
)
def test_somebody_said_which_or_there_is_one(tmp_path: Path, text: str) -> None:
    repository(tmp_path)
    assert found_beside("JR403", text, tmp_path) == []


def test_without_a_repository_nothing_shadows_the_code(tmp_path: Path) -> None:
    assert found_beside("JR403", TEXT, tmp_path) == []
