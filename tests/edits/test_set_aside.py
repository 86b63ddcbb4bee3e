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
