"""Commands that have commands of their own: each is looked for behind the other."""

from __future__ import annotations

import argparse
import ast
import sys
from typing import Any

import pytest

from jobready.edits.job_args import EVERY_BRANCH, Branch, complete, emit, recognise
from jobready.outcome import Rewritten
from tests.edits.matrix_laws import Result, function, launch, parse, recorded
from tests.edits.tools import check_refused, migrated

NEEDED = [
    complete(
        {
            *(Branch.SUBCOMMANDS, Branch.SWITCH, Branch.REQUIRED, Branch.LIST),
            *(Branch.APPEND, Branch.POSITIONAL),
        }
    ),
    EVERY_BRANCH,
]
EACH_FUNCTION = pytest.mark.parametrize("branch", range(2), ids=["needed", "every"])


def parser(required: bool = True) -> argparse.ArgumentParser:
    """``model`` has two commands, one of which is called ``train`` as the other one."""
    made = argparse.ArgumentParser(prog="cli.py")
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--split", default="all")
    made.add_argument("--tag", action="append", default=["base"])
    commands = made.add_subparsers(dest="cmd", required=required)
    commands.add_parser("train").add_argument("--lr", type=float, default=0.1)
    model = commands.add_parser("model")
    model.add_argument("--store", required=True)
    model.add_argument("--dry", action="store_true")
    actions = model.add_subparsers(dest="action", required=required)
    push = actions.add_parser("push", aliases=["up"])
    push.add_argument("repo")
    push.add_argument("--parts", type=int, nargs="+", default=[1])
    actions.add_parser("train").add_argument("--n", type=int, default=1)
    return made


def original(words: str, required: bool = True) -> Result:
    return parse(lambda: parser(required).parse_args(words.split()))


def job(
    config: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    argv: str = "",
    branch: int = 0,
    required: bool = True,
) -> Result:
    made = parser(required)
    monkeypatch.setattr(sys, "argv", ["cli.py", *argv.split()])
    job_args = function(NEEDED[branch])
    job_args.__globals__["sys"] = sys
    with launch(config):
        return parse(lambda: made.parse_args(sys.argv[1:] + job_args(made)))


@EACH_FUNCTION
@pytest.mark.parametrize(
    ("config", "argv", "cli"),
    [
        ({"cmd": "train", "lr": 1}, "", "train --lr 1"),
        ({"lr": 1}, "train --lr 2", "train --lr 1"),
        (
            {"cmd": "model", "action": "push", "store": "s", "repo": "r"},
            "",
            "model --store s push r",
        ),
        (
            {"cmd": "model", "action": "up", "store": "s", "repo": "r", "parts": [2, 3]},
            "",
            "model --store s up r --parts 2 3",
        ),
        ({"action": "train", "n": 4}, "model --store s", "model --store s train --n 4"),
        ({"n": 4}, "model --store s train --n 5", "model --store s train --n 4"),
        (
            {"seed": 3, "dry": True, "store": "t", "repo": "q", "tag": ["base", "x"]},
            "--seed 9 --tag z model --store s push r --parts 7",
            "--seed 3 --tag x model --store t --dry push q --parts 7",
        ),
        (
            {"dry": False, "store": "t"},
            "model --store s --dry push r",
            "model --store t push r",
        ),
        ({"split": "model"}, "train", "--split model train"),
        (
            {"n": 2},
            "--split model model --store push train",
            "--split model model --store push train --n 2",
        ),
        ({"lr": 2}, "--split model train", "--split model train --lr 2"),
        ({"store": "train"}, "model --store push train", "model --store train train"),
        ({"n": 7, "repo": "x", "action": "none of train's"}, "train", "train"),
    ],
)
def test_a_launched_value_counts_as_on_the_command_line(
    config: dict[str, Any],
    argv: str,
    cli: str,
    branch: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert job(config, monkeypatch, argv, branch) == original(cli)
    assert original(cli).values is not None


@EACH_FUNCTION
@pytest.mark.parametrize(
    ("config", "argv", "message"),
    [
        ({"cmd": "push"}, "", "argument cmd: invalid W&B config: 'push'"),
        ({"cmd": "train"}, "model --store s train", "cmd: invalid W&B config: 'train'"),
        ({"action": "up"}, "model --store s push r", "action: invalid W&B config: 'up'"),
        ({"cmd": "model", "action": "fly", "store": "s"}, "", "W&B config: 'fly'"),
        ({"cmd": "model", "store": "s"}, "", "arguments are required: action"),
        ({"cmd": "model", "action": "train"}, "", "arguments are required: --store"),
        ({"cmd": "model", "action": "push", "store": "s"}, "", "required: repo"),
        ({"action": "train"}, "", "argument action: the job names no command"),
        ({"n": 3}, "", "argument n: the job names no command"),
        ({"n": 3}, "model --store s", "argument n: the job names no command"),
        ({"cmd": "model", "store": "s"}, "train", "cmd: invalid W&B config: 'model'"),
        ({"n": "x"}, "model --store s train", ": 'x'"),
        ({"seed": "x"}, "model --store s train", ": 'x'"),
        # a word of the inner command, where the outer one is launched
        ({"cmd": "model", "store": "s"}, "push r", "argument cmd: invalid choice: 'push'"),
    ],
)
def test_what_no_command_line_gives_stops_by_name(
    config: dict[str, Any],
    argv: str,
    message: str,
    branch: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = job(config, monkeypatch, argv, branch)
    assert result.values is None
    assert message in result.error


@EACH_FUNCTION
@pytest.mark.parametrize("fixed", ["", "--seed 8"])
@pytest.mark.parametrize(
    "cli",
    [
        "--seed 4 --tag x train --lr 1",
        "--split model model --store s --dry push r --parts 2 3",
        "model --store s up r",
        "model --store s train --n 5",
    ],
)
def test_a_run_of_a_command_can_be_cloned(
    cli: str, fixed: str, branch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = original(cli)
    assert run.values is not None
    assert job(recorded(run.values), monkeypatch, fixed, branch) == run


@EACH_FUNCTION
@pytest.mark.parametrize(
    "cli", ["", "--seed 4", "model --store s", "model --store s --dry"]
)
def test_a_run_without_a_command_can_be_cloned(
    cli: str, branch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = original(cli, required=False)
    assert run.values is not None
    assert run.values["action" if cli.startswith("model") else "cmd"] is None
    assert job(recorded(run.values), monkeypatch, "", branch, required=False) == run


SCRIPT = """\
import argparse

import wandb


def add(commands, name):
    command = commands.add_parser(name)
    command.add_argument("--lr", type=float, default=0.1)
    return command


parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
commands = parser.add_subparsers(dest="cmd")
fit = commands.add_parser("fit")
fit.add_argument("--store")
actions = fit.add_subparsers({0})
push = actions.add_parser("push")
push.add_argument("--repo", default="r")
{1}
args = parser.parse_args()
wandb.init(config=args)
"""


def script(dest: str = 'dest="action"', more: str = "") -> str:
    return SCRIPT.format(dest, more)


@pytest.mark.parametrize(
    "text",
    [
        script(),
        script(""),
        script(more='actions.add_parser("pull").add_argument("--repo", type=int)'),
        script(more='commands.add_parser("test").add_argument("--action")'),
        script(more='commands.add_parser("test").add_subparsers(dest="action")'),
        script(more='add(actions, "a"); add(actions, "b")'),
        script(more='push.add_subparsers(dest="deep").add_parser("x")'),
    ],
)
def test_scripts_whose_commands_have_commands(text: str) -> None:
    outcome = migrated(text)
    assert isinstance(outcome, Rewritten), outcome
    (name,) = [n for n in outcome.text.splitlines() if n.startswith("def job_args")]
    assert "for commands in actions:" in outcome.text, name


def test_commands_without_others_have_the_shorter_function() -> None:
    outcome = migrated(script().replace("fit.add_subparsers", "parser.add_subparsers"))
    assert not isinstance(outcome, Rewritten)
    lines = [line for line in script().splitlines() if not line.startswith(("act", "pu"))]
    text = getattr(migrated("\n".join(lines)), "text", "")
    assert "for commands in [a for a in actions" in text
    assert "words[" not in text


@pytest.mark.parametrize(
    ("text", "phrase", "line"),
    [
        (script('dest="cmd"'), "have the name cmd again", 17),
        (script('dest="seed"'), "have the name seed again", 17),
        (script('dest="store"'), "store is the name of an option and of", 17),
        (script("dest=NAME"), "only a run tells under which name", 17),
        (script(more='push.add_argument("--seed")'), "--seed is an option before", 20),
        (script(more='push.add_argument("--store")'), "--store is an option before", 20),
        (
            script(more='push.add_argument("--cmd")'),
            "--cmd has the name of the command",
            20,
        ),
        (script(more='push.add_argument("--action")'), "has the name of the command", 20),
        (script(more='fit.add_argument("data")'), "is a positional beside commands", 20),
        (
            script(more='for n in "ab": commands.add_parser(n).add_subparsers()'),
            "several commands may have these, and be among them",
            20,
        ),
        (
            script(more='fit.add_mutually_exclusive_group().add_argument("--a")'),
            "--a excludes other options",
            20,
        ),
        (script(more="register(actions)"), "the commands go a way", 20),
        (script(more="plugins(push)"), "passed to plugins(), which may add", 20),
        (
            script(more='add(add(commands, "more").add_subparsers(), "x")'),
            "several commands may have these, and be among them",
            20,
        ),
        (
            script(
                more='push.add_subparsers(dest="deep").add_parser("x").add_argument("--repo")'
            ),
            "--repo is an option before",
            20,
        ),
    ],
)
def test_commands_of_commands_that_are_left_alone(
    text: str, phrase: str, line: int
) -> None:
    check_refused(text, phrase, line)


@pytest.mark.parametrize("needed", NEEDED)
def test_the_function_is_found_again(needed: frozenset[Branch]) -> None:
    (written,) = ast.parse(emit(needed)).body
    assert isinstance(written, ast.FunctionDef)
    assert recognise(written) == needed
