"""The options of a Lightning 1.x Trainer: their names aren't known, their values count."""

from __future__ import annotations

import argparse
import sys
from types import ModuleType
from typing import Any

import pytest
from wandb.util import json_friendly_val

from jobready.outcome import Rewritten
from tests.contract.in_process import Runs
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import pytorch_lightning as pl
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser = pl.Trainer.add_argparse_args(parser)
args = parser.parse_args()
print(args.lr, args.gpus)
wandb.init(config=args)
"""


def str_to_bool(text: str) -> bool:
    lower = text.lower()
    if lower in ("y", "yes", "t", "true", "on", "1"):
        return True
    if lower in ("n", "no", "f", "false", "off", "0"):
        return False
    raise ValueError(f"invalid truth value {lower}")


def str_to_bool_or_str(text: str) -> bool | str:
    try:
        return str_to_bool(text)
    except ValueError:
        return text


def str_to_bool_or_int(text: str) -> bool | int | str:
    found = str_to_bool_or_str(text)
    try:
        return found if isinstance(found, bool) else int(found)
    except ValueError:
        return found


def gpus(text: str) -> int | str:
    return text if "," in text else int(text)


def int_or_float(text: str) -> int | float:
    return float(text) if "." in str(text) else int(text)


def precision(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def default_of_gpus() -> None:
    """The default of --gpus in 1.0."""


SWITCH: dict[str, Any] = {"nargs": "?", "const": True}
# What `add_argparse_args` of 1.0.8, 1.5.10 and 1.9.5 makes of the parameters of a Trainer.
OPTIONS: dict[str, dict[str, Any]] = {
    "logger": {"default": True, "type": str_to_bool, **SWITCH},
    "fast_dev_run": {"default": False, "type": str_to_bool_or_int, **SWITCH},
    "profiler": {"default": None, "type": str_to_bool_or_str, **SWITCH},
    "benchmark": {"default": None, "type": str_to_bool, **SWITCH},
    "gpus": {"default": default_of_gpus, "type": gpus},
    "max_epochs": {"default": None, "type": int},
    "gradient_clip_val": {"default": 0.0, "type": int_or_float},
    "limit_train_batches": {"default": 1.0, "type": int_or_float},
    "precision": {"default": 32, "type": precision},
    "accelerator": {"default": None, "type": str},
}


class Trainer:
    @classmethod
    def add_argparse_args(cls, parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
        group = parser.add_argument_group("pl.Trainer")
        for name, settings in OPTIONS.items():
            group.add_argument(f"--{name}", dest=name, **settings)
        return parser


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    lightning: Any = ModuleType("pytorch_lightning")
    lightning.Trainer = Trainer
    monkeypatch.setitem(sys.modules, "pytorch_lightning", lightning)
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    return Runs(SCRIPT, outcome.text, monkeypatch)


@pytest.mark.parametrize(
    ("argv", "launched"),
    [
        ("--logger False", {"logger": False}),
        ("--fast_dev_run", {"fast_dev_run": True}),
        ("--fast_dev_run 7", {"fast_dev_run": 7}),
        ("--profiler simple", {"profiler": "simple"}),
        ("--profiler true", {"profiler": True}),
        ("--benchmark False", {"benchmark": False}),
        ("--gpus 2", {"gpus": 2}),
        ("--gpus 0,1", {"gpus": "0,1"}),
        ("--gpus -1", {"gpus": -1}),
        ("--max_epochs 3 --lr 0.5", {"max_epochs": 3, "lr": 0.5}),
        ("--gradient_clip_val 0.5", {"gradient_clip_val": 0.5}),
        ("--limit_train_batches 10", {"limit_train_batches": 10}),
        ("--precision bf16", {"precision": "bf16"}),
        ("--precision 16", {"precision": 16}),
        ("--accelerator gpu", {"accelerator": "gpu"}),
    ],
)
def test_a_launched_value_counts_as_on_the_command_line(
    runs: Runs, argv: str, launched: dict[str, Any]
) -> None:
    expected = runs.before(argv)
    assert runs.after("", launched) == expected
    contrary = "--lr 7 --max_epochs 9 --logger --precision 64 --gpus 8 --profiler x"
    others = {**runs.before(contrary), **{name: expected[name] for name in launched}}
    assert runs.after(contrary, launched) == others
    assert runs.after(argv) == expected


@pytest.mark.parametrize("argv", ["", "--gpus 2 --logger False", "--profiler simple"])
def test_a_clone_has_what_the_run_had(runs: Runs, argv: str) -> None:
    ran = runs.before(argv)
    shown = {name: json_friendly_val(value) for name, value in ran.items()}
    shown |= {"gradient_clip_val": 0, "limit_train_batches": 1}  # as W&B hands these back
    assert runs.after("", shown) == ran


@pytest.mark.parametrize(
    "launched", [{"max_epochs": "many"}, {"logger": "perhaps"}, {"gpus": [0, 1]}]
)
def test_any_other_value_stops_the_script_by_name(
    runs: Runs, launched: dict[str, Any]
) -> None:
    assert f"argument {next(iter(launched))}" in runs.refusal("", launched).replace(
        "--", ""
    )
