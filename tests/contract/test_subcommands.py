"""A script whose commands have commands of their own keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, rewritten_copy, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json

import wandb


def add_model(commands):
    model = commands.add_parser("model")
    model.add_argument("--store", default="here")
    actions = model.add_subparsers(dest="action", required=True)
    tune = actions.add_parser("tune")
    tune.add_argument("data")
    tune.add_argument("--lr", type=float, default=0.1)
    tune.add_argument("--amp", action="store_true")
    actions.add_parser("list").add_argument("--limit", type=int, default=3)


def parser():
    made = argparse.ArgumentParser()
    made.add_argument("--seed", type=int, default=0)
    commands = made.add_subparsers(dest="command")
    commands.add_parser("fit").add_argument("--lr", type=float, default=1.0)
    add_model(commands)
    return made


args = parser().parse_args()
wandb.init(project="subcommands", config=vars(args))
print(json.dumps(vars(args)))
"""


@pytest.mark.parametrize(
    ("argv", "launched", "over"),
    [
        (["--seed", "4", "fit", "--lr", "2"], {"seed": 4, "lr": 2}, ["fit", "--lr", "7"]),
        (
            ["model", "--store", "s", "tune", "d", "--lr", "0.5", "--amp"],
            {"store": "s", "data": "d", "lr": 0.5, "amp": True},
            ["--seed", "0", "model", "--store", "t", "tune", "e", "--lr", "7"],
        ),
        (["model", "list", "--limit", "5"], {"limit": 5}, ["model", "list"]),
    ],
)
def test_the_words_behind_a_command_of_a_command(
    tmp_path: Path, argv: list[str], launched: dict[str, object], over: list[str]
) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    expected = run(before, argv).trained_with
    plain = run(after, argv)
    assert plain.trained_with == expected
    assert run(after, over, launched=launched).trained_with == expected
    names = {k: expected[k] for k in ("command", "action") if k in expected}
    assert run(after, [], launched={**launched, **names}).trained_with == expected
    assert plain.config is not None
    assert run(after, ["--seed", "9"], launched=plain.config).trained_with == expected


def test_a_job_that_names_one_of_two_ends_as_the_script_does(tmp_path: Path) -> None:
    _, after = rewritten_copy(tmp_path, SCRIPT)
    job = run(after, [], launched={"command": "model", "store": "s"})
    assert job.exit_code == 2
    assert "the following arguments are required: action" in job.stderr
    lost = run(after, [], launched={"limit": 5})
    assert lost.exit_code == 2
    assert "argument limit: the job names no command" in lost.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('dest="action"', 'dest="command"'),
        ('tune.add_argument("--lr"', 'tune.add_argument("--seed"'),
        ('"--store", default="here"', '"store", nargs="?"'),
        ("    add_model(commands)", "    [add_model(c) for c in (commands,)]"),
    ],
)
def test_levels_that_are_not_told_apart_are_left_alone(
    tmp_path: Path, old: str, new: str
) -> None:
    before, after = two_copies(tmp_path, SCRIPT, (old, new))
    assert migrate(after)["files"][0]["outcome"] == "refused"
    assert after.read_bytes() == before.read_bytes()
