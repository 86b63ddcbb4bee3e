"""A script whose run starts in a file that no import of its leads to keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contract.migrating import migrate
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import importlib
import json

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--data", required=True)
parser.add_argument("--amp", action="store_true")
parser.add_argument("--layers", type=int, nargs="+", default=[1])
parser.add_argument("--logger", default="tracking")
args = parser.parse_args()
logger = importlib.import_module(args.logger).Logger({"kind": "own", "lr": 7})
print(json.dumps(vars(args)))
"""
TRACKING = """\
import wandb


class Logger:
    def __init__(self, config):
        self.run = wandb.init(project="mine", config=config)
"""


def before_and_after(script: str, folder: Path, tracking: str = TRACKING) -> list[Path]:
    """A script, and a migrated copy of it."""
    paths = [folder / name / "train.py" for name in ("before", "after")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(script)
        path.with_name("tracking.py").write_text(tracking)
    report = migrate("--run-in", paths[1].with_name("tracking.py"), paths[1])
    assert {file["outcome"] for file in report["files"]} == {"rewritten"}
    return paths


def test_a_run_in_a_file_that_is_named(tmp_path: Path) -> None:
    before, after = before_and_after(SCRIPT, tmp_path)
    argv = ["--data", "a", "--layers", "2", "3"]
    plain = run(after, argv)
    assert plain.trained_with == run(before, argv).trained_with
    shown = {"data": "a", "lr": 0.1, "amp": False, "layers": [2, 3], "logger": "tracking"}
    assert plain.config is not None
    assert {k: plain.config[f"args/{k}"] for k in shown} == shown
    assert {k: plain.config[k] for k in ("kind", "lr")} == {"kind": "own", "lr": 7}

    values = {"lr": 0.5, "amp": True, "data": "b", "layers": [4]}
    launched = run(after, argv, launched={f"args/{k}": v for k, v in values.items()})
    assert launched.trained_with == {**values, "logger": "tracking"}
    alone = run(after, [], launched={"data": "c"})
    assert alone.trained_with["data"] == "c"
    cloned = run(after, [], launched=plain.config)
    assert json.dumps(cloned.trained_with) == json.dumps(plain.trained_with)


FILES = SCRIPT.replace('"--data", required=True', '"data", nargs="*"')
CHILD = 'import subprocess\nsubprocess.run(["true"], check=True)\n'


def test_files_of_which_a_run_is_given_some(tmp_path: Path) -> None:
    before, after = before_and_after(FILES + CHILD, tmp_path)
    for argv in (["a.txt", "b c.txt"], []):
        plain = run(after, argv)
        assert plain.trained_with == run(before, argv).trained_with
        assert plain.config is not None
        assert plain.config["args/data"] == argv
        cloned = run(after, ["other.txt"], launched=plain.config)
        assert json.dumps(cloned.trained_with) == json.dumps(plain.trained_with)
    launched = run(after, ["a.txt"], launched={"args/data": ["b", "c"]})
    assert launched.trained_with["data"] == ["b", "c"]


def test_more_files_than_a_variable_can_hold(tmp_path: Path) -> None:
    before, after = before_and_after(FILES + CHILD, tmp_path)
    argv = [f"data/part \u00e9 {number}.txt" for number in range(10_000)]
    plain = run(after, argv)
    assert plain.exit_code == 0, plain.stderr  # its child starts too
    assert plain.trained_with == run(before, argv).trained_with
    assert plain.config is not None
    assert plain.config["args/data"] == {"too long": len(ascii(argv))}
    for words in ([], argv[:2]):
        cloned = run(after, words, launched=plain.config)
        assert cloned.exit_code == 2
        assert "argument data: invalid W&B config: {'too long'" in cloned.stderr
    some = {**plain.config, "args/data": ["a"]}
    assert run(after, argv, launched=some).trained_with["data"] == ["a"]


RETURNING = """\
import wandb


def start(config):
    return wandb.init(project="mine", config=config)


class Logger:
    def __init__(self, config):
        self.run = start(config)
        assert self.run is wandb.run
"""


def test_a_run_that_a_function_returns(tmp_path: Path) -> None:
    before, after = before_and_after(SCRIPT, tmp_path, RETURNING)
    argv = ["--data", "a", "--amp"]
    plain = run(after, argv)
    assert plain.trained_with == run(before, argv).trained_with
    assert plain.config is not None
    assert (plain.config["args/data"], plain.config["args/amp"]) == ("a", True)
    cloned = run(after, ["--data", "b"], launched={**plain.config, "args/lr": 0.5})
    assert cloned.trained_with == {**plain.trained_with, "lr": 0.5}


def test_texts_that_a_type_makes_of_others(tmp_path: Path) -> None:
    parser = 'parser.add_argument("--amp", type=str.lower, choices=["o1", "o2"], '
    script = SCRIPT.replace(
        'parser.add_argument("--amp", action="store_true")', f'{parser}default="O1")'
    )
    before, after = before_and_after(script, tmp_path)
    for words in ([], ["--amp", "O2"], ["--amp", "o1"]):
        argv = ["--data", "a", *words]
        plain = run(after, argv)
        assert plain.trained_with == run(before, argv).trained_with
        cloned = run(after, ["--amp", "O2"], launched=plain.config)
        assert json.dumps(cloned.trained_with) == json.dumps(plain.trained_with)
    for launched in ("O1", "o2"):
        expected = run(before, ["--data", "a", "--amp", launched]).trained_with
        ended = run(after, ["--data", "a"], launched={"args/amp": launched})
        assert ended.trained_with == expected
    for wrong in ("o3", 3):
        ended = run(after, ["--data", "a"], launched={"args/amp": wrong})
        assert ended.exit_code == 2
        assert "--amp" in ended.stderr or "argument amp" in ended.stderr
