"""JR302: a script logs to W&B and nothing starts a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import found_in_project

SCRIPT = """\
import wandb
from model import train


def main():
    train()
    wandb.log({"loss": 0.1})


if __name__ == "__main__":
    main()
"""
MODEL = "import torch\n\ndef train():\n    torch.step()\n"


def test_neither_the_script_nor_what_it_imports_starts_a_run(tmp_path: Path) -> None:
    files = {"train.py": SCRIPT, "model.py": MODEL}
    ((name, finding),) = found_in_project("JR302", files, tmp_path)
    assert (name, finding.place.line) == ("train.py", 7)
    assert finding.message == "wandb.log() needs a run, and nothing here calls wandb.init"


def test_modules_are_followed_by_their_imports(tmp_path: Path) -> None:
    files = {
        "train.py": SCRIPT,
        "model.py": "from parts.layer import x\n" + MODEL,
        "parts/__init__.py": "",
        "parts/layer.py": "x = 1\n",
    }
    assert len(found_in_project("JR302", files, tmp_path)) == 1


@pytest.mark.parametrize(
    ("script", "model"),
    [
        (SCRIPT, MODEL + "\nimport wandb\nwandb.init()\n"),
        (SCRIPT, MODEL + "\nfrom lightning.pytorch.loggers import WandbLogger\n"),
        (SCRIPT, "from far.away import train\n"),
        (SCRIPT.replace("main():", "main():\n    wandb.init()"), MODEL),
        (SCRIPT.replace('wandb.log({"loss": 0.1})', "wandb.Api()"), MODEL),
        (SCRIPT.replace("__main__", "train"), MODEL),
        (SCRIPT.replace("import wandb\n", "import wandb\nimport mytracking\n"), MODEL),
    ],
    ids=["module", "logger", "unseen", "script", "api", "no-entry", "library"],
)
def test_a_run_that_something_may_start(tmp_path: Path, script: str, model: str) -> None:
    files = {"train.py": script, "model.py": model}
    assert found_in_project("JR302", files, tmp_path) == []
