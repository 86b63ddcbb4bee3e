"""A parameter that is popped off the arguments into a name of its own."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
from types import SimpleNamespace

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--env-id", default="Hopper")
parser.add_argument("--lr", default="0.1")
parser.parse_known_args()
parsed = parser.parse_args().__dict__
env_name = parsed.pop("env_id")
made = SimpleNamespace(**{k: float(v) for k, v in parsed.items()})
wandb.init(config=made)
print(env_name, made.lr)
"""
SHOWN = '{**parsed, "env_id": env_name}'
POP = 'env_name = parsed.pop("env_id")'


def test_the_popped_one_is_shown_by_its_name() -> None:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome
    assert SHOWN in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    "pop",
    [
        'env_name = parsed.pop("env_id", None)',
        "key = input()\nenv_name = parsed.pop(key)",
        'parsed.pop("env_id")',
        'env_name = str(parsed.pop("env_id"))',
        'for _ in "x":\n    env_name = parsed.pop("env_id")',
        'if parser:\n    env_name = parsed.pop("env_id")',
        POP + '\nenv_name = env_name + "x"',
        POP + '\nenv_name += "x"',
        POP + "\ndel parsed['lr']",
        POP + "\nparsed.clear()",
    ],
)
def test_one_that_no_name_surely_holds(pop: str) -> None:
    outcome = migrated(SCRIPT.replace(POP, pop))
    assert isinstance(outcome, Refused), outcome
    assert outcome.reasons[0].message.startswith("a parameter is taken out")
