"""Words that the arguments keep under a name of their own, and who says the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.plan import Plan
from jobready.outcome import Refused
from tests.edits.test_across_files import decided

TRAIN = """\
import argparse
import sys

import wandb

import other

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
argv = sys.argv[1:]
args = parser.parse_args(argv)
args.command = " ".join(argv)
wandb.init(config=args)
other.run(args)
"""

KEEP = """\
def keep(args, words=()):
    args.command = " ".join(words)

keep(args)
keep(args, argv)"""


@pytest.mark.parametrize(
    ("other", "further"),
    [
        ("def run(given):\n    print(vars(given))\n", ""),
        ("import further\ndef run(given):\n    further.run(given.data)\n", "commands = []"),
    ],
)
def test_modules_that_do_not_say_it(other: str, further: str, tmp_path: Path) -> None:
    _, plan = decided(tmp_path, TRAIN, other=other, further=further)
    assert isinstance(plan, Plan), plan


def test_words_that_only_some_calls_give(tmp_path: Path) -> None:
    script = TRAIN.replace('args.command = " ".join(argv)', KEEP)
    _, plan = decided(tmp_path, script, other="def run(given):\n    pass\n")
    assert isinstance(plan, Plan), plan
    reads = "def run(given):\n    print(given.command)\n"
    _, refused = decided(tmp_path, script, other=reads)
    assert isinstance(refused, Refused), refused


@pytest.mark.parametrize(
    ("other", "further"),
    [
        ("def run(given):\n    print(given.command)\n", ""),
        ("def run(given):\n    getattr(given, 'command')\n", ""),
        (
            "import further\ndef run(given):\n    further.run(given)\n",
            "def run(a):\n    a.command",
        ),
    ],
)
def test_modules_that_say_it(other: str, further: str, tmp_path: Path) -> None:
    _, refused = decided(tmp_path, TRAIN, other=other, further=further)
    assert isinstance(refused, Refused), refused
    assert refused.reasons[0].message.startswith("the script itself looks at sys.argv")
