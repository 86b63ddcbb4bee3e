"""A script that puts the folder of its modules on ``sys.path`` keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate
from tests.contract.running import run

pytestmark = pytest.mark.contract

TRAIN = """\
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from core.engine import Engine
from core.options import options

args = options()
Engine(args)
print(json.dumps(vars(args)))
"""
OPTIONS = """\
import argparse


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--name")
    return parser.parse_args()
"""
ENGINE = """\
import wandb


class Engine:
    def __init__(self, args):
        self.run = wandb.init(project="path", config=args)
"""


def tree(folder: Path, train: str) -> Path:
    """A script with its modules, and the path of the script."""
    core, scripts = folder / "core", folder / "scripts"
    for each in (core, scripts):
        each.mkdir(parents=True)
    (core / "options.py").write_text(OPTIONS)
    (core / "engine.py").write_text(ENGINE)
    (core / "__init__.py").write_text("")
    (scripts / "train.py").write_text(train)
    return scripts / "train.py"


def test_the_modules_of_a_folder_that_it_adds(tmp_path: Path) -> None:
    before, after = tree(tmp_path / "before", TRAIN), tree(tmp_path / "after", TRAIN)
    report = migrate(tmp_path / "after")
    outcomes = {Path(f["path"]).name: f["outcome"] for f in report["files"]}
    assert outcomes["options.py"] == "rewritten", report
    expected = run(before, ["--lr", "0.5", "--name", "x"]).trained_with
    plain = run(after, ["--lr", "0.5", "--name", "x"])
    assert plain.trained_with == expected
    job = run(after, ["--lr", "7"], launched={"lr": 0.5, "name": "x"})
    assert job.trained_with == expected
    assert plain.config is not None
    assert run(after, [], launched=plain.config).trained_with == expected


@pytest.mark.parametrize("folder", ['".."', "sys.prefix", "str(Path.cwd())"])
def test_folders_that_only_a_run_tells_are_left_alone(tmp_path: Path, folder: str) -> None:
    train = TRAIN.replace("str(Path(__file__).resolve().parent.parent)", folder)
    tree(tmp_path, train)
    report = migrate(tmp_path)
    assert all(f["outcome"] != "rewritten" for f in report["files"]), report
