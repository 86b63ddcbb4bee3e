"""Options that a library adds to the parser: DeepSpeed's are known, others aren't."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from jobready.script.model import Script
from jobready.script.read import read
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import deepspeed
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
ADD
args = parser.parse_args()
print(args.lr, args.deepspeed_config)
wandb.init(config=args)
"""
ADD = "parser = deepspeed.add_config_arguments(parser)"


@pytest.mark.parametrize(
    ("add", "replace"),
    [
        (ADD, ("", "")),
        ("deepspeed.add_config_arguments(parser)", ("", "")),
        (
            "parser = add_config_arguments(parser)",
            ("import deepspeed", "from deepspeed import add_config_arguments"),
        ),
        ("parser = ds.add_config_arguments(parser)", ("deepspeed\n", "deepspeed as ds\n")),
    ],
)
def test_those_of_deepspeed(add: str, replace: tuple[str, str]) -> None:
    outcome = migrated(SCRIPT.replace(*replace, 1).replace("ADD", add))
    assert isinstance(outcome, Rewritten), outcome
    assert outcome.forms == ("argv",)
    assert "kind is bool" in outcome.text  # a switch that is turned off


def test_what_they_are() -> None:
    script = read(SCRIPT.replace("ADD", ADD))
    assert isinstance(script, Script)
    found = {p.flags: (p.action, p.type, p.default, p.nargs) for p in script.parameters}
    assert found.pop(("--lr",))[0] == "store"
    assert found == {
        ("--deepspeed",): ("store_true", None, False, 0),
        ("--deepspeed_config",): ("store", "str", None, None),
        ("--deepscale",): ("store_true", None, False, 0),
        ("--deepscale_config",): ("store", "str", None, None),
    }


@pytest.mark.parametrize(
    "add",
    [
        "parser = deepspeed.add_tuning_arguments(parser)",
        "parser = library.add_config_arguments(parser)",
        "deepspeed.ops.add_config_arguments(parser)",
        "from horovod import add_config_arguments\nadd_config_arguments(parser)",
        f"{ADD}\nmore(parser)",
    ],
)
def test_those_of_others_are_not_known(add: str) -> None:
    outcome = migrated(SCRIPT.replace("ADD", add))
    assert isinstance(outcome, Refused), outcome
    assert "which may add parameters" in outcome.reasons[0].message


TRAINER = """\
import argparse
import pytorch_lightning as pl
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser = pl.Trainer.add_argparse_args(parser)
args = parser.parse_args()
print(args.lr)
wandb.init(config=args)
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("parser = pl.Trainer", "pl.Trainer"),
        ("(parser)", "(parser, use_argument_group=False)"),
        ("pytorch_lightning as pl", "lightning.pytorch as pl"),
        ("config=args", "config=vars(args)"),
        ("config=args", 'config={**vars(args), "seed": 1}'),
    ],
)
def test_those_of_a_trainer_of_lightning(old: str, new: str) -> None:
    outcome = migrated(TRAINER.replace(old, new))
    assert isinstance(outcome, Rewritten), outcome
    assert "kind is bool" in outcome.text


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("pl.Trainer.add", "pl.Model.add", "which may add parameters"),
        ("pl.Trainer.add", "Trainer.add", "which may add parameters"),
        ("pytorch_lightning as", "lightning_fabric as", "which may add parameters"),
        ("add_argparse_args", "add_other_args", "which may add parameters"),
        ("config=args", 'config={"lr": args.lr}', "can't tell under which name"),
    ],
)
def test_what_isnt_known_of_a_trainer(old: str, new: str, cause: str) -> None:
    outcome = migrated(TRAINER.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert cause in outcome.reasons[0].message


def test_a_setting_of_a_trainer_that_a_run_shows_otherwise() -> None:
    outcome = migrated(
        TRAINER.replace("config=args", 'config={**vars(args), "devices": 2}')
    )
    assert isinstance(outcome, Rewritten), outcome
    told = [r.message for r in outcome.reasons]
    assert "note: the run shows another value as devices" in told
