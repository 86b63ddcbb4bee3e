"""An empty list or dict as default, beside a type that makes anything of a word.

A clone gets the empty one, what the type reads in its JSON, or what the job says as text.
What a run shows of other values may not be what they were: a clone of that stops by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrate, rewritten_copy
from tests.contract.running import Result, run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import ast
import json

import wandb


def pair(text):
    key, value = text.split("=")
    return key, ast.literal_eval(value)


class Step:
    def __init__(self, text):
        self.name = text

    def __str__(self):
        return self.name + "!"


def settings(text):
    return text if isinstance(text, dict) else ast.literal_eval(text)


parser = argparse.ArgumentParser()
parser.add_argument("--pairs", type=pair, default=[], nargs="*")
parser.add_argument("--step", type=Step, default=[], action="append")
parser.add_argument("--first", type=Step, default=[])
parser.add_argument("--settings", type=settings, default={})
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(project="empty", config=args)
steps = [step.name for step in args.step]
first = args.first.name if args.first else None
kind = type(args.settings).__name__
print(json.dumps([args.lr, dict(args.pairs), steps, first, kind, repr(args.settings)]))
"""
EMPTY = [0.1, {}, [], None, "dict", "{}"]


@pytest.fixture(name="scripts")
def migrated(tmp_path: Path) -> tuple[Path, Path]:
    return rewritten_copy(tmp_path, SCRIPT)


def test_a_run_with_the_empty_ones_and_its_clone(scripts: tuple[Path, Path]) -> None:
    before, after = scripts
    assert migrate(after)["files"][0]["outcome"] == "unchanged"
    assert run(before).trained_with == EMPTY
    plain = run(after)
    assert plain.trained_with == EMPTY
    assert plain.config is not None
    assert run(after, launched=plain.config).trained_with == EMPTY
    given = ["--settings", "{'a': 1}", "--first", "x", "--step", "y"]
    assert run(after, given, launched=plain.config).trained_with == EMPTY


@pytest.mark.parametrize(
    ("config", "trained_with"),
    [
        ({"lr": 0.5}, [0.5, *EMPTY[1:]]),
        ({"settings": "{'a': 1}"}, [*EMPTY[:4], "dict", "{'a': 1}"]),
        ({"settings": {"a": [1, "b"]}}, [*EMPTY[:4], "dict", "{'a': [1, 'b']}"]),
        ({"pairs": ["a=1", "b='x'"]}, [0.1, {"a": 1, "b": "x"}, *EMPTY[2:]]),
    ],
)
def test_what_a_job_says(
    scripts: tuple[Path, Path], config: dict[str, Any], trained_with: list[Any]
) -> None:
    assert run(scripts[1], launched=config).trained_with == trained_with


def stops(result: Result, name: str) -> bool:
    return result.exit_code == 2 and f"argument {name}: invalid" in result.stderr


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (["--pairs", "a=1"], "pairs"),
        (["--step", "warm"], "step"),
        (["--first", "warm"], "first"),
        (["--settings", "[1, {2}]"], "settings"),
    ],
)
def test_a_clone_of_what_was_made_of_words_stops(
    scripts: tuple[Path, Path], argv: list[str], name: str
) -> None:
    before, after = scripts
    plain = run(after, argv)
    assert plain.trained_with == run(before, argv).trained_with
    assert plain.config is not None
    assert stops(run(after, launched=plain.config), name)


@pytest.mark.parametrize(
    "config",
    [
        {"pairs": [["a", 1]]},
        {"step": [["warm"]]},
        {"first": ["warm"]},
        {"settings": [1]},
        {"settings": {"a": True}},
    ],
)
def test_lists_and_dicts_that_no_type_has_made(
    scripts: tuple[Path, Path], config: dict[str, Any]
) -> None:
    assert stops(run(scripts[1], launched=config), *config)
