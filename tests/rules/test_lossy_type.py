"""JR206: a value doesn't come back as what it was."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = """\
import argparse
from pathlib import Path

import wandb

parser = argparse.ArgumentParser()
"""
BACK = "args = parser.parse_args()\nwandb.init(config=args)\nargs = wandb.config\n"


def script(added: str, end: str = BACK) -> str:
    return f"{HEAD}parser.add_argument({added})\n{end}"


@pytest.mark.parametrize(
    ("added", "kind"),
    [
        ('"--out", type=Path', "text"),
        ('"--out", default=Path("out")', "text"),
        ('"--size", default=(1, 2)', "a list"),
        ('"--log", type=argparse.FileType("w")', "text"),
    ],
)
def test_what_json_does_not_know(added: str, kind: str) -> None:
    ((line, _, message),) = found("JR206", script(added))
    assert line == 7
    assert message.endswith(f"comes back from wandb.config as {kind}")


def test_an_int_with_a_fraction() -> None:
    text = script('"--lr", type=int, default=0.001')
    ((line, column, message),) = found("JR206", text)
    assert (line, column) == (7, 34)
    assert message == "int refuses values like 0.001, the default of --lr"
    assert fixed("JR206", text) == text
    assert fixed("JR206", text, unsafe=True) == text.replace("int", "float", 1)


@pytest.mark.parametrize(
    "text",
    [
        script('"--lr", type=float, default=0.1'),
        script('"--n", type=int, default=3'),
        script('"--n", type=int, default=3.0'),
        script(
            '"--out", type=Path', "args = parser.parse_args()\nwandb.init(config=args)\n"
        ),
        script('"--out", type=Path', "args = parser.parse_args()\nargs = wandb.config\n"),
        script('"--sizes", default=[1, 2]'),
        script('"--out", type=str, default="out"'),
    ],
    ids=["float", "int", "whole", "not-taken-back", "no-run", "list", "text"],
)
def test_what_comes_back_as_it_was(text: str) -> None:
    assert_clean("JR206", text)
