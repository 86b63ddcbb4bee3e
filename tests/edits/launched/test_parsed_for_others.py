"""A function that parses several times, for the parameters that each call names."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

PARSE = """\
import argparse

import wandb


def options(defaults, prefix=""):
    parser = argparse.ArgumentParser()
    for name in defaults:
        parser.add_argument(f"--{prefix}{name}", type=float, default=0.5)
    args, _ = parser.parse_known_args()
    return args


"""
START = """\
def start():
    wandb.init(project="p")


"""
MAIN = """\
def main():
    model = options(["lr"])
    data = options(["seed"])
    start()
    print(model, data)


main()
"""
WHY = "options may parse other parameters here than elsewhere"
PART = """\
class Part:
    def __init__(self, names):
        self.args = options(names)


"""
PARTS = "    model = Part(['lr']).args\n    data = Part(['seed']).args\n"
CALLS = "    model = options(['lr'])\n    data = options(['seed'])\n".replace("'", '"')


def with_calls(calls: str, head: str = PARSE + START) -> str:
    """The script with other calls of the function that parses."""
    return head + MAIN.replace(CALLS, calls)


@pytest.mark.parametrize(
    "script",
    [
        with_calls(CALLS),
        with_calls("    model = options(['lr'])\n    data = options(['lr'], 'data.')\n"),
        with_calls("    data = model = [options([n]) for n in ('lr', 'seed')]\n"),
        with_calls("    for n in ('a', 'b'):\n        data = model = options([n])\n"),
        with_calls(PARTS, PARSE + START + PART),
        with_calls(
            "    model, data = part('lr'), part('seed')\n",
            PARSE + START + "def part(name):\n    return options([name])\n\n\n",
        ),
    ],
)
def test_parameters_of_which_a_run_would_show_some(script: str) -> None:
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome


KIND = PARSE.replace("for name in defaults:", "if 'lr' in defaults:").replace(
    'f"--{prefix}{name}"', '"--lr"'
)
FILLED = KIND.replace("if 'lr' in defaults:\n        ", "defaults(parser)\n    ")
FILL = """\
def fill(parser):
    parser.add_argument("--lr", type=float)


def more(parser):
    parser.add_argument("--seed", type=int)


def start():
    wandb.init(project="p")


"""
GIVEN = (
    "def options(parser):\n    args, _ = parser.parse_known_args()\n    return args\n\n\n"
)
PARSERS = """\
    one, other = argparse.ArgumentParser(), argparse.ArgumentParser()
    one.add_argument("--lr", type=float)
    other.add_argument("--seed", type=int)
    model = options(one)
    data = options(other)
"""
HEAD = "import argparse\n\nimport wandb\n\n\n"


@pytest.mark.parametrize(
    "script",
    [
        with_calls(CALLS, KIND + START),
        with_calls("    model = options(fill)\n    data = options(more)\n", FILLED + FILL),
        with_calls(PARSERS, HEAD + GIVEN + START),
        # the second one is called where the first one is
        with_calls(
            "    model = options(['lr'])\n    data = more()\n", KIND + START
        ).replace("def main", "def more():\n    return options(['seed'])\n\n\ndef main"),
    ],
)
def test_parameters_that_hang_on_what_is_given(script: str) -> None:
    outcome = migrated(script)
    assert isinstance(outcome, Refused), outcome
    assert outcome.reasons[0].message == WHY


@pytest.mark.parametrize("calls", [CALLS, CALLS.replace('["lr"]', "NAMES")])
def test_why(calls: str) -> None:
    outcome = migrated(with_calls(calls))
    assert isinstance(outcome, Refused), outcome
    assert (outcome.reasons[0].message, outcome.reasons[0].line) == (WHY, 20)


def test_a_run_that_shows_some_of_them_itself() -> None:
    shown = '"p", config=vars(options(["a"])))'
    outcome = migrated(with_calls(CALLS).replace('"p")', shown))
    assert isinstance(outcome, Rewritten), outcome
    assert any(WHY in reason.message for reason in outcome.reasons)


NAMED = PARSE.replace('f"--{prefix}{name}"', '"--lr"').replace(
    "for name in defaults:\n        ", ""
)


@pytest.mark.parametrize(
    "script",
    [
        with_calls("    data = model = options(['lr', 'seed'])\n"),
        with_calls("    model = options(['lr'])\n    data = options(['lr'])\n"),
        with_calls("    for _ in range(2):\n        data = model = options(['lr'])\n"),
        with_calls(CALLS, NAMED + START),  # each call has what the source names
        # one or the other
        with_calls(
            "    if later():\n        model = data = options(['lr'])\n"
            "    else:\n        model = data = options(['seed'])\n"
        ),
        with_calls(CALLS, KIND.replace("if 'lr' in defaults", "if later()") + START),
        with_calls(PARSERS.replace("other)", "one)"), HEAD + GIVEN + START),
        with_calls(
            "    data = model = part('lr')\n",
            PARSE + START + "def part(name):\n    return options([name])\n\n\n",
        ),
    ],
)
def test_the_same_parameters_each_time(script: str) -> None:
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert WHY not in str(outcome.reasons)
