"""A run that shows what the last of several parses gives keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import copy
import json
import sys

import wandb


def first_stage(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("--env", required=True)
    parser.add_argument("--lr", type=float, default=1.0)
    args, _ = parser.parse_known_args(argv)
    return parser, args


def last_stage(parser, argv=None):
    if argv is None:
        argv = sys.argv[1:]
    again = copy.deepcopy(parser)
    args = parser.parse_args(argv)
    args.again = vars(again.parse_args(argv))
    return args


def options(argv=None):
    parser, args = first_stage(argv)
    parser.add_argument("--steps", type=int, default=3 if args.env == "a" else 5)
    return last_stage(parser, argv)


class Box:
    pass


def start(box):
    wandb.init(project="stages")
    wandb.config.update(box.config)


def main():
    args = options()
    box = Box()
    box.config = {"kind": args.env * 2}
    start(box)
    print(json.dumps(vars(args)))


main()
"""


def test_the_last_stage_of_a_parse(tmp_path: Path) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    assert after.read_text().count("RUN_PARAMETERS") == 2
    for argv in (["--env", "a"], ["--env", "b", "--lr", "0.5", "--steps", "7"]):
        plain = run(after, argv)
        assert plain.trained_with == run(before, argv).trained_with
        assert plain.config is not None
        cloned = run(after, ["--lr", "2"], launched=plain.config)
        assert json.dumps(cloned.trained_with) == json.dumps(plain.trained_with)
    expected = run(before, ["--env", "b", "--lr", "0.5"]).trained_with
    for launched in ({"env": "b", "lr": 0.5}, {"args/env": "b", "args/lr": 0.5}):
        assert run(after, ["--lr", "3"], launched=launched).trained_with == expected
