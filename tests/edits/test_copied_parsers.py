"""Deep copies of parsers: those that are parsers of their own, and those unsure."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from jobready.script.model import Script
from jobready.script.read import read
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import copy
from copy import deepcopy

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--data", required=True)
ABOVE
args = parser.parse_args()
MIDDLE
wandb.init(config=args)
BELOW
"""


def script_of(above: str = "", middle: str = "", below: str = "") -> str:
    """The script with these lines."""
    script = SCRIPT.replace("ABOVE", above).replace("MIDDLE", middle)
    return script.replace("BELOW", below)


def rewritten(script: str) -> str:
    """The migrated script; a second run has nothing to do."""
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)
    return outcome.text


@pytest.mark.parametrize(
    "middle",
    [
        "more = copy.deepcopy(parser)\nprint(more.parse_args())",
        "more = deepcopy(parser)\nmore.add_argument('--n')\nprint(more.parse_args())",
        "more = deepcopy(parser)\nmore.print_help()",
        "def show(p):\n    print(deepcopy(p).parse_args())\nshow(parser)",
        "parser.set_defaults(lr=2)\nmore = deepcopy(parser)\nprint(more.parse_args())",
        "more = copy.copy(parser)\nprint(more.parse_args())",
    ],
)
def test_a_copy_is_a_parser_of_its_own(middle: str) -> None:
    text = rewritten(script_of(middle=middle))
    assert "parser.parse_args(sys.argv[1:] + job_args(parser))" in text
    if "print(more.parse" in middle:
        assert "more.parse_args(sys.argv[1:] + job_args(more))" in text


def test_what_is_added_to_a_copy_stays_off_its_original() -> None:
    script = read(script_of(middle="more = deepcopy(parser)\nmore.add_argument('--x')"))
    assert isinstance(script, Script)
    taken = {m.copied: [p.name for p in m.parameters] for m in script.parsers}
    assert taken == {False: ["lr", "data"], True: ["lr", "data", "x"]}


@pytest.mark.parametrize(
    ("above", "middle", "below"),
    [
        ("", "more = copy.deepcopy([parser])[0]\nprint(more.parse_args())", ""),
        ("", "more = copy.deepcopy(parser, {})\nprint(more.parse_args())", ""),
        ("", "more = clone(parser)\nparser.more = more", ""),
        ("", "more = deepcopy(parser)\nmore = deepcopy(more)\nmore.parse_args()", ""),
        ("", "more = deepcopy(parser)\nfill(more)\nmore.parse_args()", ""),
        ("more = deepcopy(parser)\nparser.add_argument('--n')", "more.parse_args()", ""),
        ("more = deepcopy(parser)\nparser.set_defaults(lr=1.0)", "more.parse_args()", ""),
        ("more = copy.copy(parser)\nfill(more)", "", ""),
        ("", "_, r = parser.parse_known_args()\ndeepcopy(parser).parse_args(r)", ""),
        ("more = deepcopy(parser)\nshow(more.parse_args, parser)", "", ""),
        ("s = parser.add_subparsers()\ns.add_parser('a')\nm = deepcopy(parser)", "", ""),
        ("q = argparse.ArgumentParser()", "m = deepcopy(q if x else parser)", ""),
    ],
)
def test_copies_of_which_it_is_not_sure_what_they_take(
    above: str, middle: str, below: str
) -> None:
    assert isinstance(migrated(script_of(above, middle, below)), Refused)


@pytest.mark.parametrize(
    "setting",
    [
        "given.set_defaults(**{k: 0 for k in vars(args)})",
        "for name in vars(args):\n    given.set_defaults(**{name: args})",
        "given.set_defaults(lr=0.5)",
        "given.set_defaults(**dict.fromkeys(vars(args), argparse.SUPPRESS))",
        "for action in given._actions:\n    action.default = None",
    ],
)
def test_a_copy_with_other_defaults_tells_what_is_given(setting: str) -> None:
    # without defaults it may be followed: see test_given_only.py
    middle = f"given = deepcopy(parser)\n{setting}\nprint(given.parse_args())"
    assert isinstance(migrated(script_of(middle=middle)), Refused)
