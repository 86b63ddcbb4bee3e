"""JR303: the run only starts where a switch is on that is off by default."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

SCRIPT = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--track", action="store_true")
args = parser.parse_args()
if args.track:
    wandb.init(config=args)
print(args.lr)
"""


def test_a_switch_that_is_off() -> None:
    ((line, _, message),) = found("JR303", SCRIPT)
    assert line == 9
    assert "`args.track`" in message


def test_the_fix_opens_it_in_a_job() -> None:
    after = fixed("JR303", SCRIPT, unsafe=True)
    assert "job_args" in after or "WANDB_LAUNCH" in after
    assert_clean("JR303", after)


def test_a_constant_that_is_false() -> None:
    text = "import wandb\n\nTRACK = False\nif TRACK:\n    wandb.init()\nprint(wandb.run)\n"
    ((line, column, message),) = found("JR303", text)
    assert (line, column) == (4, 4)
    assert message == "no job starts a run while TRACK is False"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if args.track:\n    wandb", "wandb"),
        ('"store_true"', '"store_true", default=True'),
        ("if args.track:", "if args.lr:"),
        ("if args.track:", "if RANK == 0:"),
        ("print(", "else:\n    wandb.init(mode='online', config=args)\nprint("),
        ("print(", "wandb.init(config=args)\nprint("),
        ("if args.track:", "if __name__ == '__main__':"),
    ],
    ids=["plain", "on", "number", "rank", "either", "another", "main"],
)
def test_a_run_that_a_job_starts(before: str, after: str) -> None:
    assert_clean("JR303", SCRIPT.replace(before, after))


@pytest.mark.parametrize(
    "text",
    [
        "TRACK = True\nif TRACK:\n    wandb.init()\n",
        "TRACK = False\nTRACK = find()\nif TRACK:\n    wandb.init()\n",
        "TRACK = False\nif not TRACK:\n    wandb.init()\n",
    ],
    ids=["true", "set-later", "opposite"],
)
def test_a_constant_that_does_not_forbid_it(text: str) -> None:
    assert_clean("JR303", "import wandb\n" + text)
