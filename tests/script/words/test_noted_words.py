"""Words of the command line that only go into a record of the run."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

SCRIPT = """\
import argparse
import json
import sys

import wandb


def started(command=None, **more):
    return {RECORD, "python": sys.version, **more}


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args(argv)
    with open("run.json", "w") as file:
        json.dump(started(lr=args.lr), file)
    MORE
    wandb.init(config=args)


main()
"""


def looks(record: str = '"argv": sys.argv', more: str = "pass") -> bool:
    """Whether the script is said to look at its words itself."""
    script = read(SCRIPT.replace("RECORD", record).replace("MORE", more))
    assert isinstance(script, Script)
    return bool(script.argv_uses)


@pytest.mark.parametrize(
    "record",
    [
        '"argv": sys.argv',
        '"argv": sys.argv[1:]',
        '"argv": list(sys.argv)',
        '"argv": tuple(sys.argv[1:])',
        '"command": " ".join(sys.argv)',
        '"words": sys.argv, "script": sys.argv[0]',
    ],
)
def test_words_that_nobody_takes_out_again(record: str) -> None:
    assert not looks(record)


@pytest.mark.parametrize(
    "more",
    [
        "record = started(); print(record)",
        "record = started(); record['lr'] = args.lr",
        "record = started(**{'lr': 3})",
        "note = {'argv': 'another record'}",
        "for key, value in started().items(): print(key, value)",
        "wandb.init(config={**started(), 'lr': args.lr})",
    ],
)
def test_a_record_that_is_used(more: str) -> None:
    assert not looks(more=more)


@pytest.mark.parametrize(
    "more",
    [
        "record = started(); record['argv'].append('--lr')",
        "print('--lr' in started()['argv'])",
        "words = started().get('argv')",
        "words = started().pop('argv')",
        "key = 'argv'; words = started()[key]",
        "words = Namespace(**started()).argv",
        "main(**started())",
        "match started():\n        case {'argv': words}: print(words)",
        "setattr(args, 'argv', 1)",
        "print(args.argv)",
    ],
)
def test_words_that_may_be_taken_out_again(more: str) -> None:
    assert looks(more=more)


@pytest.mark.parametrize(
    "record",
    [
        '"argv": sys.argv[1]',
        '"argv": sys.argv.pop()',
        '"argv": len(sys.argv)',
        '"argv": [*sys.argv]',
        '"argv": sorted(sys.argv)',
        '"argv": "--lr" in sys.argv',
        '"argv": sys.argv or None',
        "KEY: sys.argv",
        "sys.argv[1]: 1",
        "**dict(enumerate(sys.argv))",
        '"argv": lambda: sys.argv',
    ],
)
def test_words_that_are_not_all_that_is_noted(record: str) -> None:
    assert looks(record)
