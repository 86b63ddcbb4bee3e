"""Words that a script hands on behind a command keep the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

COMMANDS = """\
import argparse
import json
import sys

import wandb


def train(STARargv):
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", nargs="?", default="fit")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--tags", action="append")
    parser.add_argument("--amp", action="store_true")
    args = parser.parse_args(argv)
    wandb.init(project="commands", config=vars(args))
    print(json.dumps(vars(args)))
    return 0


def export(STARargv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", default="all")
    parser.add_argument("--amp", type=int, default=3)
    print(json.dumps(vars(parser.parse_args(argv))))
    return 0


"""
BY_NAME = """\
def main(argv=None):
    args = list(sys.argv[1:] if argv is None else argv)
    commands = {"train": train}
    if args and args[0] == "export":
        return export(args[1:])
    if not args or args[0] not in commands:
        print("usage: cli.py train|export")
        return 4
    return commands[args[0]](args[1:])


if __name__ == "__main__":
    raise SystemExit(main())
"""
BY_TABLE = """\
TABLE = {"train": train, "export": export}


def main():
    if len(sys.argv) < 2:
        print("usage: cli.py train|export")
        sys.exit(4)
    command = sys.argv[1]
    args = sys.argv[2:]
    if command not in TABLE:
        print("no such command")
        sys.exit(5)
    TABLE[command](*args)


if __name__ == "__main__":
    sys.exit(main())
"""
WAYS = [
    COMMANDS.replace("STAR", "") + BY_NAME,
    COMMANDS.replace("STAR", "*") + BY_TABLE,
]
ARGV = ["--lr", "0.5", "--tags", "a", "--amp"]
VALUES = {"lr": 0.5, "tags": ["a"], "amp": True}


@pytest.mark.parametrize("script", WAYS)
def test_the_words_behind_a_command(tmp_path: Path, script: str) -> None:
    before, after = two_copies(tmp_path, script)
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


@pytest.mark.parametrize("script", WAYS)
def test_another_command_and_none(tmp_path: Path, script: str) -> None:
    before, after = two_copies(tmp_path, script)
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    expected = run(before, ["export", "--lr", "0.5", "--amp", "4"]).trained_with
    given = {"lr": "0.5", "amp": 4, "tags": ["a"]}
    assert run(after, ["export"], launched=given).trained_with == expected
    for argv in ([], ["other", "--lr", "1"]):
        ended = run(before, argv)
        for ran in (run(after, argv), run(after, argv, launched=VALUES)):
            assert (ran.exit_code, ran.stdout) == (ended.exit_code, ended.stdout)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("args[0] == ", "len(args) > 1 and args[0] == "),
        ("commands[args[0]](args[1:])", 'commands[args[0]](["--lr", "3", *args[1:]])'),
        ("        return 4\n", "        return train(args)\n"),
        ("    commands = {", '    train(["--lr=3"])\n    commands = {'),
        ("(argv)\n    wandb", "(argv or None)\n    wandb"),
    ],
)
def test_other_words_are_left_alone(tmp_path: Path, old: str, new: str) -> None:
    before, after = two_copies(tmp_path, WAYS[0], (old, new))
    assert migrate(after)["files"][0]["outcome"] == "refused"
    assert after.read_bytes() == before.read_bytes()
