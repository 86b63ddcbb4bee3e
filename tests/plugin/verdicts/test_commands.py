"""The parameters of the commands that a rehearsed script ran."""

from __future__ import annotations

import argparse

import pytest

from pytest_jobready.recorder.jobready_recorder.parsers import describe
from pytest_jobready.recording import Parsed
from pytest_jobready.verdicts.parameters import Typed, parameters_of


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    made.add_argument("--seed", type=int, default=0)
    commands = made.add_subparsers(dest="command")
    commands.add_parser("fit").add_argument("--lr", type=float, default=0.1)
    model = commands.add_parser("model")
    model.add_argument("--store")
    actions = model.add_subparsers(dest="action")
    actions.add_parser("push").add_argument("--repo")
    actions.add_parser("list").add_argument("--limit", type=int)
    return made


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["seed"]),
        ("fit", ["seed", "lr"]),
        ("model", ["seed", "store"]),
        ("model push", ["seed", "store", "repo"]),
        ("model list --limit 3", ["seed", "store", "limit"]),
    ],
)
def test_what_the_chosen_commands_take(words: str, expected: list[str]) -> None:
    made = parser()
    values = vars(made.parse_args(words.split()))
    event = {**describe(made), "file": "cli.py", "line": 3, "words": None}
    typed = {k: Typed(type(v).__name__, repr(v)) for k, v in values.items()}
    found = parameters_of([Parsed.of(event)], typed, values, {})
    assert [p.name for p in found] == expected
