"""JR109: the run's config as a whole is taken for a dict or a Namespace."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = """\
import argparse
import copy
import json

import wandb

run = wandb.init(config={"lr": 0.1})
config = wandb.config
"""


@pytest.mark.parametrize(
    "use",
    [
        "vars(config)",
        "vars(run.config)",
        "copy.deepcopy(config)",
        "copy.copy(wandb.config)",
        "json.dumps(config)",
        "json.dump(config, file)",
        "len(config)",
        "config.__dict__",
        "config.values()",
        "config.copy()",
        "isinstance(config, dict)",
        "isinstance(config, argparse.Namespace)",
    ],
)
def test_what_a_config_can_not_do(use: str) -> None:
    ((line, _, _),) = found("JR109", HEAD + f"x = {use}\n")
    assert line == 9


@pytest.mark.parametrize(
    ("use", "after"),
    [
        ("vars(config)", "dict(config)"),
        ("config.copy()", "dict(config)"),
        ("config.__dict__", "dict(config)"),
        ("copy.deepcopy(run.config)", "copy.deepcopy(dict(run.config))"),
        ("json.dumps(config, indent=2)", "json.dumps(dict(config), indent=2)"),
    ],
)
def test_the_fix_takes_a_dict_of_the_values(use: str, after: str) -> None:
    text = HEAD + f"x = {use}\n"
    assert fixed("JR109", text, unsafe=True) == HEAD + f"x = {after}\n"
    assert fixed("JR109", text) == text


@pytest.mark.parametrize(
    "use",
    [
        "dict(config)",
        "config.keys()",
        "config.items()",
        "config.as_dict()",
        "f(**config)",
        "vars(args)",
        "len(config.lr)",
        "copy.deepcopy(dict(config))",
        "json.dumps(config.as_dict())",
        "copy.deepcopy(config.lr)",
        "train(config)",
        "isinstance(config, wandb.Config)",
    ],
)
def test_what_it_can(use: str) -> None:
    assert_clean("JR109", HEAD + f"x = {use}\n")


def test_a_name_that_may_be_something_else() -> None:
    text = HEAD + "if debug:\n    config = argparse.Namespace(lr=1)\nx = vars(config)\n"
    assert_clean("JR109", text)
