"""JR604: a remote that agents don't clone from, or that holds a credential."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, found_beside, repository

TEXT = f"import wandb\n\nwandb.init({ON})\n"


def found(folder: Path, remote: str, text: str = TEXT) -> list[str]:
    repository(folder, remote)
    return [message for _, message in found_beside("JR604", text, folder)]


@pytest.mark.parametrize(
    "remote",
    ["git://github.com/a/b.git", "http://h/a/b", "/srv/git/b.git", "file:///srv/b.git"],
)
def test_a_remote_that_agents_refuse(tmp_path: Path, remote: str) -> None:
    assert found(tmp_path, remote) == [f"launch agents don't clone from {remote}"]


@pytest.mark.parametrize("remote", ["https://tok3n@github.com/a/b.git"])
def test_a_credential_that_wandb_drops(tmp_path: Path, remote: str) -> None:
    (message,) = found(tmp_path, remote)
    assert message == (
        "the remote holds a credential, which the SDK leaves out: https://github.com/a/b.git"
    )


def test_a_credential_that_gets_into_the_name(tmp_path: Path) -> None:
    (message,) = found(tmp_path, "https://tok3n:x@github.com/a/b.git")
    assert "stands in the job and its name" in message
    assert "tok3n" not in message


@pytest.mark.parametrize(
    "remote",
    ["https://github.com/a/b.git", "git@github.com:a/b.git", "ssh://git@h:2222/a/b"],
)
def test_a_remote_that_agents_clone(tmp_path: Path, remote: str) -> None:
    assert found(tmp_path, remote) == []


def test_an_older_agent_leaves_it_to_git(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("wandb==0.22.3\n")
    assert found(tmp_path, "git://github.com/a/b.git") == []


def test_no_run_makes_a_job_of_it(tmp_path: Path) -> None:
    assert found(tmp_path, "/srv/git/b.git", TEXT.replace(ON, "")) == []


def test_a_job_of_logged_code_has_no_remote(tmp_path: Path) -> None:
    text = TEXT.replace("=False", "=False, job_source='artifact'")
    assert found(tmp_path, "/srv/b.git", text + "wandb.run.log_code()\n") == []
