"""A deep copy of a parser keeps the contract, made before it has parsed or later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import copy
import json

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("mode", nargs="?", default="fit")
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--tags", action="append")
parser.add_argument("--depth", type=int, nargs="?", const=3, default=2)
parser.add_argument("--amp", action="store_true")
BEFORE
first, rest = parser.parse_known_args()
AFTER
more.add_argument("--size", type=int, default=8)
second = more.parse_args()
assert all(vars(second)[k] == v for k, v in vars(first).items())
wandb.init(project="copies", config=vars(second))
print(json.dumps(vars(second)))
"""
MAKE = "more = copy.deepcopy(parser)"
ARGV = ["--lr", "0.5", "--tags", "a", "--depth", "--size=4"]
VALUES = {"lr": 0.5, "tags": ["a"], "depth": 3, "size": 4}


@pytest.mark.parametrize("makes", [("BEFORE", "AFTER"), ("AFTER", "BEFORE")])
def test_both_parsers_get_what_is_launched(tmp_path: Path, makes: tuple[str, str]) -> None:
    text = SCRIPT.replace(makes[0], MAKE).replace(makes[1], "")
    before, after = rewritten_copy(tmp_path, text)
    for argv, values in ((ARGV, VALUES), (["test", *ARGV], {"mode": "test", **VALUES})):
        expected = run(before, argv).trained_with
        plain = run(after, argv)
        assert plain.trained_with == expected
        assert run(after, [], launched=values).trained_with == expected
        assert plain.config is not None
        clone = run(after, ["--lr", "7", "--amp"], launched=plain.config)
        assert clone.trained_with == expected
