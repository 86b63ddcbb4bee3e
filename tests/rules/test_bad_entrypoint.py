"""JR408: the job of a run of wandb 0.19 or newer names a program that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, found_beside, found_in_project, repository

TEXT = f"import wandb\n\nwandb.init({ON})\n"


def test_the_entrypoint_is_no_program(tmp_path: Path) -> None:
    repository(tmp_path)
    ((line, message),) = found_beside("JR408", TEXT, tmp_path)
    assert line == 3
    assert message.startswith("a run's job starts 'python")
    assert message.endswith("', which is no program")


def test_the_roads_that_work_are_named(tmp_path: Path) -> None:
    repository(tmp_path)
    ((_, finding),) = found_in_project("JR408", {"train.py": TEXT}, tmp_path)
    for word in ("entry point", "wandb job create", "wandb launch -u", "image"):
        assert word in str(finding.no_fix)


def test_wandb_0_18_writes_a_program(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "requirements.txt").write_text("wandb==0.18.7\n")
    assert found_beside("JR408", TEXT, tmp_path) == []


def test_an_image_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_DOCKER", "a.io/b:v1")
    assert found_beside("JR408", TEXT, tmp_path) == []


@pytest.mark.parametrize("text", [TEXT.replace(ON, ""), TEXT.replace("False", "True")])
def test_no_run_makes_a_job(tmp_path: Path, text: str) -> None:
    repository(tmp_path)
    assert found_beside("JR408", text, tmp_path) == []
