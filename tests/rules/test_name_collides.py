"""JR503: two scripts become one job."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.cli import main
from tests.rules.tools import ON, found_in_project, git, repository

TEXT = f"import wandb\n\nwandb.init({ON})\n"


def found(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, f.message) for name, f in found_in_project("JR503", files, folder)]


def test_a_folder_and_an_underscore(tmp_path: Path) -> None:
    repository(tmp_path)
    ((name, message),) = found(tmp_path, {"a/b.py": TEXT, "a_b.py": TEXT})
    assert name == "a_b.py"
    assert message.startswith("this becomes another version of the job that")
    assert message.endswith("a/b.py becomes")


def test_a_copy_of_a_script_that_names_its_job(tmp_path: Path) -> None:
    repository(tmp_path)
    text = TEXT.replace("=False", "=False, job_name='mnist'")
    files = {"a.py": text, "b.py": text, "c.py": text}
    assert [name for name, _ in found(tmp_path, files)] == ["b.py", "c.py"]


def test_a_second_run_knows_it_from_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is kept of a name tells no credential, and still tells names apart."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qm", "first", "--allow-empty")
    remote = "https://tok3n:x@github.com/acme/repo.git"
    git(tmp_path, "remote", "add", "origin", remote)
    (tmp_path / "pyproject.toml").write_text("[tool.jobready]\n")
    (tmp_path / "a").mkdir()
    for name in ("a/b.py", "a_b.py"):
        (tmp_path / name).write_text(TEXT)
    printed = []
    for _ in range(2):
        with pytest.raises(SystemExit):
            main(
                [
                    "check",
                    "--select=JR5",
                    "--config",
                    f"{tmp_path}/pyproject.toml",
                    str(tmp_path),
                ]
            )
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[0].count("JR503") == 1
    (kept,) = (tmp_path / ".jobready_cache").glob("check-*")
    assert "tok3n" not in kept.read_text()


@pytest.mark.parametrize(
    "files",
    [
        {"a/b.py": TEXT, "a/c.py": TEXT},
        {"a/b.py": TEXT, "a_b.py": "import wandb\n"},
        {"a/b.py": TEXT, "a_b.py": "import wandb\n\nwandb.init()\n"},
        {"a/b.py": TEXT, "a_b.py": TEXT.replace("=False", "=False, job_name='x'")},
        {"a/b.py": TEXT, "a_b.py": f"import wandb\n\ndef go():\n    wandb.init({ON})\n"},
    ],
    ids=["names", "no-run", "no-job", "named", "module"],
)
def test_jobs_of_their_own(tmp_path: Path, files: dict[str, str]) -> None:
    repository(tmp_path)
    assert found(tmp_path, files) == []


def test_scripts_of_two_repositories(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        repository(tmp_path / name, f"https://github.com/acme/{name}.git")
    assert found(tmp_path, {"one/a.py": TEXT, "two/a.py": TEXT}) == []
