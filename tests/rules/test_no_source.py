"""JR402: there is nothing that a job could be made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.cli import main
from tests.rules.tools import ON, REMOTE, fixed_beside, found_beside, git, repository

TEXT = f"import wandb\n\nrun = wandb.init({ON})\nrun.log({{}})\n"


def test_there_is_no_repository(tmp_path: Path) -> None:
    ((line, message),) = found_beside("JR402", TEXT, tmp_path)
    assert line == 3
    assert message == (
        "a run makes no job: the script is in no git repository, and there is no logged"
        " code and no image"
    )


def test_the_repository_has_no_remote(tmp_path: Path) -> None:
    repository(tmp_path, remote=None)
    git(tmp_path, "remote", "add", "upstream", REMOTE)
    ((_, message),) = found_beside("JR402", TEXT, tmp_path)
    assert "no remote called origin (there is upstream: set git_remote)" in message


def test_the_repository_has_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", REMOTE)
    ((_, message),) = found_beside("JR402", TEXT, tmp_path)
    assert "the repository has no commit yet" in message


def test_the_source_that_is_asked_for_is_missing(tmp_path: Path) -> None:
    repository(tmp_path)
    text = TEXT.replace("=False", "=False, job_source='image'")
    ((_, message),) = found_beside("JR402", text, tmp_path)
    assert "job_source is image, but WANDB_DOCKER names none" in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"wandb.init({ON})", f"wandb.init({ON})\nwandb.run.log_code()"),
        (f"run = wandb.init({ON})", f"run = wandb.init({ON})\nrun.log_code()"),
        (f"run = wandb.init({ON})  # x", f"run = wandb.init({ON})  # x\nrun.log_code()"),
        (
            f"with wandb.init({ON}) as run:\n    run.log({{}})",
            f"with wandb.init({ON}) as run:\n    run.log_code()\n    run.log({{}})",
        ),
        (
            f"if main:\n    wandb.init(\n        {ON}\n    )",
            f"if main:\n    wandb.init(\n        {ON}\n    )\n    wandb.run.log_code()",
        ),
    ],
)
def test_the_fix_logs_the_code(tmp_path: Path, before: str, after: str) -> None:
    text = f"import wandb\n\n{before}\nprint()\n"
    assert fixed_beside("JR402", text, tmp_path) == text  # only on request
    done = fixed_beside("JR402", text, tmp_path, unsafe=True)
    assert done == f"import wandb\n\n{after}\nprint()\n"


@pytest.mark.parametrize(
    "line",
    [
        f"wandb.init({ON}); print()",
        f"if main: wandb.init({ON})",
        f"a = b = wandb.init({ON})",
        f"print(wandb.init({ON}))",
    ],
)
def test_where_no_line_can_stand_there_is_no_fix(tmp_path: Path, line: str) -> None:
    text = f"import wandb\n\n{line}\n"
    assert found_beside("JR402", text, tmp_path)
    assert fixed_beside("JR402", text, tmp_path, unsafe=True) == text


def test_several_scripts_get_it_said_once_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(TEXT)
    with pytest.raises(SystemExit):
        main(["check", "--no-cache", "--select=JR402", str(tmp_path)])
    printed = capsys.readouterr().out
    assert printed.count("JR402") == 1
    assert "(so in 2 other scripts)" in printed


@pytest.mark.parametrize(
    "text",
    [
        "import wandb\n\nwandb.init()\n",
        TEXT + "run.log_code()\n",
        TEXT.replace("=False", "=False, x_disable_meta=True"),
        TEXT.replace("=False", "=False, mode='offline'"),
        "import os\nos.environ['WANDB_DOCKER'] = 'a.io/b:v1'\n" + TEXT,
    ],
    ids=["no-job", "logged", "killed", "offline", "image"],
)
def test_it_has_a_source_or_something_else_is_wrong(tmp_path: Path, text: str) -> None:
    assert found_beside("JR402", text, tmp_path) == []


def test_a_repository_with_a_remote_is_enough(tmp_path: Path) -> None:
    repository(tmp_path)
    assert found_beside("JR402", TEXT, tmp_path) == []
    assert found_beside("JR402", TEXT, tmp_path, "src/deep/train.py") == []
