"""JR407: a setting keeps the run from making a job, though it is about something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import fixed_beside, found_beside, found_in_project, repository


def script(*settings: str) -> str:
    given = ", ".join(("disable_job_creation=False", *settings))
    return f"import wandb\n\nrun = wandb.init(settings=wandb.Settings({given}))\n"


@pytest.mark.parametrize(
    "setting",
    ["x_disable_meta=True", "x_disable_machine_info=True", "x_save_requirements=False"],
)
def test_a_setting_that_leaves_out_what_a_job_needs(tmp_path: Path, setting: str) -> None:
    repository(tmp_path)
    ((line, message),) = found_beside("JR407", script(setting), tmp_path)
    assert line == 3
    assert message.startswith("a run makes no job: ")
    assert fixed_beside("JR407", script(setting), tmp_path, unsafe=True) == script()


def test_git_is_switched_off(tmp_path: Path) -> None:
    repository(tmp_path)
    ((_, message),) = found_beside("JR407", script("disable_git=True"), tmp_path)
    assert "git is switched off (line 3)" in message


def test_a_variable_is_taken_out_where_it_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path)
    monkeypatch.setenv("WANDB_X_DISABLE_META", "true")
    ((_, finding),) = found_in_project("JR407", {"train.py": script()}, tmp_path)
    assert "WANDB_X_DISABLE_META" in finding.message
    assert finding.no_fix == "take the setting out where it is set"


def test_a_value_that_ends_init(tmp_path: Path) -> None:
    repository(tmp_path)
    ((_, message),) = found_beside("JR407", script("job_source='git'"), tmp_path)
    assert message.startswith("wandb.init raises: line 3 gives a job_source")


@pytest.mark.parametrize(
    "text",
    [
        script(),
        script("x_disable_stats=True"),
        script("x_disable_meta=False"),
        script("x_save_requirements=True"),
        "import wandb\n\nwandb.init(settings=wandb.Settings(x_disable_meta=True))\n",
    ],
)
def test_settings_that_do_no_harm(tmp_path: Path, text: str) -> None:
    repository(tmp_path)
    assert found_beside("JR407", text, tmp_path) == []


def test_logged_code_makes_up_for_git(tmp_path: Path) -> None:
    text = script("disable_git=True") + "run.log_code()\n"
    assert found_beside("JR407", text, tmp_path) == []
