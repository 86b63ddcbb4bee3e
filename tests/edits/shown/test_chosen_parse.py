"""Which of several parses leaves its parameters to a run that starts far from them."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import copy
import sys

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)


def start(config):
    wandb.init(config=config)


FUNCTIONS


def main(argv=None):
    LINES
    start(read(args))


main()
"""
LEFT = "json.dumps(vars(args), default=str, skipkeys=True)"


def outcome_of(lines: str, functions: str = "") -> object:
    """What becomes of the script with these lines, divided by semicolons, in main."""
    body = "\n    ".join(lines.split("; "))
    script = SCRIPT.replace("FUNCTIONS", functions).replace("LINES", body)
    return migrated(script)


FUNCTION = "def parse(p, words=None):\n    args = p.parse_args(words)\n    return args"
WORDS = "def parse(p, words):\n    args = p.parse_args(words)\n    return args"


@pytest.mark.parametrize(
    ("lines", "functions", "parse"),
    [
        (
            "args, _ = parser.parse_known_args(); parser.add_argument('--n'); "
            "args = parser.parse_args()",
            "",
            "    args = parser.parse_args(",
        ),
        ("first = parser.parse_args(); args = parse(parser)", FUNCTION, "args = p.parse"),
        (
            "argv = sys.argv[1:]; _, r = parser.parse_known_args(argv); "
            "args = parse(parser, argv)",
            WORDS,
            "args = p.parse",
        ),
        (
            "args = parser.parse_args(); print(copy.deepcopy(parser).parse_args())",
            "",
            "    args = parser.parse_args(",
        ),
        (
            "more = copy.deepcopy(parser); print(more.parse_args()); "
            "args = parser.parse_args()",
            "",
            "    args = parser.parse_args(",
        ),
        (
            "first = parser.parse_args() if argv else None; args = parser.parse_args()",
            "",
            "    args = parser.parse_args(",
        ),
        (
            "mine, _ = stage(); mine.add_argument('--n'); args = mine.parse_args()",
            "def stage():\n    return parser, parser.parse_known_args()[0]",
            "    args = mine.parse_args(",
        ),
    ],
)
def test_the_last_parse_of_one_parser(lines: str, functions: str, parse: str) -> None:
    outcome = outcome_of(lines, functions)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    head, _, _ = outcome.text.partition("os.environ[")
    assert parse in head.rstrip().splitlines()[-1]
    assert outcome.text.count("os.environ[") == 1
    assert "vars(args)" in outcome.text


@pytest.mark.parametrize(
    ("lines", "functions"),
    [
        (
            "args = parser.parse_args(); other = argparse.ArgumentParser(); "
            "other.add_argument('--n'); print(other.parse_args())",
            "",
        ),
        (
            "args = parser.parse_args(); more = copy.deepcopy(parser); "
            "more.add_argument('--n'); print(more.parse_args())",
            "",
        ),
        ("args = parser.parse_args(); args = parser.parse_args() if argv else args", ""),
        ("args = parser.parse_args(); if argv: args = parser.parse_args()", ""),
        (
            "if argv: return; args = parser.parse_args(); if argv: args = None; "
            "print(parser.parse_args(argv))",
            "",
        ),
        (
            "first = parser.parse_args(); parser.set_defaults(data=1); "
            "args = parser.parse_args()",
            "",
        ),
        (
            "first = parser.parse_args(argv); args = parser.parse_args()",
            "def test():\n    main(['--data', 'x'])\n\n\ntest()",
        ),
        ("_, rest = parser.parse_known_args(); args = parser.parse_args(rest)", ""),
        ("first = parser.parse_args(); args = parser.parse_args(argv or ['x'])", ""),
        (
            "first = parse(parser); first = parse(parser); args = parser.parse_args()",
            FUNCTION,
        ),
        (
            "first = make(1).parse_known_args(); p = make(); args = p.parse_args()",
            "def make(more=0):\n    p = argparse.ArgumentParser()\n"
            "    if more:\n        p.add_argument('--n')\n    return p",
        ),
        (
            "p = make(1); first = p.parse_known_args(); p = make(); args = p.parse_args()",
            "def make(more=0):\n    p = argparse.ArgumentParser()\n"
            "    if more:\n        p.add_argument('--n')\n    return p",
        ),
        ("first = parser.parse_args(); start(1); args = parser.parse_args()", ""),
    ],
)
def test_parses_that_may_give_other_values(lines: str, functions: str) -> None:
    outcome = outcome_of(lines, functions)
    assert isinstance(outcome, Refused)
    assert "parse" in outcome.reasons[0].message
