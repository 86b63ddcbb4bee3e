"""What a script takes out of its arguments: parameters, or what else they hold."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import wandb


def train(args):
    wandb.init(config=args)
    print(args.lr, args.data)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--debug", action="store_true")
    commands = parser.add_subparsers(dest="command")
    command = commands.add_parser("train")
    command.add_argument("--data", required=True)
    command.add_argument("--lr", type=float, default=0.1)
    command.set_defaults(func=train)
    args = parser.parse_args()
    func = args.func
    del args.func
    func(args)


main()
"""
OUT = "    func = args.func\n    del args.func\n"


@pytest.mark.parametrize(
    "out",
    [
        OUT,
        "    func = args.func\n",
        "    func = args.func\n    delattr(args, 'func')\n",
        "    func = vars(args).pop('func')\n",
        "    func = args.__dict__.pop('func', None)\n",
        "    func = vars(args)['func']\n    del vars(args)['func']\n",
        "    args.start = 3\n    func = args.func\n    del args.start, args.func\n",
        "    func = train\n    del args.func\n",
        "    (train)(args)\n    func = print\n    del args.func\n",
    ],
)
def test_what_is_no_parameter(out: str) -> None:
    outcome = migrated(SCRIPT.replace(OUT, out))
    assert isinstance(outcome, Rewritten), outcome
    assert "    args = parser.parse_args(sys.argv[1:] + job_args(parser))\n" in outcome.text
    assert out in outcome.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a parameter, or the command
        (OUT, "    func = args.func\n    del args.func, args.debug\n"),
        (OUT, "    func = args.func\n    vars(args).pop('debug')\n"),
        (OUT, "    func = args.func\n    delattr(args, 'lr')\n"),
        (OUT, "    func = args.func\n    del args.command\n"),
        # nobody can tell which
        (OUT, "    func = args.func\n    vars(args).popitem()\n"),
        (OUT, "    func = args.func\n    vars(args).pop(func.__name__)\n"),
        (OUT, "    func = args.func\n    delattr(args, func.__name__)\n"),
        (OUT, "    func = args.func\n    vars(args).clear()\n"),
        (OUT, "    func = args.func\n    del args.__dict__\n"),
        (
            OUT,
            "    func = args.func\n    for k in 'func', 'lr':\n        delattr(args, k)\n",
        ),
        # there may be more parameters than are seen
        ("--debug", '--debug", f"--{__name__}'),
        (
            "    args = parser",
            "    for k in wandb.keys():\n        parser.add_argument(f'--{k}')\n"
            "    args = parser",
        ),
    ],
)
def test_what_may_be_a_parameter(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Refused), outcome
    assert "a parameter is taken out" in " ".join(r.message for r in outcome.reasons)


@pytest.mark.parametrize(
    "func",
    [
        "    func = args.func or print\n",
        "    func = print\n    func = args.func\n",
        "    func = args.other\n",
        "    func, _ = args.func, 3\n",
        "    func = vars(parser).pop('func')\n",
        "    func = vars(args).popitem('func')\n",
    ],
)
def test_a_name_that_is_surely_no_command_of_the_arguments(func: str) -> None:
    outcome = migrated(SCRIPT.replace(OUT, func))
    assert not isinstance(outcome, Rewritten), outcome
