"""The ``config=`` that a ``wandb.init`` gets: which of the names in sight."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import NEEDY, migrated


def init_of(rest: str) -> str:
    """The line of a migrated script that starts its run."""
    outcome = migrated(NEEDY + rest)
    assert isinstance(outcome, Rewritten), outcome
    return next(x for x in outcome.text.splitlines() if "wandb.init(" in x).strip()


def refusal(rest: str) -> str:
    """The first reason why a script is left alone."""
    outcome = migrated(NEEDY + rest)
    assert isinstance(outcome, Refused), outcome
    return outcome.reasons[0].message


STAGES = """
first = argparse.ArgumentParser(add_help=False)
first.add_argument("--preset")
a_stage, rest = first.parse_known_args()
parser.add_argument("--lr", type=float, default=0.1)
z_args = parser.parse_args(rest)
wandb.init()
print(z_args.lr)
"""
METHODS = """
class Trainer:
    def __init__(self):
        self.args = parser.parse_args()

    def fit(self):
        wandb.init()
        print(self.args.data)

Trainer().fit()
"""


def test_the_parse_with_most_parameters_is_shown() -> None:
    assert init_of(STAGES) == "wandb.init(config=z_args)"


def test_arguments_on_self() -> None:
    assert init_of(METHODS) == "wandb.init(config=self.args)"


def test_arguments_that_self_gets_too_late() -> None:
    late = METHODS.replace("__init__", "later")
    assert "no name there holds the parsed arguments" in refusal(late)


DEFAULTS = """
parser.set_defaults(data="d")
shown = parser.parse_args([])
args = parser.parse_args()
wandb.init()
print(args.data, shown.data)
"""


def test_a_parse_of_no_words_only_shows_the_defaults() -> None:
    outcome = migrated(NEEDY + DEFAULTS)
    assert isinstance(outcome, Rewritten), outcome
    assert "shown = parser.parse_args([])\n" in outcome.text
    assert "wandb.init(config=args)" in outcome.text


NOTEBOOK = """
import sys
if "ipykernel" in __import__("os").environ:
    args = parser.parse_args([])
else:
    args = parser.parse_args()
wandb.init(config=args)
"""


def test_a_parse_for_a_notebook_is_launched_too() -> None:
    outcome = migrated(NEEDY + NOTEBOOK)
    assert isinstance(outcome, Rewritten), outcome
    assert "parse_args(job_args(parser))" in outcome.text


@pytest.mark.parametrize(
    "action", ['action="count", default=0', "type=json.loads, default={}"]
)
def test_a_group_that_excludes_what_no_words_give(action: str) -> None:
    group = f"""
import json
group = parser.add_mutually_exclusive_group()
group.add_argument("--quiet", action="store_true")
group.add_argument("--more", {action})
args = parser.parse_args()
wandb.init(config=args)
"""
    assert (
        refusal(group) == "--more excludes other options, and has values that no words give"
    )
