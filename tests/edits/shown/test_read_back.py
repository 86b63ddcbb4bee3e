"""Parameters that are set anew, shown, and then read from the run's config."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

PARSER = """\
import argparse
import json
import wandb
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--batch", type=int, default=-1)
parser.add_argument("--seed", type=int, default=None)
parser.add_argument("--out", type=Path, default="runs")
args = parser.parse_args()
print(args)
"""
SET = "args.lr *= 2\n"
INIT = "wandb.init(config=args)\n"


def refusal(rest: str) -> str:
    """Why a script is left alone."""
    outcome = migrated(PARSER + rest)
    assert isinstance(outcome, Refused), outcome
    (reason,) = outcome.reasons
    return reason.message


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("args.lr *= 2\n", "lr"),
        ("if args.lr > 1:\n    args.lr = 1\n", "lr"),
        ("if args.batch == -1:\n    args.batch = 64\n", "batch"),
        ("if not args.batch:\n    args.batch = 64\n", "batch"),
        ("args.batch = int(args.lr * 100)\n", "batch"),
        ("def scale(given):\n    given.lr *= 8\nscale(args)\n", "lr"),
        ('setattr(args, "lr", args.lr * 2)\n', "lr"),
    ],
)
def test_what_is_set_anew_is_not_what_a_job_gives_back(change: str, name: str) -> None:
    message = refusal(f"{change}{INIT}fit(wandb.config.{name})\n")
    assert message.startswith(f"{name} is set to another value (line 1")


@pytest.mark.parametrize(
    "read",
    [
        "fit(wandb.config['lr'])\n",
        "fit(wandb.config.get('lr', 1))\n",
        "fit(getattr(wandb.config, 'lr'))\n",
        "config = wandb.config\nfit(config.lr)\n",
        "run = wandb.run\nfit(run.config.lr)\n",
        "def fit(config):\n    print(config.lr)\nfit(wandb.config)\n",
        "config = dict(wandb.config)\nfit(config['lr'])\n",
        "fit(wandb.config)\n",
        "fit(**wandb.config)\n",
        "fit({**wandb.config})\n",
        "for k, v in wandb.config.items():\n    fit(k, v)\n",
        "fit(wandb.config[name()])\n",
        "fit(dict(wandb.config)['lr'])\n",
        "fit(argparse.Namespace(**wandb.config).lr)\n",
        "fit(**dict(wandb.config))\n",
        "fit({'seed': 1, **dict(wandb.config)})\n",
        "for k, v in dict(wandb.config).items():\n    fit(k, v)\n",
        "fit(wandb.config._items['lr'])\n",
        "def fit(*configs):\n    print(configs)\nfit(wandb.config)\n",
    ],
)
def test_however_it_is_read(read: str) -> None:
    assert "lr is set to another value (line 13)" in refusal(SET + INIT + read)


def test_a_config_that_shows_another_value_by_itself() -> None:
    rest = 'wandb.init(config={**vars(args), "lr": args.lr * 2})\nfit(wandb.config.lr)\n'
    assert "lr is shown as another value (line 13)" in refusal(rest)


@pytest.mark.parametrize("shown", ["vars(given)", "given.__dict__", "dict(vars(given))"])
def test_a_copy_that_is_shown_and_set_anew(shown: str) -> None:
    copied = "given = argparse.Namespace(more=1, **vars(args))\ngiven.lr *= 2\n"
    rest = f"{copied}wandb.init(config={shown})\nfit(wandb.config.lr)\n"
    assert "lr is shown as another value (line 14)" in refusal(rest)
    plain = rest.replace("given.lr *= 2\n", "given.more = 2\n")
    assert isinstance(migrated(PARSER + plain), Rewritten)


def test_a_type_that_makes_another_value_of_a_text() -> None:
    rest = INIT + "fit(wandb.config.out)\n"
    assert "out has type=Path (line 10)" in refusal(rest)


def test_an_action_that_makes_another_value_of_a_text() -> None:
    action = (
        "class Upper(argparse.Action):\n    def __call__(self, parser, given, text, _):\n"
    )
    action += "        setattr(given, self.dest, text.upper())\n\n\nparser = "
    option = 'parser.add_argument("--kind", action=Upper, default="A")\nargs = '
    script = PARSER.replace("parser = ", action).replace("args = ", option)
    outcome = migrated(f"{script}{INIT}fit(wandb.config.kind)\n")
    assert isinstance(outcome, Refused), outcome
    assert "kind has action=Upper (line 16)" in outcome.reasons[0].message
    assert isinstance(migrated(f"{script}{INIT}fit(wandb.config.batch)\n"), Rewritten)


def test_a_name_that_the_config_has_for_it() -> None:
    rest = f'{SET}wandb.init(config={{"rate": args.lr}})\nfit(wandb.config.rate)\n'
    assert "lr is set to another value (line 13)" in refusal(rest)


@pytest.mark.parametrize(
    "rest",
    [
        # another one is read, or none
        f"{SET}{INIT}fit(wandb.config.batch)\n",
        f"{SET}{INIT}fit(wandb.config['batch'])\n",
        f"{SET}{INIT}fit(wandb.config.get('batch'))\n",
        f"{SET}{INIT}def fit(config):\n    print(config.batch)\nfit(wandb.config)\n",
        f"{SET}{INIT}config = dict(wandb.config)\nfit(config['batch'])\n",
        f"{SET}{INIT}fit(dict(wandb.config)['batch'])\n",
        f"{SET}{INIT}fit(argparse.Namespace(**wandb.config).batch)\n",
        f"{SET}{INIT}print(dict(wandb.config))\n",
        f"{SET}{INIT}fit('lr' in wandb.config, list(wandb.config.keys()))\n",
        f"{SET}{INIT}fit(hasattr(wandb.config, 'lr'))\n",
        f"{SET}{INIT}print(wandb.config)\n",
        f"{SET}{INIT}json.dump(dict(wandb.config), open('config.json', 'w'))\n",
        f"{SET}{INIT}wandb.config.update({{'more': 1}})\n",
        # it is read from the arguments
        f"{SET}{INIT}fit(args.lr)\n",
        # it is set once the run has started
        f"{INIT}fit(wandb.config.lr)\n{SET}",
        f"{INIT}{SET}fit(wandb.config.lr)\n",
        # it gets what the config has
        f"{INIT}def fit():\n    args.lr = wandb.config.lr\nfit()\n",
        # None is no word of a command line
        f"if args.seed is None:\n    args.seed = 4\n{INIT}fit(wandb.config.seed)\n",
        # only a copy is set
        f"copied = dict(vars(args))\ncopied['lr'] = 3\n{INIT}fit(wandb.config.lr)\n",
    ],
)
def test_what_a_job_gives_back_as_a_command_line_does(rest: str) -> None:
    assert isinstance(migrated(PARSER + rest), Rewritten)


OPTION = 'parser.add_argument("--resume", default=None)\nargs = parser'


def taken_back_if(test: str) -> str:
    """A script that takes a value back from the run's config under a test."""
    rest = f"{SET}{INIT}if {test}:\n    args.lr = wandb.config.lr\nfit(args.lr)\n"
    return PARSER.replace("args = parser", OPTION) + rest


@pytest.mark.parametrize(
    "test",
    [
        "args.resume",
        "args.resume is not None",
        "isinstance(args.resume, str)",
        "args.resume and ready()",
    ],
)
def test_what_only_a_run_that_is_resumed_gives_back(test: str) -> None:
    outcome = migrated(taken_back_if(test))
    assert isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    "test",
    [
        "not args.resume",
        "args.resume is None",
        "args.resume or ready()",
        "args.resume == 'no'",
        "args.seed",
        "args.resume:\n    pass\nelif ready()",
        "args.resume:\n    pass\nif ready()",
    ],
)
def test_what_other_runs_give_back_too(test: str) -> None:
    outcome = migrated(taken_back_if(test))
    assert isinstance(outcome, Refused), outcome
