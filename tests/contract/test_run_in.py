"""A script whose run starts in a file that no import of its leads to keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path

from tests.contract.migrating import migrate
from tests.contract.running import run

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


def test_a_run_in_a_file_that_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path / "before", tmp_path / "after"):
        folder.mkdir()
        (folder / "train.py").write_text(SCRIPT)
        (folder / "tracking.py").write_text(TRACKING)
    before, after = tmp_path / "before" / "train.py", tmp_path / "after" / "train.py"
    report = migrate("--run-in", after.with_name("tracking.py"), after)
    assert {file["outcome"] for file in report["files"]} == {"rewritten"}

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
