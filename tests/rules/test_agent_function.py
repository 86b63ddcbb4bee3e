"""JR306: the function of a sweep's agent needs an argument."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

SCRIPT = """\
import wandb


def train(config):
    with wandb.init(config=config):
        config = wandb.config
        print(config.lr)


wandb.agent("id", function=train)
"""


def test_an_argument_that_nobody_gives() -> None:
    ((line, column, message),) = found("JR306", SCRIPT)
    assert (line, column) == (10, 28)
    assert message == "wandb.agent calls train() without arguments, and it needs config"


def test_the_fix_lets_it_be_none() -> None:
    assert fixed("JR306", SCRIPT) == SCRIPT.replace("(config):", "(config=None):", 1)


def test_by_place() -> None:
    assert len(found("JR306", SCRIPT.replace("function=", ""))) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("train(config)", "train(data)"),
        ("train(config)", "train(config, data)"),
        ("    with wandb", "    print(config.lr)\n    with wandb"),
        ("train(config)", "train(config: dict)"),
    ],
    ids=["data", "two", "read-before", "typed"],
)
def test_what_the_fix_leaves_alone(before: str, after: str) -> None:
    text = SCRIPT.replace(before, after)
    if "print(config.lr)\n    with" in text:
        text = text.replace("        config = wandb.config\n", "")
    assert len(found("JR306", text)) == 1
    assert fixed("JR306", text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("train(config)", "train()"),
        ("train(config)", "train(config=None)"),
        ("train(config)", "train(*config)"),
        ("function=train", "function=lambda: train(1)"),
        ("function=train", "function=functools.partial(train, 1)"),
        ("function=train", "function=imported"),
        ("function=train", "count=3"),
        ("wandb.agent", "other.agent"),
    ],
)
def test_a_function_that_can_be_called_bare(before: str, after: str) -> None:
    assert_clean("JR306", SCRIPT.replace(before, after))
