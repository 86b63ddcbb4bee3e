"""JR404: the job runs a commit, and what is on this disk isn't in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.cli import main
from tests.rules.tools import ON, fixed_beside, found_beside, git, repository, rule

TEXT = f"import wandb\n\nwandb.init({ON})\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose script is committed and pushed."""
    folder, remote = tmp_path / "clone", tmp_path / "remote.git"
    folder.mkdir()
    remote.mkdir()
    git(remote, "init", "-q", "--bare")
    (folder / "train.py").write_text(TEXT)
    repository(folder, str(remote))
    git(folder, "push", "-q", "origin", "main")
    return folder


def messages(folder: Path, text: str = TEXT) -> list[str]:
    return [message for _, message in found_beside("JR404", text, folder)]


def test_a_commit_that_is_pushed_is_the_job(clone: Path) -> None:
    assert messages(clone) == []


def test_files_that_git_does_not_know_are_nobodys_concern(clone: Path) -> None:
    (clone / "notes.txt").write_text("x")
    assert messages(clone) == []


def test_changes_that_are_not_committed(clone: Path) -> None:
    text = TEXT + "print()\n"
    assert messages(clone, text) == [
        "changes that are not committed are not in the job: train.py"
    ]
    assert f"wandb.init({ON}, save_code=True)" in fixed_beside(
        "JR404", text, clone, unsafe=True
    )


def test_a_commit_that_is_not_pushed(clone: Path) -> None:
    git(clone, "commit", "-q", "--allow-empty", "-m", "second")
    assert messages(clone) == ["the commit is on no branch of the remote"]


def test_a_script_that_is_not_committed(clone: Path) -> None:
    ((_, message),) = found_beside("JR404", TEXT, clone, "new.py")
    assert message == "the commit doesn't hold the script"


def test_a_second_look_sees_what_changed(clone: Path) -> None:
    """What git says is never kept."""

    def check() -> int:
        with pytest.raises(SystemExit) as ended:
            main(["check", "--select=JR404", str(clone)])
        assert isinstance(ended.value.code, int)
        return ended.value.code

    assert check() == 0
    (clone / "README").write_text("x")
    git(clone, "add", "README")
    assert check() == 1
    git(clone, "commit", "-qm", "second")
    git(clone, "push", "-q", "origin", "main")
    assert check() == 0


@pytest.mark.parametrize(
    "text",
    [
        "import wandb\n\nwandb.init()\n",
        "import wandb\n\nwandb.init(settings={'job_source': 'image'})\n",
        TEXT.replace("=False", "=False, job_source='artifact'") + "wandb.run.log_code()\n",
    ],
    ids=["no-job", "image", "logged"],
)
def test_a_job_of_something_else_has_no_commit(clone: Path, text: str) -> None:
    assert messages(clone, text) == []


def test_it_is_off_by_default() -> None:
    assert not rule("JR404").default
