"""Modules that only give the arguments back, which are followed to see that they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.choose import choose
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.project.environment import Environment
from jobready.project.search_path import entry_of
from jobready.script.files.imports import imports_of
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import syntax_of

NEWEST = Environment(line_length=88, type_checked=False, wandb_version=None)
TRAIN = """\
import argparse
import wandb
from checks import check

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=3)

def main(args):
    args = check(args)
    wandb.init(config=args)
    print(args.lr)

main(parser.parse_args())
"""


def decision(folder: Path, checks: str, train: str = TRAIN) -> Plan | Refused:
    (folder / "train.py").write_text(train)
    (folder / "checks.py").write_text(checks)
    path = folder / "train.py"
    script = read_linked(path.read_text(), path, Library())
    assert isinstance(script, Script)
    made = choose(script, Options(), NEWEST)
    assert isinstance(made, (Plan, Refused))
    return made


@pytest.mark.parametrize(
    "checks",
    [
        "def check(args):\n    assert args.lr\n    return args\n",
        "import more\ndef check(args, how=None):\n    args.seen = 1\n    return args\n",
    ],
)
def test_a_function_of_a_module_that_returns_what_it_gets(
    checks: str, tmp_path: Path
) -> None:
    assert isinstance(decision(tmp_path, checks), Plan)


def test_as_a_member_of_the_module(tmp_path: Path) -> None:
    train = TRAIN.replace("from checks import check", "import checks")
    train = train.replace("check(args)", "checks.check(args)")
    checks = "def check(args):\n    return args\n"
    assert isinstance(decision(tmp_path, checks, train), Plan)


def test_what_it_overwrites_is_noted(tmp_path: Path) -> None:
    checks = "def check(args):\n    args.lr = args.lr * 2\n    return args\n"
    made = decision(tmp_path, checks)
    assert isinstance(made, Plan)
    assert [(Path(r.file or "").name, r.message) for r in made.reasons[1:]] == [
        ("checks.py", "note: lr is overwritten; a clone overwrites it again")
    ]


def test_arguments_that_another_file_hands_on_under_the_same_name(tmp_path: Path) -> None:
    text = (
        "from more import finish\n\ndef get(parser):\n"
        "    args, rest = parser.parse_known_args()\n"
        "    return finish(parser, rest, args)\n\ndef main(args, kind):\n"
        "    args = check(args)\n    kind = name(kind)\n\nmain(get(make()), 1)\n"
    )
    syntax = syntax_of(text)
    assert isinstance(syntax, Syntax)
    path = tmp_path / "train.py"
    assert imports_of(syntax, path, entry_of(path), frozenset()).returning == {"check"}


@pytest.mark.parametrize(
    "checks",
    [
        "def check(args):\n    return load(args.lr)\n",
        "def check(args):\n    return dict(lr=3)\n",
        "def check(args):\n    if args.lr:\n        return args\n    return load(args)\n",
        "from more import check\n",
        "class Checks:\n    def check(self, args):\n        return args\n",
        "check = build()\n",
    ],
)
def test_a_function_that_may_return_something_else(checks: str, tmp_path: Path) -> None:
    assert isinstance(decision(tmp_path, checks), Refused)
