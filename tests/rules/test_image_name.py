"""JR504: an image that agents can't pull, or that isn't the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, found_beside, repository

TEXT = f"import wandb\n\nwandb.init({ON})\n"
DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (
            "team/img:v1",
            ["team/img:v1 names no registry, so that agents look on Docker Hub"],
        ),
        ("reg.io/img", ["reg.io/img has no tag: the job's image changes with every push"]),
        (
            f"reg.io/img@{DIGEST}",
            ["the digest becomes an alias, and the name of the job ends in its algorithm"],
        ),
        ("Team Image", ["'Team Image' is no name of an image"]),
    ],
)
def test_an_image_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, image: str, said: list[str]
) -> None:
    monkeypatch.setenv("WANDB_DOCKER", image)
    assert [m for _, m in found_beside("JR504", TEXT, tmp_path)] == said


def test_an_image_of_the_script_is_found_where_it_stands(tmp_path: Path) -> None:
    text = f"import os\nos.environ['WANDB_DOCKER'] = 'a.io/img'\n{TEXT}"
    ((line, _),) = found_beside("JR504", text, tmp_path)
    assert line == 2


@pytest.mark.parametrize(
    "image", ["reg.io/team/img:v1", "localhost:5000/img:v1", "reg.io:5000/a/b/c:2024.1"]
)
def test_an_image_that_can_be_pulled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, image: str
) -> None:
    monkeypatch.setenv("WANDB_DOCKER", image)
    assert found_beside("JR504", TEXT, tmp_path) == []


def test_a_job_of_the_repository_has_no_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path)
    monkeypatch.setenv("WANDB_DOCKER", "img")
    assert found_beside("JR504", TEXT, tmp_path) == []


def test_no_run_makes_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_DOCKER", "img")
    assert found_beside("JR504", TEXT.replace(ON, ""), tmp_path) == []
