"""Dataclasses that a parser of simple_parsing surely gets, and those that it may lack."""

from __future__ import annotations

import pytest

from jobready.outcome import Rewritten
from jobready.script.model import Script
from jobready.script.read import read
from tests.edits.tools import migrated

TOP = """\
import argparse
import os
from dataclasses import dataclass

import wandb
from simple_parsing import ArgumentParser


@dataclass
class Model:
    lr: float = 0.1


@dataclass
class Data:
    size: int = 8


"""
SHOWN = (
    "wandb.init(config={**vars(args.model), **vars(args.data)})",
    "wandb.init(config={**vars(args.data), **vars(args.model)})",
)
PLAIN = """\
parser = ArgumentParser()
parser.add_arguments(Model, "model")
parser.add_arguments(Data, "data")
args = parser.parse_args()
wandb.init()
print(args)
"""
BUILT = """\
def get_parser():
    return ArgumentParser()


def add(parser):
    parser.add_arguments(Data, "data")


def main():
    parser = get_parser()
    parser.add_arguments(Model, "model")
    add(parser)
    args = parser.parse_args()
    wandb.init()
    print(args)


if __name__ == "__main__":
    main()
"""
DATA = 'parser.add_arguments(Data, "data")\n'


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return TOP + text.replace(old, new)


@pytest.mark.parametrize(
    "script",
    [
        TOP + PLAIN,
        TOP + BUILT,
        changed(PLAIN, "print(args)", "if os.environ:\n    print(args)"),
        changed(
            BUILT, "    main()\n", "    try:\n        main()\n    finally:\n        pass\n"
        ),
        changed(BUILT, "    return A", "    if os.environ:\n        print()\n    return A"),
    ],
)
def test_what_is_surely_there_is_shown(script: str) -> None:
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert any(shown in outcome.text for shown in SHOWN)


@pytest.mark.parametrize(
    ("script", "name"),
    [
        (changed(PLAIN, DATA, f"if os.environ:\n    {DATA}"), "data"),
        (changed(PLAIN, DATA, f"for _ in os.environ:\n    {DATA}"), "data"),
        (changed(PLAIN, DATA, f"try:\n    {DATA}except KeyError:\n    pass\n"), "data"),
        (changed(PLAIN, DATA, f"os.environ and {DATA}"), "data"),
        (changed(BUILT, "    add(p", "    if os.environ:\n        add(p"), "data"),
        (changed(BUILT, f"    {DATA}", f"    if os.environ:\n        {DATA}"), "data"),
        (
            changed(BUILT, f"    {DATA}", f"    if parser:\n        return\n    {DATA}"),
            "data",
        ),
        # an option beside them
        (
            changed(PLAIN, "args =", 'if args:\n    parser.add_argument("--n")\nargs ='),
            "'--n'",
        ),
    ],
)
def test_what_the_parser_may_lack(script: str, name: str) -> None:
    outcome = migrated(script)
    assert not isinstance(outcome, Rewritten), outcome
    assert f"only a run tells whether the parser has {name}" in str(outcome)


def test_an_option_that_is_only_there_when_given() -> None:
    option = 'parser.add_argument("--n", default=argparse.SUPPRESS)\nargs ='
    outcome = migrated(changed(PLAIN, "args =", option))
    assert "only a run tells whether the arguments hold n" in str(outcome)


@pytest.mark.parametrize(
    "uses",
    [
        'args = vars(parser.parse_args())\nmodel = args.pop("model")\nwandb.init()\n',
        'args = vars(parser.parse_args())\nmodel = args["model"]\nwandb.init()\n',
        "args = dict(vars(parser.parse_args()))\nwandb.init()\nprint(args['model'])\n",
    ],
)
def test_a_dict_has_no_dataclasses_as_attributes(uses: str) -> None:
    script = TOP + PLAIN.partition("args =")[0] + uses
    outcome = migrated(script)
    assert not isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(("bases", "default"), [("Model, Other", 0.1), ("Other, Model", 2)])
def test_the_first_of_several_bases_has_the_last_word(bases: str, default: float) -> None:
    other = "@dataclass\nclass Other:\n    lr: int = 2\n\n\n"
    both = f"@dataclass\nclass Both({bases}):\n    pass\n\n\n"
    script = read(f"{TOP}{other}{both}{PLAIN}".replace('(Model, "', '(Both, "'))
    assert isinstance(script, Script)
    assert {p.name: p.default for p in script.parameters} == {"lr": default, "size": 8}
