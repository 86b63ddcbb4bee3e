"""Modules that are loaded by names which a script puts together keep the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate
from tests.contract.running import run

pytestmark = pytest.mark.contract

TRAIN = """\
import json

import wandb
from options import make_parser

args = make_parser().parse_args()
wandb.init(project="methods", config=args)
print(json.dumps(vars(args)))
"""
OPTIONS = """\
import argparse
import importlib

METHODS = ["cnn", "gan", "plain"]


def make_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--method", choices=METHODS, default="cnn")
    for name in METHODS:
        module = importlib.import_module(f"own.{name}.options")
        add = getattr(module, "add_options")
        parser = add(parser)
    return parser
"""
CNN = """\
def add_options(parser):
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("--amp", action="store_true")
    return parser
"""
GAN = """\
def add_options(parser):
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 2])
    group = parser.add_argument_group("speed")
    group.add_argument("--slow", dest="fast", action="store_false")
    return parser
"""
PLAIN = "def add_options(parser):\n    return parser\n"
ADD = '        add = getattr(module, "add_options")\n        parser = add(parser)\n'
NAMES = ("cnn", "gan", "plain")
ASKS = """\
        if hasattr(module, "add_options"):
            module.add_options(parser)
"""
WORDS = ["--lr=0.5", "--method=gan", "--depth=7", "--amp", "--sizes", "4", "5", "--slow"]
LAUNCHED = {
    "lr": 0.5,
    "method": "gan",
    "depth": 7,
    "amp": True,
    "sizes": [4, 5],
    "fast": False,
}


def tree(folder: Path, files: dict[str, str]) -> Path:
    """The path of the script, with its modules."""
    own = {f"own/{n}/options.py": t for n, t in zip(NAMES, (CNN, GAN, PLAIN), strict=True)}
    for name, text in {"train.py": TRAIN, "options.py": OPTIONS, **own, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        (path.parent / "__init__.py").touch()
    (folder / "__init__.py").unlink()
    return folder / "train.py"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {  # the parser goes on by another name, and another function has that of the local
            "options.py": OPTIONS.replace("parser = add(", "made = make(")
            .replace("        add =", "        make =")
            .replace(
                "    return parser", '    made.add_argument("--late")\n    return made'
            )
            + "\n\ndef make(x):\n    return x\n"
        },
        {"own/plain/options.py": "SIZE = 1\n", "options.py": OPTIONS.replace(ADD, ASKS)},
    ],
)
def test_options_of_each_module(tmp_path: Path, changes: dict[str, str]) -> None:
    before, after = tree(tmp_path / "before", changes), tree(tmp_path / "after", changes)
    report = migrate(after)
    assert {f["outcome"] for f in report["files"]} == {"rewritten"}, report
    expected = run(before, WORDS).trained_with
    plain = run(after, WORDS)
    assert plain.trained_with == expected
    assert run(after, ["--lr=7"], launched=LAUNCHED).trained_with == expected
    assert plain.config is not None
    clone = run(after, ["--depth=1", "--lr=7"], launched=plain.config)
    assert clone.trained_with == expected


CHOSEN = """\
import argparse
import importlib
import json

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--method", default="cnn")
args = parser.parse_args()
importlib.import_module(f"own.{args.method}.fit").fit(args)
print(json.dumps(vars(args)))
"""
FIT = (
    'import wandb\n\n\ndef fit(args):\n    wandb.init(project="m", config={"method": 1})\n'
)


@pytest.mark.parametrize("method", NAMES[1:])
def test_the_run_of_the_module_that_is_picked(tmp_path: Path, method: str) -> None:
    files = {"train.py": CHOSEN, **{f"own/{n}/fit.py": FIT for n in NAMES}}
    before, after = tree(tmp_path / "before", files), tree(tmp_path / "after", files)
    report = migrate(after, *(after.parent / "own" / n / "fit.py" for n in NAMES))
    assert all(f["outcome"] == "rewritten" for f in report["files"]), report
    words = ["--lr=0.5", f"--method={method}"]
    expected = run(before, words).trained_with
    plain = run(after, words)
    assert plain.trained_with == expected
    assert plain.config is not None
    assert run(after, [], launched=plain.config).trained_with == expected
