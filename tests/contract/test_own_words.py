"""A parse of other words than the command line's keeps them beside a launched job."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, rewritten_copy, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json
import shlex
import tempfile

import wandb


def make_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--teacher", default="--lr 7")
    return parser


def saved(text):
    with tempfile.TemporaryFile("w+") as file:
        file.write(text)
        file.seek(0)
        return make_parser().parse_args(shlex.split(file.read()))


def main():
    args = make_parser().parse_args()
    teacher = saved(args.teacher)
    wandb.init(project="own-words", config=args)
    print(json.dumps({**vars(args), "from": teacher.lr}))


main()
"""
CALL = "saved(args.teacher)"


@pytest.mark.parametrize(
    ("argv", "launched", "teacher"),
    [
        (["--lr", "2"], {"lr": 2.0}, 7.0),
        (["--teacher=--lr 5"], {"teacher": "--lr 5"}, 5.0),
    ],
)
def test_saved_words_are_read_as_they_are(
    tmp_path: Path, argv: list[str], launched: dict[str, object], teacher: float
) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    expected = run(before, argv).trained_with
    assert expected["from"] == teacher
    plain = run(after, argv)
    assert plain.trained_with == expected
    assert run(after, launched=launched).trained_with == expected
    assert run(after, ["--lr", "9"], launched={"lr": 2.0}).trained_with["from"] == 7.0
    assert plain.config is not None
    assert run(after, launched=plain.config).trained_with == expected


def test_a_function_that_takes_either_is_left_alone(tmp_path: Path) -> None:
    before, after = two_copies(
        tmp_path,
        SCRIPT,
        ("def make_parser():", "def options(argv=None):"),
        ("    return parser\n", "    return parser.parse_args(argv)\n"),
        ("make_parser().parse_args(shlex.split(file.read()))", "options(['--lr', '7'])"),
        ("make_parser().parse_args()", "options()"),
    )
    assert migrate(after)["files"][0]["outcome"] == "refused"
    assert after.read_bytes() == before.read_bytes()
