"""A run that shows what any of several alike parses gives keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json
import os

import wandb


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1.0)
    parser.add_argument("--tags", action="append", default=["x"])
    return parser


class Worker:
    def __init__(self, settings):
        self.settings = settings

    def start(self):
        wandb.init(project="alike", config={"settings": self.settings.kind})


class Settings:
    kind = "worker"


def train(args=None):
    if args is None:
        parser = options()
        args = parser.parse_args()
    Worker(Settings()).start()
    print(json.dumps(vars(args)))


def rollout(args=None):
    if args is None:
        args = options().parse_args()
    Worker(Settings()).start()
    print(json.dumps({"rollout": vars(args)}))


if os.environ.get("ROLE") == "rollout":
    rollout()
else:
    train()
"""
ARGV = ["--lr", "0.5", "--tags", "a"]


@pytest.mark.parametrize("role", ["rollout", "train"])
def test_a_run_behind_one_parse_of_two(tmp_path: Path, role: str) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    assert after.read_text().count('os.environ["RUN_PARAMETERS') == 2
    assert migrate(after)["files"][0]["outcome"] == "unchanged"
    env = {"ROLE": role}
    expected = run(before, ARGV, env=env).trained_with
    plain = run(after, ARGV, env=env)
    assert plain.trained_with == expected
    assert plain.config is not None
    clone = run(after, ["--lr", "2"], launched=plain.config, env=env)
    assert clone.trained_with == expected
    given = {"lr": 0.5, "tags": ["x", "a"]}
    assert run(after, ["--lr", "3"], launched=given, env=env).trained_with == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a parser of one parse has more, or something else, than the other's
        (
            "        args = parser",
            '        parser.add_argument("--n")\n        args = parser',
        ),
        (
            "        args = parser",
            "        parser.set_defaults(lr=2.0)\n        args = parser",
        ),
        ("        args = parser", "        more(parser)\n        args = parser"),
        ("    return parser\n", "    more(parser)\n    return parser\n"),
        ("def options():", "def options(lr=1.0):"),
        ("def options():\n    parser", "parser"),
        ("default=1.0", 'default=float(os.environ.get("LR", 1))'),
        # other words, or arguments that no name holds behind the parse
        ("parser.parse_args()", 'parser.parse_args(os.environ["WORDS"].split())'),
        ("args = options().parse_args()", "args = [options().parse_args()]"),
    ],
)
def test_parses_that_may_differ_are_left_alone(tmp_path: Path, old: str, new: str) -> None:
    more = 'def more(parser):\n    parser.add_argument("--n")\n\n\ndef train('
    text = SCRIPT.replace("def train(", more)
    assert old in text
    text = text.replace(old, new, 1)
    if new == "parser":
        text = text.replace('    parser.add_argument("--lr', 'parser.add_argument("--lr')
        text = text.replace(
            '    parser.add_argument("--tags', 'parser.add_argument("--tags'
        )
        text = text.replace(
            "    return parser\n", "\n\ndef options():\n    return parser\n"
        )
    script = tmp_path / "train.py"
    script.write_text(text)
    compile(text, "train.py", "exec")
    assert migrate(script)["files"][0]["outcome"] == "refused"
    assert script.read_text() == text
