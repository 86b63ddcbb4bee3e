"""Parameters that only a run names, and that may be secrets, are in no new config."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse

import wandb

NAMES = {"lr": 0.1, "api_key": ""}


def add(parser, prefix):
    group = f"--{prefix}"
    parser.add_argument(f"{group}lr", type=float, default=0.1)


parser = argparse.ArgumentParser()
add(parser, "actor_")
args = parser.parse_args()
wandb.init(project="p")
print(args)
"""
LR = 'parser.add_argument(f"{group}lr", type=float, default=0.1)'


def with_option(call: str, names: str = "NAMES") -> str:
    return SCRIPT.replace(LR, call).replace("NAMES", names)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('parser.add_argument(f"{group}api_key")', "api_key"),
        ('parser.add_argument(f"{group}_password", default="")', "password"),
        ('parser.add_argument(group + "hub-token", type=str)', "hub-token"),
        # what ends in a name of the script, among whose texts is one
        ('parser.add_argument(f"--{prefix}")', "api_key"),
        ('parser.add_argument("--" + prefix, default="")', "api_key"),
        ('parser.add_argument("--%s" % prefix)', "api_key"),
    ],
)
def test_no_run_is_given_it(call: str, said: str) -> None:
    outcome = migrated(with_option(call))
    assert isinstance(outcome, Refused), outcome
    assert f"may add {said}, a secret that the run would show" in str(outcome)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ('f"--{prefix}".replace("_", "-")', "api_key"),
        ('f"--{prefix}-token".replace("_", "-")', "token"),
        ('"--" + prefix + "-token"', "token"),
    ],
)
def test_an_option_is_made_before_it_is_added(made: str, said: str) -> None:
    names = "NAMES" if said == "api_key" else "OTHERS"
    source = with_option(f"flag = {made}\n    parser.add_argument(flag)", names)
    source = source if said == "api_key" else source.replace("api_key", "x")
    assert f"may add {said}, a secret" in str(migrated(source))


def test_the_fields_of_a_dataclass_are_names_too() -> None:
    fields = "class Options:\n    hub_token: str = ''\n\n\ndef add"
    source = with_option('parser.add_argument(f"--{prefix}")', "OTHERS")
    source = source.replace("api_key", "x").replace("def add", fields)
    assert "may add hub_token, a secret" in str(migrated(source))


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (LR, "NAMES"),  # whose end is no secret's
        ('parser.add_argument(f"{group}api_key", action="store_true")', "NAMES"),
        ('parser.add_argument(f"--{prefix}", type=float)', "NAMES"),
        ('parser.add_argument(f"{group}eos_token")', "NAMES"),
        ('parser.add_argument(f"--{prefix}")', "TEXTS = {'eos_token': 1}  #"),
        ('parser.add_argument(f"--{prefix}")', "print('WANDB_API_KEY')  #"),
    ],
)
def test_what_is_none_is_shown(call: str, names: str) -> None:
    outcome = migrated(with_option(call, names))
    assert isinstance(outcome, Rewritten), outcome
    assert 'wandb.init(project="p", config=args)' in outcome.text


def test_a_run_that_shows_it_already_stays_as_it_is() -> None:
    source = with_option('parser.add_argument(f"{group}api_key")')
    outcome = migrated(source.replace('project="p"', "config=vars(args)"))
    assert isinstance(outcome, Rewritten), outcome
    assert "wandb.init(config=vars(args))" in outcome.text


def test_no_run_that_is_added_is_given_it() -> None:
    source = with_option('parser.add_argument(f"{group}api_key")')
    source = source.replace('wandb.init(project="p")\n', "")
    assert "a secret that the run would show" in str(migrated(source, add_init=True))
    others = SCRIPT.replace('wandb.init(project="p")\n', "")
    assert isinstance(migrated(others, add_init=True), Rewritten)
