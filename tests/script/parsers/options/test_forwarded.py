"""Parameters that come through a method of the script's own."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

SCRIPT = """\
import argparse
import wandb

class Options:
    def __init__(self):
        self.parser = argparse.ArgumentParser()

    def add(self, *args, **kwargs):
        action = self.parser.add_argument(*args, **kwargs)
        print(action.dest)

    def parse(self):
        return self.parser.parse_args()

options = Options()
options.add("--lr", type=float, default=0.1)
options.add("--epochs", type=int, default=3)
args = options.parse()
wandb.init(config=args)
"""


def script_of(text: str) -> Script:
    script = read(text)
    assert isinstance(script, Script)
    return script


def test_each_call_of_the_method_adds_one() -> None:
    script = script_of(SCRIPT)
    assert [(p.name, p.type, p.place.line) for p in script.parameters] == [
        ("lr", "float", 16),
        ("epochs", "int", 17),
    ]
    assert not script.parsers[0].unseen


def test_a_function_that_does_the_same() -> None:
    text = SCRIPT.replace("options.add(", "add(").replace(
        "options = ",
        "def add(*args, **kwargs):\n    options.parser.add_argument(*args, **kwargs)\n\n"
        "options = ",
    )
    assert [p.name for p in script_of(text).parameters] == ["lr", "epochs"]


def test_a_parser_that_has_a_method_of_the_same_name() -> None:
    text = SCRIPT.replace("def add(", "def add_argument(").replace(
        "options.add(", "options.add_argument("
    )
    text += "other = argparse.ArgumentParser()\nother.add_argument('--x')\n"
    names = [[p.name for p in m.parameters] for m in script_of(text).parsers]
    assert ["lr", "epochs"] in names


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(*args, **kwargs)\n        print", "(*args, help='x', **kwargs)\n        print"),
        ("def add(self, *args, **kwargs)", "def add(self, group, *args, **kwargs)"),
        ("def add(self, *args, **kwargs)", "def add(self, *args, help='', **kwargs)"),
        ("    def add(", "    @traced\n    def add("),
        ("        action =", "        kwargs['nargs'] = 2\n        action ="),
        ("        action =", "        kwargs.setdefault('type', int)\n        action ="),
        ("        action =", "        args = flags(args)\n        action ="),
        ("add_argument(*args, **kwargs)", "add_argument(*args[1:], **kwargs)"),
        ("args = options.parse", "adders = [options.add]\nargs = options.parse"),
        ("args = options.parse", "more(options.add)\nargs = options.parse"),
        ("args = options.parse", "load().add('--x')\nargs = options.parse"),
    ],
)
def test_where_others_may_come_through_it(old: str, new: str) -> None:
    assert old in SCRIPT
    script = script_of(SCRIPT.replace(old, new))
    assert any("only a run tells" in text for m in script.parsers for text, _ in m.unseen)
