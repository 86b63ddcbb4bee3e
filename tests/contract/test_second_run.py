"""A parameter that is taken out before a run starts is shown by it, and by a second one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jobready.project.modules import look_again
from tests.cli.calling import jobready
from tests.contract.running import run

pytestmark = pytest.mark.contract

TRAIN = """\
import argparse
import wandb
from lib.runner import Runner
from lib.settings import Settings

parser = argparse.ArgumentParser()
parser.add_argument("--exp", default="a")
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--runs", type=int, default=1)
args = parser.parse_args()
words = [args.exp, args.lr]
options = vars(args)
exp = options.pop("exp")
settings = Settings(exp)
if args.runs != 2:
    wandb.init(project="first", config=vars(settings))
if args.runs != 1:
    Runner(exp)
print(json.dumps(words))
"""
RUNNER = """\
import wandb


class Runner:
    def __init__(self, exp):
        wandb.init(project="second", config={"workers": 4})
"""
SETTINGS = "class Settings:\n    def __init__(self, exp):\n        self.depth = len(exp)\n"


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_a_clone_gets_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    (tmp_path / "lib").mkdir()
    for name, text in (
        ("train.py", TRAIN.replace("import wandb", "import json\nimport wandb", 1)),
        ("lib/__init__.py", ""),
        ("lib/runner.py", RUNNER),
        ("lib/settings.py", SETTINGS),
    ):
        (tmp_path / name).write_text(text)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    look_again()
    words = ["--exp", "bcd", "--lr", "0.5", f"--runs={runs}"]
    expected = run(tmp_path / "train.py", words).trained_with
    assert jobready("migrate", ".").exit_code == 0
    said = (tmp_path / "train.py").read_text()
    assert said.count("RUN_PARAMETERS") == 2  # left once, and taken once
    plain = run(tmp_path / "train.py", words)
    assert plain.trained_with == expected
    assert plain.config is not None
    assert run(tmp_path / "train.py", [], launched=plain.config).trained_with == expected
