"""Scripts that get the module from a function, which is asked for it by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.plan import Plan
from jobready.outcome import Rewritten, Unchanged
from tests.edits.test_across_files import decided
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import importlib

EXTRAS = {"wandb": "train"}


def require(module: str):
    extra = EXTRAS[module]
    try:
        return importlib.import_module(module)
    except ImportError as e:
        raise ImportError(f"{module!r} is part of {extra!r}") from e


parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
args = parser.parse_args()
wandb = require("wandb")
wandb.init(config=args)
"""
LOAD = "        return importlib.import_module(module)\n"
ASK = 'wandb = require("wandb")'
UNSEEN = "parses arguments, but no run is seen"


def changed(old: str, new: str) -> str:
    assert old in SCRIPT
    return SCRIPT.replace(old, new)


def test_a_function_that_returns_the_module_imports_it() -> None:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome
    assert "args = parser.parse_args(sys.argv[1:] + job_args(parser))\n" in outcome.text
    assert f"{ASK}\nwandb.init(config=args)\n" in outcome.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LOAD, "        return __import__(module)\n"),
        (LOAD, f"{LOAD}    except ValueError:\n        return None\n"),
        (LOAD, f"        print(module)\n{LOAD}"),
        ("import importlib\n", "from importlib import import_module\n"),
        (f"{ASK}\n", f"wandb = None\nif args.data:\n    {ASK}\n"),
        (f"{ASK}\nwandb.init", 'wb = require("wandb")\nwb.init'),
    ],
)
def test_it_may_be_written_in_other_ways(old: str, new: str) -> None:
    source = changed(old, new)
    if "from importlib" in new:
        source = source.replace("importlib.import_module(", "import_module(")
    outcome = migrated(source)
    assert isinstance(outcome, Rewritten), outcome
    assert "job_args(parser)" in outcome.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LOAD, "        return module\n"),
        (LOAD, "        return Stub(module)\n"),
        (LOAD, f"        if offline:\n            return Stub()\n{LOAD}"),
        (LOAD, f"        module = other(module)\n{LOAD}"),
        (LOAD, '        return importlib.import_module(module + "_stub")\n'),
        (LOAD, "        return importlib.import_module(module, package)\n"),
        (LOAD, "        return importlib.import_module(EXTRAS[module])\n"),
        (LOAD, LOAD.replace("return", "yield")),
        (LOAD, f"        def load():\n    {LOAD}        return load\n"),
        ("def require(module", "@cached\ndef require(module"),
        ("def require(module", "def require(extra, module"),
        (ASK, 'wandb = require("tracker")'),
        (ASK, "wandb = require(args.data)"),
        (ASK, 'wandb = require("wandb", True)'),
        (ASK, 'wandb, _ = require("wandb")'),
        (ASK, f"if args.data:\n    {ASK}\nelse:\n    wandb = Stub()"),
        (ASK, 'wandb = elsewhere("wandb")'),
    ],
)
def test_what_may_give_something_else_is_no_run(old: str, new: str) -> None:
    outcome = migrated(changed(old, new))
    assert isinstance(outcome, Unchanged), outcome
    assert outcome.reasons[0].message.startswith(UNSEEN)


TRAIN = """\
import argparse

from loop import run

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
run(parser.parse_args())
"""
LOOP = """\
from optional import require


def run(args):
    wandb = require("wandb")
    wandb.init(config=vars(args))
"""
OPTIONAL = """\
import importlib


def require(module):
    return importlib.import_module(module)
"""


def test_the_function_may_stand_in_another_file(tmp_path: Path) -> None:
    script, plan = decided(tmp_path, TRAIN, loop=LOOP, optional=OPTIONAL)
    assert isinstance(plan, Plan), plan
    assert [str(i.place.file).endswith("loop.py") for i in script.inits] == [True]


def test_a_function_that_is_not_there_may_give_anything(tmp_path: Path) -> None:
    script, decision = decided(tmp_path, TRAIN, loop=LOOP)
    assert isinstance(decision, Unchanged), decision
    assert not script.inits
