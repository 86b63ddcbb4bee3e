"""JR104: a value is read before the run brings it."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

SCRIPT = """\
import argparse
import random

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--offline", action="store_true")
args = parser.parse_args()
random.seed(args.seed)
wandb.init(config=args)
args = wandb.config
print(args.seed)
"""


def test_a_seed_that_is_set_too_early() -> None:
    ((line, column, message),) = found("JR104", SCRIPT)
    assert (line, column) == (10, 13)
    assert message.startswith("args.seed is read before wandb.init")


def test_the_fix_gives_the_value_at_the_parse() -> None:
    after = fixed("JR104", SCRIPT)
    assert "parser.parse_args(" in after
    assert "sys.argv[1:]" in after
    assert_clean("JR104", after)


def test_a_script_that_can_not_be_migrated_says_so() -> None:
    text = SCRIPT.replace("args = parser", "more(parser)\nargs = parser")
    assert len(found("JR104", text)) == 1
    assert fixed("JR104", text) == text


def test_a_dict_that_is_read_before_and_the_config_after() -> None:
    text = """\
import wandb

CONFIG = {"seed": 1, "lr": 0.1}
torch.manual_seed(CONFIG["seed"])
wandb.init(config=CONFIG)
print(wandb.config.lr)
"""
    ((line, _, message),) = found("JR104", text)
    assert line == 4
    assert "CONFIG['seed']" in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("random.seed(args.seed)\n", ""),
        ("random.seed(args.seed)\n", "print(args.seed)\n"),
        ("wandb.init(", "wandb.init(name=f'{args.seed}', "),
        ("random.seed(args.seed)\nwandb.init(config=args)", "wandb.init(config=args)"),
        ("args = wandb.config\n", ""),
        ("config=args", "project='p'"),
    ],
    ids=["none", "printed", "name-and-seed", "behind", "never-back", "not-recorded"],
)
def test_what_is_for_the_run_or_only_shown(before: str, after: str) -> None:
    text = SCRIPT.replace(before, after)
    if "name=" in after:
        text = text.replace("random.seed(args.seed)\n", "")
    assert_clean("JR104", text)
