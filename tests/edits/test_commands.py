"""Parsers with commands: what is launched stands behind the command, on its parser."""

from __future__ import annotations

import argparse
import sys
from typing import Any

import pytest

from jobready.edits.job_args import EVERY_BRANCH, Branch, complete
from jobready.outcome import Refused, Rewritten
from tests.edits.matrix_laws import Result, function, launch, parse, recorded
from tests.edits.matrix_types import OnOff
from tests.edits.tools import check_refused, migrated

NEEDED = [
    complete({Branch.COMMANDS, Branch.SWITCH, Branch.REQUIRED, Branch.LIST, Branch.APPEND})
    | {Branch.POSITIONAL},
    EVERY_BRANCH,
]


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="train.py")
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--root", required=True)
    made.add_argument("--amp", action="store_true")
    made.add_argument("--tag", action="append", default=["base"])
    commands = made.add_subparsers(dest="cmd", required=True)
    fit = commands.add_parser("fit", aliases=["f"])
    fit.add_argument("data")
    fit.add_argument("--lr", type=float, default=0.1)
    fit.add_argument("--layers", type=int, nargs="+", default=[1])
    fit.set_defaults(func=print)
    test = commands.add_parser("test")
    test.add_argument("--ckpt", required=True)
    test.add_argument("--lr", default="none")
    test.add_argument("--verbose", action="store_true")
    return made


def original(words: str) -> Result:
    return parse(lambda: parser().parse_args(words.split()))


def job(
    config: dict[str, Any], monkeypatch: pytest.MonkeyPatch, argv: str = "", branch: int = 0
) -> Result:
    made = parser()
    monkeypatch.setattr(sys, "argv", ["train.py", *argv.split()])
    job_args = function(NEEDED[branch])
    job_args.__globals__["sys"] = sys
    with launch(config):
        return parse(lambda: made.parse_args(sys.argv[1:] + job_args(made)))


@pytest.mark.parametrize("branch", range(len(NEEDED)), ids=["needed", "every"])
@pytest.mark.parametrize(
    ("config", "argv", "cli"),
    [
        ({"cmd": "fit", "data": "d", "root": "r"}, "", "--root r fit d"),
        ({"cmd": "f", "data": "d", "root": "r"}, "", "--root r f d"),
        ({"cmd": "fit", "data": "d", "root": "r", "lr": 1}, "", "--root r fit d --lr 1"),
        ({"cmd": "test", "ckpt": "c", "root": "r"}, "", "--root r test --ckpt c"),
        (
            {"cmd": "test", "ckpt": "c", "root": "r", "lr": "fast", "verbose": True},
            "",
            "--root r test --ckpt c --lr fast --verbose",
        ),
        ({"lr": 0.5}, "--root r fit d", "--root r fit d --lr 0.5"),
        ({"seed": 3}, "--root r fit d --lr 2", "--root r --seed 3 fit d --lr 2"),
        (
            {"seed": 3, "amp": True, "root": "s", "data": "e"},
            "--root r --seed 9 fit d",
            "--root s --seed 3 --amp fit e",
        ),
        (
            {"cmd": "fit", "tag": ["base", "x"], "layers": [4, 5]},
            "--root r fit d --layers 7",
            "--root r --tag x fit d --layers 4 5",
        ),
        ({"tag": ["base"]}, "--root r --tag z fit d", "--root r fit d"),
        ({"func": "builtins.print", "n_params": 7}, "--root r fit d", "--root r fit d"),
        ({"ckpt": "no option of fit"}, "--root r fit d", "--root r fit d"),
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


@pytest.mark.parametrize("branch", range(len(NEEDED)), ids=["needed", "every"])
@pytest.mark.parametrize(
    ("config", "argv", "message"),
    [
        ({"cmd": "fly"}, "", "argument cmd: invalid W&B config: 'fly'"),
        ({"cmd": ["fit"]}, "", """argument cmd: invalid W&B config: "['fit']\""""),
        ({"cmd": "test"}, "--root r fit d", "argument cmd: invalid W&B config: 'test'"),
        ({"cmd": "fit", "root": "r"}, "", "the following arguments are required: data"),
        ({"cmd": "fit", "data": "d"}, "", "arguments are required: --root"),
        ({"root": "r"}, "", "the following arguments are required: cmd"),
        ({"lr": "x"}, "--root r fit d", ": 'x'"),
        ({"seed": "x"}, "--root r fit d", ": 'x'"),
        ({"cmd": "fit"}, "--root fit", "the following arguments are required: data"),
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
    assert any(name in result.error for name in [*config, "root", "cmd", "data"])


@pytest.mark.parametrize("fixed", ["", "--root z --seed 8"])
@pytest.mark.parametrize(
    "cli",
    [
        "--root r --seed 4 --amp --tag x fit d --layers 2 3",
        "--root r test --ckpt c --verbose",
        "--root r f d --lr 1",
    ],
)
def test_a_run_of_a_command_can_be_cloned(
    cli: str, fixed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = original(cli)
    assert run.values is not None
    for branch in range(len(NEEDED)):
        assert job(recorded(run.values), monkeypatch, fixed, branch) == run


SCRIPT = """\
import argparse
import sys

import wandb


def train(args):
    wandb.init(config=args)


def main(argv=None):
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers({0})
    fit = commands.add_parser("fit")
    fit.add_argument("--lr", type=float, default=0.1)
    fit.set_defaults(func=train)
    {1}
    args = parser.parse_args({2})
    args.func(args)
"""


def script(dest: str = 'dest="cmd"', more: str = "pass", words: str = "") -> str:
    return SCRIPT.format(dest, more, words)


def test_the_function_that_a_command_sets_gets_the_arguments() -> None:
    outcome = migrated(script())
    assert "job_args(parser)" in getattr(outcome, "text", ""), outcome


def test_commands_that_get_their_name_afterwards() -> None:
    outcome = migrated(script("", 'commands.dest = "cmd"'))
    assert "job_args(parser)" in getattr(outcome, "text", ""), outcome


@pytest.mark.parametrize(
    "dest", ["", "title='what'", "required=True", "parser_class=argparse.ArgumentParser"]
)
def test_commands_that_the_arguments_do_not_hold(dest: str) -> None:
    outcome = migrated(script(dest))
    assert isinstance(outcome, Rewritten), outcome
    assert "commands.choices" in outcome.text
    notes = [r.message for r in outcome.reasons]
    assert any("a job's entry point names it" in note for note in notes), notes
    assert not any("entry point" in r.message for r in migrated(script()).reasons)


@pytest.mark.parametrize("argv", ["fit", "fit --lr 0.5", "--amp fit"])
def test_the_command_of_an_entry_point(argv: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parser() -> argparse.ArgumentParser:
        made = argparse.ArgumentParser(prog="train.py")
        made.add_argument("--amp", action=OnOff)
        fit = made.add_subparsers().add_parser("fit")
        fit.add_argument("--lr", type=float, default=0.1)
        fit.set_defaults(func="fit")
        return made

    monkeypatch.setattr(sys, "argv", ["train.py", *argv.split()])
    job_args = function(EVERY_BRANCH)
    job_args.__globals__["sys"] = sys
    made = parser()
    with launch({"lr": 0.2, "func": "other"}):
        found = parse(lambda: made.parse_args(sys.argv[1:] + job_args(made)))
    amp = True if "--amp" in argv else None
    assert found.values == {"amp": amp, "lr": 0.2, "func": "fit"}


@pytest.mark.parametrize(
    ("argv", "expected"),
    [("--split fit test", "n"), ("--split=test fit", "lr"), ("--split test fit", "lr")],
)
def test_a_value_that_is_called_like_a_command(
    argv: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parser() -> argparse.ArgumentParser:
        made = argparse.ArgumentParser(prog="train.py")
        made.add_argument("--split", default="train")
        commands = made.add_subparsers()
        commands.add_parser("fit").add_argument("--lr", type=float, default=0.1)
        commands.add_parser("test").add_argument("--n", type=int, default=1)
        return made

    monkeypatch.setattr(sys, "argv", ["train.py", *argv.split()])
    job_args = function(EVERY_BRANCH)
    job_args.__globals__["sys"] = sys
    made = parser()
    with launch({"lr": 0.5, "n": 7}):
        found = parse(lambda: made.parse_args(sys.argv[1:] + job_args(made)))
    assert found.values is not None, found
    assert found.values[expected] == {"lr": 0.5, "n": 7}[expected]
    monkeypatch.setattr(sys, "argv", ["train.py"])
    with launch({"lr": 0.5, "n": 7}):
        found = parse(lambda: made.parse_args(sys.argv[1:] + job_args(made)))
    assert "argument lr: the job names no command" in found.error


def test_a_required_option_before_a_command_with_plain_ones() -> None:
    parser = 'parser.add_argument("--data", required=True)'
    outcome = migrated(script(more=parser))
    assert isinstance(outcome, Rewritten)
    assert "action.required = False" in outcome.text


def test_words_that_a_caller_spells_out() -> None:
    text = script(words="argv") + '\n\nmain(["fit"])\n'
    outcome = migrated(text)
    assert isinstance(outcome, Refused), outcome
    assert "spelled out here" in outcome.reasons[0].message
    assert isinstance(migrated(text.replace('["fit"]', "")), Rewritten)


def test_texts_for_a_type_beside_those_without_words_on_another_parser() -> None:
    constant = 'parser.add_argument("--opt", action="store_const", const=Sgd, default=Adam)'
    typed = 'fit.add_argument("--to", type=Path, default="runs")'
    alone, both = (migrated(script(more=f"{constant}{x}")) for x in ("", f"; {typed}"))
    assert "def lasts(" not in getattr(alone, "text", "def lasts(")
    assert "def lasts(" in getattr(both, "text", "")


def test_words_of_a_main_that_may_be_given_them() -> None:
    outcome = migrated(script(words="argv"))
    text = getattr(outcome, "text", "")
    assert "[*(sys.argv[1:] if argv is None else argv), *job_args(parser)]" in text


@pytest.mark.parametrize(
    ("text", "phrase", "line"),
    [
        (script("dest=NAME"), "only a run tells under which name", 13),
        (script('parser_class=Own, dest="cmd"'), "are made by Own, which isn't", 13),
        (script("", "commands.dest = NAME"), "only a run tells under which name", 17),
        (script(more='parser.add_argument("data")'), "is a positional beside commands", 17),
        (
            script(more='parser.add_argument("--lr", type=float)'),
            "--lr is an option before the command too",
            15,
        ),
        (script(more='fit.add_argument("--cmd")'), "has the name of the command too", 17),
        (
            script(more="parser.add_mutually_exclusive_group().add_argument('--a')"),
            "--a excludes other options",
            17,
        ),
        (script(more="register(commands)"), "the commands go a way", 17),
        (script(words='["fit"]'), "spelled out here", 18),
        (script(words="WORDS", more='WORDS = ["fit"]'), "spelled out here", 18),
        (script(more="plugins(fit)"), "passed to plugins(), which may add", 17),
        (script(more="commands._name_parser_map = {}"), "may change which commands", 17),
    ],
)
def test_commands_that_are_left_alone(text: str, phrase: str, line: int) -> None:
    check_refused(text, phrase, line)


@pytest.mark.parametrize(
    ("value", "argv", "cli"),
    [
        (True, "fit", "--amp fit"),
        (False, "--amp fit", "--no-amp fit"),
        (None, "--amp fit", "fit"),
        (True, "--no-amp fit", "--amp fit"),
    ],
)
def test_an_option_of_its_own_kind_before_the_command(
    value: object, argv: str, cli: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parser() -> argparse.ArgumentParser:
        made = argparse.ArgumentParser(prog="train.py")
        made.add_argument("--amp", action=OnOff)
        made.add_subparsers(dest="cmd").add_parser("fit")
        return made

    monkeypatch.setattr(sys, "argv", ["train.py", *argv.split()])
    job_args = function(EVERY_BRANCH)
    job_args.__globals__["sys"] = sys
    made = parser()
    with launch({"amp": value}):
        found = parse(lambda: made.parse_args(sys.argv[1:] + job_args(made)))
    assert found == parse(lambda: parser().parse_args(cli.split()))
