"""JR601: what an agent would install lacks wandb, or can't be installed elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.cli import main
from tests.rules.tools import ON, found_beside, repository

TEXT = "import wandb\n\nwandb.init()\n"


def found(folder: Path, requirements: str | None, text: str = TEXT) -> list[str]:
    if requirements is not None:
        (folder / "requirements.txt").write_text(requirements)
    return [message for _, message in found_beside("JR601", text, folder)]


def test_requirements_without_wandb(tmp_path: Path) -> None:
    (message,) = found(tmp_path, "torch\n")
    assert message == "requirements.txt doesn't name wandb, which a job needs"


def test_a_wandb_that_makes_no_jobs(tmp_path: Path) -> None:
    (message,) = found(tmp_path, "wandb==0.12.21\n")
    assert message.startswith("requirements.txt allows wandb up to 0.12.21 only")


@pytest.mark.parametrize("line", ["-e .", "./lib", "torch==2.1.0+cu118", "a @ file:///a"])
def test_what_other_machines_do_not_have(tmp_path: Path, line: str) -> None:
    (message,) = found(tmp_path, f"wandb\n{line}\n")
    assert message == f"requirements.txt names what other machines don't have: {line}"


def test_the_requirements_of_a_repository_are_at_its_top(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "requirements.txt").write_text("torch\n")
    assert len(found_beside("JR601", TEXT, tmp_path, "src/train.py")) == 1


def test_a_project_that_makes_jobs_needs_requirements(tmp_path: Path) -> None:
    text = f"import wandb\n\nwandb.init({ON})\n"
    (message,) = found(tmp_path, None, text)
    assert message.startswith("there is no requirements.txt")


def test_a_changed_file_is_seen_by_the_second_run(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TEXT)
    (tmp_path / "pyproject.toml").write_text("[tool.jobready]\n")
    codes = []
    for requirements in ("torch\n", "torch\nwandb\n"):
        (tmp_path / "requirements.txt").write_text(requirements)
        with pytest.raises(SystemExit) as ended:
            main(
                [
                    "check",
                    "--select=JR601",
                    "--config",
                    f"{tmp_path}/pyproject.toml",
                    str(tmp_path),
                ]
            )
        codes.append(ended.value.code)
    assert codes == [1, 0]


@pytest.mark.parametrize(
    "requirements",
    ["wandb\n", "torch\nWandb[launch]>=0.17\n", "-r more.txt\n", None],
)
def test_good_requirements_or_none_of_anybodys_concern(
    tmp_path: Path, requirements: str | None
) -> None:
    assert found(tmp_path, requirements) == []


def test_a_library_need_not_require_wandb(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\ndependencies = ['torch']\n")
    assert found(tmp_path, None) == []


def test_a_dockerfile_of_its_own_installs_what_it_likes(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile.wandb").write_text("FROM python\n")
    assert found(tmp_path, "torch\n") == []


def test_a_module_is_no_script(tmp_path: Path) -> None:
    assert found(tmp_path, "torch\n", "import wandb\n\ndef go():\n    wandb.init()\n") == []
