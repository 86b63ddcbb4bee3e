"""Runs whose config becomes the arguments: they are shown behind the line that does it."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import NEEDY, migrated

MAIN = """
def main(args):
    wandb.init(project="p")
    vars(args).update(wandb.config)
    print(args.data, args.lr)

main(parser.parse_args())
"""
UPDATE = "    vars(args).update(wandb.config)\n"
LR = 'parser.add_argument("--lr", type=float, default=0.1)\n'
LOOP = "    for k, v in wandb.config.items():\n        setattr(args, k, v)\n"


def behind(script: str) -> str:
    """The line that follows the update in a migrated script."""
    outcome = migrated(NEEDY + script)
    assert isinstance(outcome, Rewritten), outcome
    again = migrated(outcome.text)
    assert isinstance(again, Unchanged), again
    assert "config=" not in outcome.text
    lines = outcome.text.splitlines()
    return lines[next(i for i, line in enumerate(lines) if "config.update(" in line)]


@pytest.mark.parametrize(
    "update",
    [
        UPDATE,
        "    args.__dict__.update(wandb.config)\n",
        "    vars(args).update(dict(wandb.config))\n",
        LOOP,
        "    config = wandb.config\n    for k, v in config.items():\n"
        "        print(k, v)\n        setattr(args, k, v)\n",
    ],
)
def test_the_parameters_are_shown_behind_it(update: str) -> None:
    script = LR + MAIN.replace(UPDATE, update)
    assert behind(script) == "    wandb.config.update(args)"
    outcome = migrated(NEEDY + script)
    assert isinstance(outcome, Rewritten)
    assert f"{update}    wandb.config.update(args)\n" in outcome.text


def test_a_run_that_has_a_name() -> None:
    script = MAIN.replace("    wandb.init", "    run = wandb.init")
    script = script.replace("wandb.config", "run.config")
    assert behind(LR + script) == "    run.config.update(args)"


def test_a_secret_stays_unshown() -> None:
    key = 'parser.add_argument("--api_key", default="")\n'
    line = behind(key + LR + MAIN)
    assert 'if k != "api_key"' in line


def test_what_is_overwritten_behind_it() -> None:
    script = MAIN.replace("    print", "    args.lr = 2\n    print")
    assert behind(LR + script) == "    wandb.config.update(args)"


@pytest.mark.parametrize(
    "change",
    [
        (UPDATE, f"    if args.lr:\n    {UPDATE}"),
        (UPDATE, f"{UPDATE}    print(wandb.config.lr)\n"),
        (UPDATE, f"    args.lr = 2\n{UPDATE}"),
        (UPDATE, UPDATE.replace("wandb.config", "{'lr': wandb.config.lr}")),
        (UPDATE, f"{UPDATE}    wandb.config.lr = 2\n"),
        (
            UPDATE,
            "    other = argparse.Namespace(**vars(args))\n"
            + UPDATE.replace("args", "other"),
        ),
        (UPDATE, LOOP.replace("k, v)\n", "k, v * 2)\n")),
        (UPDATE, LOOP.replace("        set", "        if v:\n            set")),
        (UPDATE, LOOP.replace("        set", "        v = str(v)\n        set")),
        ('project="p"', 'project="p", resume="allow"'),
        ('project="p"', "id=args.data"),
        ('project="p"', "**read()"),
        (
            "main(parser",
            "args = parser.parse_args()\nargs.lr *= 2\nmain(args) or main(parser",
        ),
    ],
)
def test_what_may_come_back_otherwise(change: tuple[str, str]) -> None:
    outcome = migrated(NEEDY + LR + MAIN.replace(*change))
    assert isinstance(outcome, Refused), outcome


@pytest.mark.parametrize(
    "added",
    [
        'parser.add_argument("--p", type=Path)\n',
        'parser.add_argument("--p", nargs="+")\n',
        'parser.add_argument("--p", action="append")\n',
        'parser.add_argument("--p", default=(1, 2))\n',
        'parser.add_argument("--p", type=float, default=float("nan"))\n',
        'parser.add_argument("--p", type=bool, default=True)\n',
    ],
)
def test_parameters_that_come_back_as_something_else(added: str) -> None:
    head = NEEDY.replace("import argparse", "import argparse\nfrom pathlib import Path")
    outcome = migrated(head + LR + added + MAIN)
    assert isinstance(outcome, Refused), outcome
