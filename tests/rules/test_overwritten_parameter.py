"""JR111: a parameter is changed by its own value before it is recorded."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

HEAD = """\
import argparse
import os

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--out", default="out")
args = parser.parse_args()
"""
RUN = "wandb.init(config=args)\nprint(args.lr, args.out)\n"


@pytest.mark.parametrize(
    "change",
    [
        "args.lr *= 2",
        "args.lr = args.lr * world_size / 8",
        "args.out = os.path.join(args.out, name)",
        "args.out = f'{args.out}_{name}'",
        "args.out += '/' + name",
        "args.out = args.out + '/' + name",
    ],
)
def test_a_change_that_a_clone_does_again(change: str) -> None:
    ((line, column, message),) = found("JR111", HEAD + change + "\n" + RUN)
    assert (line, column) == (10, 1)
    assert "a clone of it does that again" in message


@pytest.mark.parametrize(
    "change",
    [
        "lr = args.lr * 2",
        "if args.lr is None:\n    args.lr = 0.1",
        "args.out = os.path.abspath(args.out)",
        "args.lr = float(args.lr)",
        "args.lr = 0.2",
        "args.steps = args.lr * 10",
        "args.out = args.out.lower()",
        "args.lr = min(args.lr, 1)",
    ],
)
def test_a_change_that_repeats_harmlessly(change: str) -> None:
    assert_clean("JR111", HEAD + change + "\n" + RUN)


@pytest.mark.parametrize(
    "rest",
    [
        RUN + "args.lr *= 2\n",
        "args.lr *= 2\nprint(args.lr)\n",
        "args.lr *= 2\nwandb.init(config={'out': args.out})\nprint(args.lr)\n",
    ],
    ids=["behind", "no-run", "other-keys"],
)
def test_a_change_that_the_run_does_not_show(rest: str) -> None:
    assert_clean("JR111", HEAD + rest)
