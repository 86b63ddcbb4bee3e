"""Whether a script takes all its values from the run's config by itself."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

START = """\
import argparse
import wandb
{0}
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("--seed", type=int, default=1)
args = p.parse_args()
run = wandb.init(config=args)
"""
LOOP = "for k, v in wandb.config.items():\n    "
UPDATE = "vars(args).update"


def line_of(lines: str, definitions: str = "") -> int | None:
    script = read(START.format(definitions) + lines + "\n")
    assert isinstance(script, Script)
    return script.reads_back.line if script.reads_back else None


@pytest.mark.parametrize(
    "lines",
    [
        "args = wandb.config\nprint(args.lr)",
        "args = argparse.Namespace(**wandb.config)\nprint(args.lr)",
        f"{LOOP}setattr(args, k, v)\nprint(args.lr)",
        f"{UPDATE}(wandb.config)\nprint(args.lr)",
        f"{UPDATE}({{k: v for k, v in wandb.config.items()}})\nprint(args.lr)",
        "launched = run.config.items()\n"
        f"{UPDATE}((k, v) for k, v in launched if v != getattr(args, k, v))\n"
        "print(args.lr)",
        "print(wandb.config.lr)",
    ],
)
def test_all_values_come_back(lines: str) -> None:
    assert line_of(lines) is not None


@pytest.mark.parametrize(
    "lines",
    [
        "print(args.lr)",
        f"{LOOP}if not hasattr(args, k):\n        setattr(args, k, v)\nprint(args.lr)",
        f"{LOOP}if k in ('lr',):\n        setattr(args, k, v)\nprint(args.seed)",
        f"{UPDATE}({{k: v for k, v in wandb.config.items() if k == 'lr'}})\nprint(args.lr)",
        "state = {}\nstate['args'] = args\nprint(wandb.config.lr, state['args'].lr)",
        "import os\nos.args = args\nprint(wandb.config.lr)",
    ],
)
def test_some_values_stay_as_they_were(lines: str) -> None:
    assert line_of(lines) is None


@pytest.mark.parametrize(
    ("definitions", "call"),
    [
        ("def train(*a):\n    print(a[0].lr)", "train(args)"),
        ("def train(**kw):\n    print(kw['a'].lr)", "train(a=args)"),
        (
            "class A:\n    def go(self, args):\n        self.fit(args)\n"
            "    def fit(self, args):\n        pass\n"
            "class B(A):\n    def fit(self, a):\n        print(a.lr)",
            "B().go(args)",
        ),
    ],
)
def test_a_function_that_has_no_name_for_the_arguments(definitions: str, call: str) -> None:
    assert line_of(f"print(wandb.config.lr)\n{call}", definitions) is None
