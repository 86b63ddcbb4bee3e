"""A script whose run a framework starts keeps the contract once it is migrated.

accelerate itself needs torch; in its place stands what its tracker for W&B does (read in
accelerate 1.15: ``wandb.init(project=…)``, then ``wandb.config.update``), with the real
SDK.
"""

from __future__ import annotations

from pathlib import Path

from tests.contract.migrating import migrated_copies
from tests.contract.running import run

ACCELERATE = """\
import wandb


class Accelerator:
    def __init__(self, log_with):
        self.tracks = log_with in ("wandb", "all")

    def init_trackers(self, project_name, config):
        if self.tracks:
            wandb.init(project=project_name)
            wandb.config.update(config, allow_val_change=True)
"""
SCRIPT = """\
import argparse
import json

from accelerate import Accelerator

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--data", required=True)
parser.add_argument("--amp", action="store_true")
parser.add_argument("--report-to", default="tensorboard", choices=["tensorboard", "wandb"])
args = parser.parse_args()
accelerator = Accelerator(log_with=args.report_to)
accelerator.init_trackers("mine", config=vars(args))
print(json.dumps(vars(args)))
"""


def test_accelerate(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(SCRIPT)
    migrated = tmp_path / "migrated"
    migrated_copies([script], migrated)
    for folder in (tmp_path, migrated):
        (folder / "accelerate.py").write_text(ACCELERATE)
    after = migrated / "train.py"
    argv = ["--data", "a", "--report-to", "wandb", "--lr", "1"]
    before = run(script, argv)
    assert run(after, argv).trained_with == before.trained_with

    values = {"lr": 0.5, "amp": True, "data": "b", "report_to": "wandb"}
    launched = run(after, argv, launched=values)
    assert launched.trained_with == values
    assert launched.config == values
    clone = run(after, launched=before.config)
    assert clone.trained_with == before.trained_with
    assert run(after, ["--data", "a"]).config is None  # it isn't told to track
