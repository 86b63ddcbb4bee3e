"""A script whose run a framework starts keeps the contract once it is migrated.

accelerate itself needs torch; in its place stands what its tracker for W&B does (read in
accelerate 1.15: ``wandb.init(project=…)``, then ``wandb.config.update``), with the real
SDK.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import beside, migrated_copies
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
    script, after = beside(tmp_path, SCRIPT, accelerate=ACCELERATE)
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


FACTORY = """\
import wandb


def make_trainer(report_to, num_train_epochs, seed):
    wandb.init(project="mine")
    wandb.config.update({"num_train_epochs": 2 * num_train_epochs, "seed": seed})
"""
HANDED_ON = """\
import argparse
import json

from training_kit import make_trainer

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=float, default=1.5)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
make_trainer(report_to="wandb", num_train_epochs=args.epochs, seed=args.seed)
print(json.dumps(vars(args)))
"""


@pytest.mark.contract
def test_a_clone_of_what_a_function_elsewhere_made_of_a_parameter(tmp_path: Path) -> None:
    script, after = beside(tmp_path, HANDED_ON, training_kit=FACTORY)
    before = run(script, ["--seed", "7"])
    assert before.config == {"num_train_epochs": 3, "seed": 7}
    clone = run(after, launched=before.config)
    assert clone.trained_with == before.trained_with
    launched = run(after, launched={"epochs": 4, "seed": 8})
    assert launched.trained_with == {"epochs": 4.0, "seed": 8}


TRAINER = """\
import wandb


class TextTrainer:
    def __init__(self, lr):
        self.lr = lr

    def train(self):
        wandb.config.update({"lr": 2 * self.lr}, allow_val_change=True)
"""
TRAINED = """\
import argparse
import json

import wandb
from training_kit import TextTrainer

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1.5)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
wandb.init(config=args)
trainer = TextTrainer(args.lr)
trainer.train()
print(json.dumps({"lr": args.lr, "seed": args.seed}))
"""


@pytest.mark.contract
def test_what_a_trainer_records_in_a_run_of_the_script_is_no_argument(
    tmp_path: Path,
) -> None:
    script, after = beside(tmp_path, TRAINED, training_kit=TRAINER)
    for argv in ([], ["--lr", "0.5"]):
        assert run(after, argv).trained_with == run(script, argv).trained_with
    launched = run(after, launched={"lr": 4.0, "seed": 8})
    assert launched.trained_with == {"lr": 4.0, "seed": 8}


LOOP = """\
import wandb


def fit(lr):
    {}
"""
FITTED = TRAINED.replace("import TextTrainer", "import fit").replace(
    "trainer = TextTrainer(args.lr)\ntrainer.train()", "fit(args.lr)"
)


@pytest.mark.contract
@pytest.mark.parametrize(
    ("line", "argv"),
    [
        ('wandb.config.update({"lr": 2 * lr}, allow_val_change=True)', True),
        ('wandb.run.config["lr"] = lr if lr is None else lr', True),
        ("from transformers import Trainer as Loop", True),
        ('wandb.log({"lr": lr})', False),
        ('print("Trainer", lr)', False),
        ("class Trainer: rate = lr", False),
    ],
)
def test_a_module_of_the_repository_that_may_write_to_the_runs_config(
    tmp_path: Path, line: str, argv: bool
) -> None:
    script, kit = tmp_path / "train.py", tmp_path / "training_kit.py"
    script.write_text(FITTED)
    kit.write_text(LOOP.format(line))
    folder = tmp_path / "migrated"
    migrated_copies([script, kit], folder)
    after = folder / "train.py"
    assert ("job_args(parser)" in after.read_text()) is argv
    assert ("args = wandb.config" in after.read_text()) is not argv
    if "transformers" in line:
        return
    given = ["--lr", "0.5"]
    assert run(after, given).trained_with == run(script, given).trained_with
    launched = run(after, launched={"lr": 4.0, "seed": 8})
    assert launched.trained_with == {"lr": 4.0, "seed": 8}


TRL = """\
import wandb


class SFTConfig:
    def __init__(self, report_to, **fields):
        self.report_to, self.fields = report_to, fields


class SFTTrainer:
    def __init__(self, args):
        if args.report_to in ("wandb", "all"):
            wandb.init(project="mine")
            wandb.config.update(args.fields)
"""
KEPT = """\
import argparse
import json
from dataclasses import dataclass

from trl import SFTConfig, SFTTrainer


@dataclass
class Config:
    rate: float
    length: int
    report_to: str


def train(config):
    own = SFTConfig(
        learning_rate=config.rate, max_length=config.length, report_to=config.report_to
    )
    SFTTrainer(own)
    print(json.dumps(vars(config)))


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--length", type=int, default=8)
parser.add_argument("--report-to", default="wandb")
args = parser.parse_args()
train(Config(rate=args.lr, length=args.length, report_to=args.report_to))
"""


def test_an_object_of_the_scripts_own_keeps_the_word(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(KEPT)
    migrated = tmp_path / "migrated"
    migrated_copies([script], migrated)
    for folder in (tmp_path, migrated):
        (folder / "trl.py").write_text(TRL)
    after = migrated / "train.py"
    before = run(script, ["--lr", "0.5", "--length", "4"])
    assert before.config == {"learning_rate": 0.5, "max_length": 4}
    assert run(after, launched=before.config).trained_with == before.trained_with
    launched = run(after, launched={"lr": 0.5, "length": 4})
    assert launched.trained_with == before.trained_with
    assert run(after).trained_with == {"rate": 0.1, "length": 8, "report_to": "wandb"}
