"""A command that a script takes from ``sys.argv`` itself keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json
import sys

import wandb


def train():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", nargs="?", default="fit")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--tags", action="append")
    parser.add_argument("--amp", action="store_true")
    args = parser.parse_args(WORDS)
    wandb.init(project="commands", config=vars(args))
    print(json.dumps(vars(args)))


def export():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", default="all")
    parser.add_argument("--amp", type=int, default=3)
    print(json.dumps(vars(parser.parse_args(WORDS))))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("usage: cli.py train|export")
        sys.exit(4)
    command = sys.argv[1]
    REMOVE
    if command == "train":
        train()
    elif command == "export":
        export()
    else:
        sys.exit(f"no such command: {command}")
"""
WAYS = [
    ("sys.argv = sys.argv[1:]", ""),
    ("sys.argv.pop(1)", ""),
    ("del sys.argv[1]", "sys.argv[1:]"),
    ("sys.argv = [sys.argv[0]] + sys.argv[2:]", ""),
    ("", "sys.argv[2:]"),
]
ARGV = ["--lr", "0.5", "--tags", "a", "--amp"]
VALUES = {"lr": 0.5, "tags": ["a"], "amp": True}


def both(
    folder: Path, way: tuple[str, str], *changes: tuple[str, str]
) -> tuple[Path, Path]:
    """The script that takes its command in one way, and what is to be migrated of it."""
    text = SCRIPT.replace("REMOVE", way[0]).replace("WORDS", way[1])
    return two_copies(folder, text, *changes)


@pytest.mark.parametrize("way", WAYS)
def test_the_words_behind_a_command(tmp_path: Path, way: tuple[str, str]) -> None:
    before, after = both(tmp_path, way)
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    for words, launched in ((ARGV, VALUES), (["test", *ARGV], {"mode": "test", **VALUES})):
        expected = run(before, ["train", *words]).trained_with
        plain = run(after, ["train", *words])
        assert plain.trained_with == expected
        assert run(after, ["train"], launched=launched).trained_with == expected
        over = run(after, ["train", "fit", "--lr", "9"], launched=launched).trained_with
        assert over == {"mode": "fit", **expected, **launched}
        assert plain.config is not None
        clone = run(after, ["train", "--lr", "7"], launched=plain.config)
        assert clone.trained_with == expected


def test_each_command_takes_what_its_own_parser_knows(tmp_path: Path) -> None:
    before, after = both(tmp_path, WAYS[0])
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    expected = run(before, ["export", "--lr", "0.5", "--amp", "4"]).trained_with
    given = {"lr": "0.5", "amp": 4, "tags": ["a"]}
    assert run(after, ["export"], launched=given).trained_with == expected


def test_a_job_without_a_command_ends_as_the_script_does(tmp_path: Path) -> None:
    before, after = both(tmp_path, WAYS[0])
    report = migrate(after)["files"][0]
    assert any("a job's entry point names it" in r["message"] for r in report["reasons"])
    for argv in ([], ["other", "--lr", "1"]):
        expected = run(before, argv)
        for ran in (run(after, argv), run(after, argv, launched=VALUES)):
            assert (ran.exit_code, ran.stdout) == (expected.exit_code, expected.stdout)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sys.exit(4)", 'sys.argv.append("train")'),
        ("    command = sys.argv[1]", '    command = "train" if sys.argv[1:] else ""'),
        ("    if command ==", "    if sys.argv[1:] and command =="),
        ("train()\n    elif", 'train() if "--amp" in sys.argv else export()\n    elif'),
    ],
)
def test_words_that_decide_more_are_left_alone(tmp_path: Path, old: str, new: str) -> None:
    before, after = both(tmp_path, WAYS[0], (old, new))
    assert migrate(after)["files"][0]["outcome"] == "refused"
    assert after.read_bytes() == before.read_bytes()
