"""Parameters that a function of another file sets anew, which then come from the config."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from tests.edits.test_across_files import decided

TRAIN = """\
import argparse

import wandb

import other
from other import adjust

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=None)
args = parser.parse_args()
<call>
wandb.init(config=args)
print(args.seed, wandb.config.lr, wandb.config["seed"])
"""
SETS = "def adjust(given):\n    given.lr *= 2\n"


@pytest.mark.parametrize(
    ("call", "other"),
    [
        ("adjust(args)", SETS),
        ("other.adjust(args)", SETS),
        ("adjust(given=args)", SETS),
        ("adjust(3, args)", SETS.replace("(given", "(size, given")),
        ("adjust(args)", "def adjust(given):\n    setattr(given, 'lr', 3)\n"),
        ("adjust(args)", "def adjust(given):\n    vars(given).update(load())\n"),
        ("adjust(vars(args))", "def adjust(given):\n    given['lr'] = 3\n"),
        (
            "adjust(args)",
            "def adjust(given):\n    if given.lr is None or given.seed:\n"
            "        given.lr = 3\n",
        ),
        (
            "adjust(args)",
            "class adjust:\n    def __init__(self, given):\n        self.given = given\n"
            "        self.given.lr = 3\n",
        ),
    ],
)
def test_it_is_not_taken_back(call: str, other: str, tmp_path: Path) -> None:
    _, refused = decided(tmp_path, TRAIN.replace("<call>", call), other=other)
    assert isinstance(refused, Refused), refused
    assert "lr is set to another value (line 12)" in refused.reasons[0].message


def test_it_is_noted(tmp_path: Path) -> None:
    train = TRAIN.replace("<call>", "adjust(args)").partition(", wandb.config.lr")[0]
    script, plan = decided(tmp_path, f"{train})\n", other=SETS)
    assert isinstance(plan, Plan)
    assert [(o.name, o.counts) for o in script.overwrites] == [("lr", True)]


@pytest.mark.parametrize(
    ("call", "other"),
    [
        ("adjust(args)", "def adjust(given):\n    print(given.lr)\n"),
        ("adjust(args)", "def adjust(given):\n    given.more = 3\n"),
        ("adjust(args)", "def adjust(given):\n    given = load()\n    other.lr = 3\n"),
        ("adjust(args, 3)", "def adjust(given, size):\n    size.lr = 3\n"),
        ("adjust(args.lr)", SETS),
        ("print(args)", SETS),
        (
            "adjust(args)",
            "def adjust(given):\n    if given.seed is None:\n        given.seed = 3\n",
        ),
        (
            "adjust(args)",
            "class adjust:\n    def __init__(self, given):\n        self.lr = given.lr\n",
        ),
        (
            "adjust(args)",
            "class adjust:\n    def __init__(self, given):\n        self.sizes = {}\n"
            "        for key in given.sizes:\n            self.sizes[key] = 3\n",
        ),
    ],
)
def test_what_leaves_them_alone(call: str, other: str, tmp_path: Path) -> None:
    _, plan = decided(tmp_path, TRAIN.replace("<call>", call), other=other)
    assert isinstance(plan, Plan), plan


def test_each_script_is_told_of_its_own_parameters(tmp_path: Path) -> None:
    other = (
        "def adjust(given):\n    if given.seed is None:\n        given.seed = 3\n"
        "    given.lr = given.rate = 3\n"
    )
    (tmp_path / "other.py").write_text(other)
    train = TRAIN.replace("<call>", "adjust(args)").partition(", wandb.config.lr")[0]
    texts = {
        "one.py": f"{train})\n",
        "two.py": f"{train})\n".replace('"--lr"', '"--rate"'),
        "three.py": f"{train})\n".replace('"--lr"', '"--size"'),
        "four.py": f"{train})\n",
    }
    library = Library()
    found = {}
    for name, text in texts.items():
        script = read_linked(text, tmp_path / name, library.for_script())
        assert isinstance(script, Script)
        found[name] = [(o.name, o.counts) for o in script.overwrites]
    assert found == {
        "one.py": [("lr", True)],
        "two.py": [("rate", True)],
        "three.py": [],
        "four.py": [("lr", True)],
    }
