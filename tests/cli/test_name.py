"""``jobready name``: the job that a script will become."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.calling import BROKEN, CLEAN, in_a_process, jobready, written
from tests.cli.test_bad_input import assert_one_line
from tests.cli.test_imports import call, modules_of
from tests.jobs.case import HTTPS, git

NAME = "job-https___github.com_acme_repo.git_train.py"
ON = {"WANDB_DISABLE_JOB_CREATION": "false"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder is a repository with a script, its requirements and a remote."""
    root = written(tmp_path.resolve(), train=CLEAN)
    (root / "requirements.txt").write_text("wandb\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    git(root, "remote", "add", "origin", HTTPS)
    monkeypatch.chdir(root)
    monkeypatch.setenv("WANDB_CONFIG_DIR", str(tmp_path / "none"))
    return root


def records(*arguments: str, code: int = 0) -> list[dict[str, Any]]:
    result = jobready("name", *arguments, "--output-format=json")
    assert result.exit_code == code, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def record(*arguments: str, code: int = 0) -> dict[str, Any]:
    (only,) = records(*arguments, code=code)
    return only


def problems(found: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in found["problems"]]


def test_a_script_in_its_repository(repository: Path) -> None:
    result = jobready("name", "train.py", "--wandb-version", "0.18.7")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "script    source  name",
        f"train.py  repo    {NAME}",
        f"train.py: remote {HTTPS} + path train.py; aliases latest; "
        f"starts python{version} train.py",
    ]


def test_as_json(repository: Path) -> None:
    found = record("train.py", "--wandb-version", "0.18.7")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert found == {
        "script": "train.py",
        "source": "repo",
        "name": NAME,
        "aliases": ["latest"],
        "entrypoint": [f"python{version}", "train.py"],
        "problems": [],
    }


def test_a_problem_has_code_message_and_line(repository: Path) -> None:
    (repository / "train.py").write_bytes(CLEAN + b"wandb.run.log_code()\n")
    found = record("train.py", "--wandb-version", "0.18.7")
    assert problems(found) == ["source-shadowed", "dirty"]
    assert found["problems"][0]["line"] == 10
    assert set(found["problems"][0]) == {"code", "message", "line"}


def test_the_newest_makes_no_job_unasked(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems(record("train.py")) == ["not-created", "bad-entrypoint"]
    monkeypatch.setenv(*next(iter(ON.items())))
    assert problems(record("train.py")) == ["bad-entrypoint"]


def test_what_if_it_were_made_of_logged_code(repository: Path) -> None:
    found = record("train.py", "--source", "artifact", "--project", "my proj")
    assert (found["source"], found["name"]) == ("artifact", "job-source-my_proj-train.py")
    found = record("train.py", "--source=artifact")
    assert found["name"] == f"job-source-{repository.name}-train.py"


def test_what_if_it_were_in_an_image(repository: Path) -> None:
    image = ("--source=image", "--image=localhost:5000/acme/img:v1")
    found = record("train.py", *image)
    assert (found["source"], found["name"]) == ("image", "job-localhost_5000_acme_img")
    assert (found["aliases"], found["entrypoint"]) == (["v1", "latest"], [])
    found = record("train.py", *image, "--wandb-version=0.13.8")
    assert (found["name"], found["aliases"]) == ("job-localhost_5000_acme_img_v1", [])


def test_what_the_environment_says(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_JOB_NAME", "from-outside")
    found = jobready("name", "train.py").stdout
    assert "repo    from-outside" in found
    assert "job_name (WANDB_JOB_NAME)" in found


def test_what_the_source_says(repository: Path) -> None:
    text = CLEAN.replace(b"config=args", b"settings=wandb.Settings(job_name='own')")
    (repository / "train.py").write_bytes(text)
    assert record("train.py")["name"] == "own"


def test_settings_that_only_the_script_knows(repository: Path) -> None:
    text = CLEAN.replace(b"config=args", b"settings=make(args)")
    (repository / "train.py").write_bytes(text)
    found = record("train.py", "--wandb-version=0.18.7")
    assert found["name"] == NAME
    assert problems(found) == ["dirty", "settings-unknown"]


def test_from_another_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "docs").mkdir()
    monkeypatch.chdir("docs")
    found = record("../train.py")
    assert (found["script"], found["name"]) == ("../train.py", NAME)


def test_a_module(repository: Path) -> None:
    found = record("-m", "train", code=1)
    assert (found["source"], found["name"], problems(found)) == ("none", None, ["module"])


def test_several_scripts_say_a_common_thing_once(repository: Path) -> None:
    written(repository, eval=CLEAN)
    result = jobready("name", "train.py", "eval.py")
    lines = [line for line in result.stdout.splitlines() if "[not-created]" in line]
    assert len(lines) == 1
    assert lines[0].startswith("all of them: ")
    assert "eval.py: the commit doesn't hold the script" in result.stdout


def test_scripts_that_become_one_job(repository: Path) -> None:
    (repository / "a").mkdir()
    written(repository / "a", b=CLEAN)
    written(repository, a_b=CLEAN)
    first, second = records("a/b.py", "a_b.py")
    assert first["name"] == second["name"]
    assert "name-collides" in problems(first)
    assert "name-collides" in problems(second)


def test_the_scripts_of_the_project(repository: Path) -> None:
    config = '[tool.jobready]\nscripts = ["tra*.py"]\ntarget-wandb = "0.16.6"\n'
    (repository / "pyproject.toml").write_text(config)
    found = record()
    assert (found["script"], found["entrypoint"][1]) == ("train.py", "train.py")
    assert problems(found) == []


def test_the_version_that_the_project_has(repository: Path) -> None:
    (repository / "requirements.txt").write_text("wandb==0.18.5\n")
    assert problems(record("train.py")) == ["dirty"]
    assert "not-created" in problems(record("train.py", "--wandb-version=0.19.0"))


# -- expectations


def expecting(repository: Path, **expected: str) -> None:
    lines = "".join(f'{key} = "{value}"\n' for key, value in expected.items())
    text = f'[tool.jobready.jobs."train.py"]\n{lines}'
    (repository / "pyproject.toml").write_text(text)


def test_an_expectation_that_is_met(repository: Path) -> None:
    expecting(repository, source="repo", name="job-*_train.py")
    assert problems(record("train.py", "--wandb-version=0.18.7")) == []


def test_an_expectation_that_is_not_met(repository: Path) -> None:
    expecting(repository, source="image", name="my-job")
    found = record("train.py", "--wandb-version=0.18.7", code=1)
    assert problems(found) == ["other-source", "other-name"]


def test_no_job_as_expected(repository: Path) -> None:
    expecting(repository, source="none")
    git(repository, "remote", "remove", "origin")
    assert problems(record("train.py")) == ["no-remote"]


def test_jobready_config_shows_what_is_expected(repository: Path) -> None:
    expecting(repository, name="job-*")
    result = jobready("config", "--output-format=json")
    shown = json.loads(result.stdout)["jobs"]
    assert shown["value"] == {"train.py": {"name": "job-*"}}
    assert 'jobs              {"train.py": {"name": "job-*"}}' in jobready("config").stdout


# -- bad input


def assert_no_job(result: Result, *phrases: str) -> None:
    """Exit code 1, and the reason."""
    assert result.exit_code == 1, result.output
    assert all(phrase in result.stdout for phrase in phrases), result.output


def test_no_remote_is_a_finding(repository: Path) -> None:
    git(repository, "remote", "rename", "origin", "upstream")
    found = jobready("name", "train.py")
    assert_no_job(found, "train.py  none    -", "there is upstream", "[no-remote]")


def test_not_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path, train=CLEAN))
    assert_one_line(
        jobready("name", "train.py"), "train.py: ", "is not in a git repository"
    )


def test_a_script_of_another_repository(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = written(tmp_path_factory.mktemp("other").resolve(), train=CLEAN)
    result = jobready("name", other / "train.py")
    assert_one_line(result, "takes", "for a file outside of")


def test_a_script_that_is_in_a_repository_while_we_are_not(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    result = jobready("name", repository / "train.py")
    assert_one_line(result, f"the script is in that of {repository}: ask there")


def test_git_is_missing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert_one_line(jobready("name", "train.py"), "git is not installed: install it")


def test_a_configuration_of_git_that_can_not_be_read(repository: Path) -> None:
    with (repository / ".git" / "config").open("a") as config:
        config.write("[broken\n")
    assert_one_line(jobready("name", "train.py"), "can't read the configuration")


def test_a_broken_configuration(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[tool.jobready]\njobs = 3\n")
    assert_one_line(jobready("name", "train.py"), "pyproject.toml:2: jobs must be a table")


@pytest.mark.parametrize("image", ["my image", "IMG:", "http://x", ""])
def test_an_image_that_is_none(repository: Path, image: str) -> None:
    result = jobready("name", "train.py", "--image", image)
    assert_one_line(result, "is no name of an image")


def test_a_version_that_is_none(repository: Path) -> None:
    result = jobready("name", "train.py", "--wandb-version", "newest")
    assert_one_line(result, "'newest' is no version of wandb")


def test_no_script_at_all(repository: Path) -> None:
    assert_one_line(jobready("name"), "name a script")


def test_scripts_that_are_not_there(repository: Path) -> None:
    assert_one_line(jobready("name", "gone.py"), "gone.py: no such file")
    (repository / "pyproject.toml").write_text("[tool.jobready]\nscripts = ['x.py']\n")
    assert_one_line(jobready("name"), "no file matches 'x.py'")


def test_what_is_no_python(repository: Path) -> None:
    written(repository, broken=BROKEN)
    result = jobready("name", "broken.py", "train.py")
    assert_one_line(result, "broken.py: line 2: ", "cannot read it")
    assert NAME in result.stdout
    assert problems(records("broken.py", code=2)[0]) == ["unreadable"]


@pytest.mark.parametrize(
    "remote",
    [
        "https://user:hunter2@github.com/acme/repo.git",
        "https://hunter2@github.com/acme/repo.git",
        "https://hunter2:x-oauth-basic@github.com/acme/repo.git",
        "https://user:hunter2@host:port/repo",
        "https://host/repo?token=hunter2",
    ],
)
def test_a_credential_is_never_shown(
    repository: Path, remote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "remote", "set-url", "origin", remote)
    for arguments in ((), ("--output-format=json",), ("--source=artifact",)):
        result = jobready("name", "train.py", *arguments)
        assert "hunter2" not in result.output
    expecting(repository, name="other")
    assert "hunter2" not in jobready("name", "train.py").output
    monkeypatch.setenv("WANDB_GIT_REMOTE_URL", remote)
    monkeypatch.setenv("WANDB_GIT_COMMIT", "c" * 40)
    result = jobready("name", "train.py")
    assert "hunter2" not in result.output
    assert "[credential-in-name]" in result.stdout


# -- as a command


def test_it_imports_neither_wandb_nor_what_rewrites(repository: Path) -> None:
    found = modules_of(call("name", "train.py"))
    assert "jobready.jobs.predict" in found
    assert not {"wandb", "libcst", "pathspec", "rich", "pytest", "asyncio"} & found


def test_it_answers_in_a_process_of_its_own(repository: Path) -> None:
    ran = in_a_process("name", "train.py")
    assert ran.returncode == 0
    assert NAME in ran.stdout


def test_output_that_ascii_can_not_hold(repository: Path) -> None:
    written(repository, träin=CLEAN)
    ran = subprocess.run(
        [sys.executable, "-m", "jobready", "name", "träin.py"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert b"job-https___github.com_acme_repo.git_tr_in.py" in ran.stdout
