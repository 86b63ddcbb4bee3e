"""JR101: launched values don't reach the arguments."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
"""


def test_a_script_that_reads_its_own_values() -> None:
    ((line, column, message),) = found("JR101", HEAD + "wandb.init(config=args)\n")
    assert (line, column) == (7, 8)
    assert message == "a launched job's values don't reach these arguments"


def test_each_parse_has_a_finding() -> None:
    text = HEAD + "wandb.init(config=args)\nother = parser.parse_args()\n"
    assert [line for line, _, _ in found("JR101", text)] == [7, 9]


def test_a_refused_script_has_a_finding_for_each_reason() -> None:
    text = HEAD + "more(parser)\nwandb.init(config=load(args))\n"
    ((line, _, message),) = found("JR101", text)
    assert line == 9
    assert "load(args)" in message


def test_the_fix_is_the_migration() -> None:
    text = HEAD + "wandb.init(config=args)\nprint(args.lr)\n"
    assert fixed("JR101", text) == text.replace("print", "args = wandb.config\nprint")


def test_another_library_than_argparse() -> None:
    text = "import click\nimport wandb\n\nwandb.init()\n"
    ((line, _, message),) = found("JR101", text)
    assert line == 1
    assert "click" in message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import wandb\nwandb.init()\n",
        HEAD.replace("import wandb\n", ""),
        HEAD,
        HEAD + "wandb.init(config=args)\nargs = wandb.config\n",
        HEAD + "# wandb.init(config=args)\n",
    ],
    ids=["empty", "no-parse", "no-wandb", "no-run", "routed", "commented-out"],
)
def test_a_script_without_stale_arguments(text: str) -> None:
    assert_clean("JR101", text)
