"""Scripts that offer a sweep beside the run that a framework starts for them."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import check_noop, check_refused, check_rewritten, migrated

SCRIPT = """\
import argparse

import pytorch_lightning as pl
import wandb
from pytorch_lightning.loggers import WandbLogger

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--sweep", action="store_true")


def main(args, width=8):
    logger = WandbLogger(project="own")
    pl.Trainer(logger=logger).fit(Net(args.lr, width))


def swept():
    with wandb.init():
        main(args, wandb.config["width"])


args = parser.parse_args()
if args.sweep:
    wandb.agent("sweep", function=swept)
else:
    main(args)
"""
HEAD = """\
import argparse
import os
import sys

import pytorch_lightning as pl
import wandb
from pytorch_lightning.loggers import WandbLogger


<job_args>


parser"""
LEFT = "a sweep whose runs take their values from wandb.config"


def test_the_run_beside_a_sweep_is_migrated_and_the_sweep_is_left() -> None:
    before, below = SCRIPT.split("parser", 1)
    parse = "parse_args(sys.argv[1:] + job_args(parser))"
    after = HEAD + below.replace("parse_args()", parse)
    check_rewritten(before + "parser" + below, after, "argv")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("function=swept", "count=3, function=swept"),
        ("function=swept", "swept"),
        ('main(args, wandb.config["width"])', "main(args, **wandb.config)"),
        ("main(args, wandb", "args.lr = wandb.config.lr\n        main(args, wandb"),
        ("with wandb.init():", "with wandb.init(config=load()):"),
    ],
)
def test_the_sweep_may_be_any_that_takes_its_values_itself(old: str, new: str) -> None:
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Rewritten), outcome
    assert new in outcome.text
    assert "args = parser.parse_args(sys.argv[1:] + job_args(parser))" in outcome.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("else:\n    main(args)\n", ""),  # no run beside it
        ("else:\n    main(args)\n", "else:\n    swept()\n"),  # which is the sweep's
        ("else:\n    main(args)\n", "else:\n    wandb.init()\n    main(args)\n"),
        ("function=swept", "function=lambda: swept()"),
        ("function=swept", "function=functions[0]"),
        ('logger = WandbLogger(project="own")', "logger = None"),  # no other run
        ("else:\n", "    wandb.agent('other', function=train)\nelse:\n"),
    ],
)
def test_a_sweep_that_may_be_all_there_is_is_left_alone(old: str, new: str) -> None:
    assert old in SCRIPT
    check_noop(SCRIPT.replace(old, new), LEFT)


def test_a_sweep_that_gives_the_arguments_their_values_is_another_matter() -> None:
    script = SCRIPT.replace("init()", "init(config=args)")
    script = script.replace(', wandb.config["width"]', "")
    check_refused(script, "args is read before wandb.init has the sweep's values", 14)
