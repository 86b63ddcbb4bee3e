"""JR506: one repository in two forms, of which each makes a job of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, REMOTE, found_beside, git, repository

TEXT = f"import wandb\n\nwandb.init({ON})\n"
SSH = "git@github.com:acme/repo.git"


def test_another_remote_is_the_same_place(tmp_path: Path) -> None:
    repository(tmp_path)
    git(tmp_path, "remote", "add", "ssh", SSH)
    ((line, message),) = found_beside("JR506", TEXT, tmp_path)
    assert line == 3
    assert message == f"the job is named after {REMOTE}, and ssh is {SSH}"


def test_the_environment_names_it_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path)
    monkeypatch.setenv("WANDB_GIT_REMOTE_URL", SSH)
    monkeypatch.setenv("WANDB_GIT_COMMIT", "0" * 40)
    ((_, message),) = found_beside("JR506", TEXT, tmp_path)
    assert message == f"the job is named after {SSH}, and origin is {REMOTE}"


@pytest.mark.parametrize(
    "other", ["git@github.com:acme/other.git", "git@gitlab.com:acme/repo.git", REMOTE]
)
def test_another_place_or_the_same_form(tmp_path: Path, other: str) -> None:
    repository(tmp_path)
    git(tmp_path, "remote", "add", "upstream", other)
    assert found_beside("JR506", TEXT, tmp_path) == []


def test_a_job_with_a_name_of_its_own(tmp_path: Path) -> None:
    repository(tmp_path)
    git(tmp_path, "remote", "add", "ssh", SSH)
    text = TEXT.replace("=False", "=False, job_name='trainer'")
    assert found_beside("JR506", text, tmp_path) == []


def test_no_run_makes_a_job(tmp_path: Path) -> None:
    repository(tmp_path)
    git(tmp_path, "remote", "add", "ssh", SSH)
    assert found_beside("JR506", TEXT.replace(ON, ""), tmp_path) == []


def test_a_token_in_either_is_not_shown(tmp_path: Path) -> None:
    repository(tmp_path)
    git(tmp_path, "remote", "add", "other", "https://tok3n:x@github.com/acme/repo")
    ((_, message),) = found_beside("JR506", TEXT, tmp_path)
    assert "tok3n" not in message
