"""Parsers that only read a file which the command line of another parser names."""

from __future__ import annotations

import pytest

from jobready.script.model import Script
from jobready.script.read import read

SCRIPT = """\
import argparse
from dataclasses import dataclass

import wandb
from transformers import HfArgumentParser


@dataclass
class Training:
    lr: float = 0.5


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", required=True)
    args = parser.parse_args()
    reader = HfArgumentParser(Training)
    (training,) = reader.parse_yaml_file(args.file)
    wandb.init(config=args)
    print(training.lr)


main()
"""


def strange_parses(text: str) -> list[str]:
    script = read(text)
    assert isinstance(script, Script)
    return [message for message, _ in script.strange_parses]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("_yaml_file(", "_json_file(json_file="),
        ("args = parser.parse_args()", "args, rest = parser.parse_known_args()"),
        ("    (training", "    if args.file:\n        (training"),
        ("reader = HfArgumentParser(Training)", "pass"),
    ],
)
def test_its_fields_are_no_parameters(old: str, new: str) -> None:
    text = SCRIPT.replace(old, new, 1)
    if new == "pass":
        text = text.replace("reader.", "HfArgumentParser(Training).")
    assert strange_parses(text) == []
    script = read(text)
    assert isinstance(script, Script)
    assert [p.name for p in script.parameters] == ["file"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # it may read words as well, here or elsewhere
        ("    wandb.init", "    reader.parse_args_into_dataclasses()\n    wandb.init"),
        ("    wandb.init", "    fill(reader)\n    wandb.init"),
        ("    reader = Hf", "    reader = args.reader or Hf"),
        ("    reader = Hf", "    reader = None\n    reader = Hf"),
        # the file stands in for the words
        ("    args = parser.parse_args()\n", ""),
        (
            "    args = parser.parse_args()\n",
            "    if wandb:\n        args = parser.parse_args()\n",
        ),
        (
            "    (training,) = reader.parse_yaml_file(args.file)\n",
            "    load(reader)\n\ndef load(reader):\n    reader.parse_yaml_file('f')\n",
        ),
    ],
)
def test_what_may_take_words(old: str, new: str) -> None:
    found = strange_parses(SCRIPT.replace(old, new, 1))
    assert any("takes the values past the command line" in text for text in found)
