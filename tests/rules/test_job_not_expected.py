"""JR409: the script becomes another job than the project's settings say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, found_beside, git, repository

TEXT = f"import wandb\n\nwandb.init({ON})\n"


def found(folder: Path, settings: str, text: str = TEXT, code: str = "JR409") -> list[str]:
    repository(folder)
    (folder / "pyproject.toml").write_text(
        f'[tool.jobready.jobs."src/train.py"]\n{settings}\n'
    )
    return [message for _, message in found_beside(code, text, folder, "src/train.py")]


def test_another_source(tmp_path: Path) -> None:
    (message,) = found(tmp_path, 'source = "artifact"')
    assert message == "the job's source is repo, not artifact"


def test_another_name(tmp_path: Path) -> None:
    (message,) = found(tmp_path, 'name = "job-trainer"')
    assert message == (
        "the job is called job-https___github.com_acme_repo.git_src_train.py, not"
        " job-trainer"
    )


def test_no_job_at_all(tmp_path: Path) -> None:
    text = TEXT.replace("=False", "=False, x_disable_meta=True")
    (message,) = found(tmp_path, 'source = "repo"', text)
    assert message.startswith("the job's source is none, not repo: disable_meta")


def test_a_job_that_no_run_makes(tmp_path: Path) -> None:
    (message,) = found(tmp_path, 'source = "repo"', TEXT.replace(ON, ""))
    assert message.endswith("_src_train.py is expected, but no run makes it")


def test_other_rules_speak_where_a_job_is_expected(tmp_path: Path) -> None:
    text = TEXT.replace(ON, 'settings={"x_disable_meta": True}')
    (message,) = found(tmp_path, 'source = "repo"', text, "JR407")
    assert "leaves out the metadata" in message


@pytest.mark.parametrize(
    "settings",
    [
        'source = "repo"',
        'name = "job-*_src_train.py"',
        'name = "job-https___github.com_acme_repo.git_src_train.py"',
        'source = "repo"\nname = "*train?py"',
    ],
)
def test_it_is_as_expected(tmp_path: Path, settings: str) -> None:
    assert found(tmp_path, settings) == []


def test_no_job_is_expected_and_none_is_made(tmp_path: Path) -> None:
    assert found(tmp_path, 'source = "none"', TEXT.replace(ON, "")) == []


def test_nothing_is_expected_of_other_scripts(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.jobready.jobs."other.py"]\nsource = "image"\n'
    )
    assert found_beside("JR409", TEXT, tmp_path) == []


def test_a_token_in_the_remote_is_not_shown(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qm", "first", "--allow-empty")
    git(tmp_path, "remote", "add", "origin", "https://tok3n:x@github.com/acme/repo.git")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.jobready.jobs."train.py"]\nname = "job-trainer"\n'
    )
    ((_, message),) = found_beside("JR409", TEXT, tmp_path)
    assert "tok3n" not in message
    assert "***" in message
