"""A new ``config=`` leaves out what would keep the run from starting."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from tests.edits.tools import NEEDY, migrated
from tests.generated.process import run

REST = """
import importlib
import itertools
import json


def batches():
    yield 1


def load(name):
    return importlib.import_module(name)


args = parser.parse_args()
{change}
wandb.init()
print(args.data)
"""
ALL = "wandb.init(config=args)"


def shown(change: str) -> tuple[str, list[str]]:
    """The line that starts the run, and the notes on what it leaves out."""
    outcome = migrated(NEEDY + REST.format(change=change))
    assert isinstance(outcome, Rewritten), outcome
    line = next(x for x in outcome.text.splitlines() if "wandb.init(" in x)
    return line, [r.message for r in outcome.reasons if "left out" in r.message]


@pytest.mark.parametrize(
    "change",
    [
        "args.more = importlib.import_module(args.data)",
        "args.more = json",
        "args.more = load(args.data)",
        "more = load(args.data)\nargs.more = more",
        'setattr(args, "more", json)',
        "vars(args)['more'] = json",
        "args.more = iter([1])",
        "args.more = (n for n in [1])",
        "args.more = batches()",
        "args.more = {}.keys()",
    ],
)
def test_what_no_run_can_show(change: str) -> None:
    line, notes = shown(change)
    assert line == (
        'wandb.init(config={k: v for k, v in vars(args).items() if k != "more"})'
    )
    assert notes == ["note: no run can show more: it is left out of config="]


@pytest.mark.parametrize(
    "change",
    [
        "args.more = list(map(str, [1]))",
        "args.more = json.dumps",
        "args.more = batches",
        "args.more = [n for n in [1]]",
        "args.more = {}.get('items')",
        "more = json",
        "settings = dict(vars(args))\nsettings['more'] = json",
        "class Log:\n    def __init__(self, args):\n        self.args = args\n"
        "        self.module = json\nLog(args)",
    ],
)
def test_what_a_run_shows(change: str) -> None:
    assert shown(change) == (ALL, [])


def test_the_run_starts() -> None:
    outcome = migrated(NEEDY + REST.format(change="args.more = json"))
    assert isinstance(outcome, Rewritten), outcome
    assert run(outcome.text, ["--data", "d"]).config == {"data": "d"}
