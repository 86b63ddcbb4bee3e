"""Parses that are given other words than those of the command line."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import shlex
import sys

import wandb


def make_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.5)
    parser.add_argument("--teacher", default="teacher.txt")
    return parser


def teacher_args(path):
    parser = make_parser()
    with open(path) as file:
        return parser.parse_args(shlex.split(file.read()))


def main():
    parser = make_parser()
    args = parser.parse_args()
    teacher = teacher_args(args.teacher)
    wandb.init(config=args)
    print(args.lr, teacher.lr)


main()
"""
OPTIONS = """\
import argparse

import wandb


def options(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.5)
    return parser.parse_args(argv)


def defaults():
    return options([])


def main():
    args = options()
    wandb.init(config=args)
    print(args.lr != defaults().lr)


main()
"""
WORDS = "shlex.split(file.read())"
COUNT = "job_args(parser))"
OWN = "words of its own"


def changed(script: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in script, old
        script = script.replace(old, new)
    return script


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "file.read().split()",
        '"--lr 1".split()',
        '["--lr", path]',
        "path.split()",
        '" ".join(line.strip() for line in file).split()',
    ],
)
def test_words_of_elsewhere_get_no_launched_ones(words: str) -> None:
    outcome = migrated(changed(SCRIPT, (WORDS, words)))
    assert isinstance(outcome, Rewritten), outcome
    assert f"parser.parse_args({words})" in outcome.text
    assert outcome.text.count(COUNT) == 1
    assert outcome.text.count("sys.argv[1:] + job_args(parser)") == 1


@pytest.mark.parametrize(
    "changes",
    [
        [(WORDS, "sys.argv[1].split()")],
        [
            (WORDS, "path.split()"),
            ("teacher_args(args.teacher)", "teacher_args(sys.argv[2])"),
        ],
        [(WORDS, "load(file)")],
        # both parses give the same name
        [("teacher = teacher_args", "args = teacher_args"), ("teacher.lr", "args.lr")],
    ],
)
def test_words_that_may_be_those_of_the_command_line(
    changes: list[tuple[str, str]],
) -> None:
    outcome = migrated(changed(SCRIPT, *changes))
    if isinstance(outcome, Rewritten):
        assert outcome.text.count(COUNT) == 2
    else:
        assert not any(OWN in reason.message for reason in outcome.reasons)


def test_a_parse_alone_is_launched_whatever_its_words_are() -> None:
    outcome = migrated(changed(SCRIPT, ("parser.parse_args()", "teacher_args('a')")))
    assert isinstance(outcome, Rewritten), outcome
    assert f"{WORDS} + job_args(parser)" in outcome.text


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [("options([])", 'options(["--lr", "1"])')],
        [("options([])", 'options("--lr 1".split())')],
        [("return options([])", "words = []\n    return options(words)")],
    ],
)
def test_a_function_that_parses_its_own_words_for_some(
    changes: list[tuple[str, str]],
) -> None:
    outcome = migrated(changed(OPTIONS, *changes))
    assert isinstance(outcome, Refused), outcome
    (reason,) = outcome.reasons
    assert OWN in reason.message
    assert reason.line in (13, 14)


@pytest.mark.parametrize(
    "changes",
    [
        [("options([])", "options()")],
        [("defaults().lr", "0.5"), ("    return options([])", "    return 1")],
        # one or the other: of a notebook, say
        [("args = options()", "args = options([]) if NOTEBOOK else options()")],
        [
            (
                "args = options()",
                "if NOTEBOOK:\n        args = options([])\n    args = options()",
            )
        ],
    ],
)
def test_a_function_that_gives_the_same_to_all(changes: list[tuple[str, str]]) -> None:
    if "NOTEBOOK" in changes[0][1]:
        changes = [*changes, ("defaults().lr", "0.5"), ("return options([])", "return 1")]
    outcome = migrated(changed(OPTIONS, *changes))
    assert isinstance(outcome, Rewritten), outcome


@pytest.mark.parametrize(
    "calls",
    ["main([]) if NOTEBOOK else main()\n", 'for lr in "12":\n    main(["--lr", lr])\n'],
)
def test_a_function_that_starts_the_run_shows_what_is_launched(calls: str) -> None:
    script = changed(
        OPTIONS,
        (
            "def main():\n    args = options()",
            "def main(argv=None):\n    args = options(argv)",
        ),
        ("defaults().lr", "0.5"),
        ("return options([])", "return 1"),
    )
    outcome = migrated(script + calls)
    assert isinstance(outcome, Rewritten), outcome
    assert "job_args(parser)" in outcome.text
