"""JR502: the script names its job, or its code, as nothing can be named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, fixed_beside, found_beside, found_in_project, repository


def script(name: str, after: str = "") -> str:
    settings = f"disable_job_creation=False, job_name={name}"
    text = f"import wandb\n\nrun = wandb.init(settings=wandb.Settings({settings}))\n"
    return text + after


CODE = f"import wandb\n\nrun = wandb.init({ON})\nrun.log_code(name={{}})\n"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("'my job'", '"my_job"'),
        ("'mnist/train:v1'", '"mnist_train_v1"'),
        ("'träin'", '"tr_in"'),
        ("''", '"job"'),
        (f"'{'x' * 129}'", f'"{"x" * 63}..{"x" * 63}"'),
    ],
)
def test_a_name_that_is_sent_as_it_is(tmp_path: Path, name: str, safe: str) -> None:
    repository(tmp_path)
    assert len(found_beside("JR502", script(name), tmp_path)) == 1
    assert fixed_beside("JR502", script(name), tmp_path) == script(safe)


def test_logged_code_gets_something_random(tmp_path: Path) -> None:
    text = CODE.format("'a/b'")
    ((line, message),) = found_beside("JR502", text, tmp_path)
    assert (line, message) == (
        4,
        "a name can't hold all of 'a/b', so that wandb adds something random",
    )
    assert fixed_beside("JR502", text, tmp_path) == CODE.format('"a_b"')


def test_an_older_wandb_ends_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("wandb==0.18.7\n")
    ((line, message),) = found_beside("JR502", CODE.format("'a/b'"), tmp_path)
    assert (line, message) == (4, "log_code raises: 'a/b' is no name")


def test_a_name_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path)
    monkeypatch.setenv("WANDB_JOB_NAME", "my job")
    text = f"import wandb\n\nwandb.init({ON})\n"
    ((_, finding),) = found_in_project("JR502", {"train.py": text}, tmp_path)
    assert finding.no_fix is not None
    assert "WANDB_JOB_NAME" in finding.no_fix


@pytest.mark.parametrize(
    "text",
    [
        script("'my-job_1.0'"),
        script("name"),
        script("'my job'").replace("disable_job_creation=False, ", ""),
        CODE.format("'trainer'"),
        CODE.format("name"),
    ],
    ids=["good", "unknown", "no-job", "code", "unknown-code"],
)
def test_a_good_name_or_one_that_nobody_knows(tmp_path: Path, text: str) -> None:
    repository(tmp_path)
    assert found_beside("JR502", text, tmp_path) == []
