"""JR405: the logged code lacks what the job needs of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, fixed_beside, found_beside, repository

TEXT = f"""\
import json
import wandb

run = wandb.init({ON})
run.log_code()
layers = json.load(open("model.json"))
"""


def found(folder: Path, text: str = TEXT) -> list[tuple[int, str]]:
    (folder / "model.json").write_text("[]")
    return found_beside("JR405", text, folder)


def test_a_file_of_settings_that_is_not_logged(tmp_path: Path) -> None:
    assert found(tmp_path) == [(6, "log_code leaves model.json out, which the job opens")]


def test_the_fix_logs_files_of_that_kind(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("[]")
    done = fixed_beside("JR405", TEXT, tmp_path, unsafe=True)
    ends = '(".py", "requirements.txt", ".json")'
    assert f"log_code(include_fn=lambda path: path.endswith({ends}))" in done


def test_a_condition_without_which_there_is_no_job(tmp_path: Path) -> None:
    text = TEXT.replace("run.log_code()", "if main:\n    run.log_code()")
    assert (6, "log_code stands under a condition") in found(tmp_path, text)


def test_another_folder_than_the_script_starts_in(tmp_path: Path) -> None:
    text = TEXT.replace("log_code()", 'log_code("src")')
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "other.py").touch()
    ((_, message), *_) = found(tmp_path, text)
    assert message == "log_code logs src, but the job starts train.py in it"


@pytest.mark.parametrize(
    "line",
    [
        'log_code(include_fn=lambda path: path.endswith(".json"))',
        'log_code(include_fn=lambda path: path.endswith((".py", ".json")))',
        "log_code(include_fn=wanted)",
    ],
)
def test_the_file_is_logged_or_nobody_knows(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, TEXT.replace("log_code()", line)) == []


def test_the_documented_include_fn_may_leave_requirements_out(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("wandb\n")
    text = f"""\
import wandb

run = wandb.init({ON})
run.log_code(".", include_fn=lambda path: path.endswith(".py"))
"""
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    "call",
    [
        'open("results.json", "w")',
        'open("model.json", mode="a")',
        'open("gone.json")',
        'open("data.csv")',
        'open("/etc/model.json")',
        "open(name)",
        'print("model.json")',
    ],
)
def test_what_is_written_or_not_there_or_data(tmp_path: Path, call: str) -> None:
    (tmp_path / "data.csv").write_text("1\n")
    text = TEXT.replace('json.load(open("model.json"))', call)
    assert found(tmp_path, text) == []


def test_a_job_of_the_repository_has_all_files(tmp_path: Path) -> None:
    repository(tmp_path)
    assert found(tmp_path) == []


def test_without_a_job_nobody_misses_them(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT.replace(ON, "")) == []
