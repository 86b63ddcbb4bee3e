"""JR406: the script can only be started as a module, which W&B finds no path for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import ON, found_beside, repository

TEXT = f"""\
import wandb

from .model import build

if __name__ == "__main__":
    wandb.init({ON})
"""


def found(folder: Path, text: str) -> list[int]:
    repository(folder)
    return [line for line, _ in found_beside("JR406", text, folder, "package/train.py")]


def test_a_relative_import_at_the_top(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT) == [3]


def test_a_relative_import_of_the_main_program(tmp_path: Path) -> None:
    text = TEXT.replace("from .model import build\n", "")
    assert found(tmp_path, text + "    from . import model\n") == [6]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(".model", "package.model"),
        TEXT.replace(ON, ""),
        TEXT.replace("from .model", "def late():\n    from .model"),
        TEXT.replace("from .model", "try:\n    from .model").replace(
            "build\n", "build\nexcept ImportError:\n    from model import build\n"
        ),
        TEXT.replace('if __name__ == "__main__"', "def start()"),
    ],
    ids=["absolute", "no-job", "in-a-function", "caught", "module"],
)
def test_a_file_that_can_be_started(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_an_image_has_its_own_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_DOCKER", "a.io/b:v1")
    text = TEXT.replace("=False", "=False, job_source='image'")
    assert found(tmp_path, text) == []
