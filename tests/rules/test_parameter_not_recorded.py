"""JR106: a config that is picked by hand leaves parameters out."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

SCRIPT = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--dropout", type=float, default=0.5)
args = parser.parse_args()
wandb.init(config={"lr": args.lr})
print(args.lr, args.dropout)
"""


def test_a_number_that_is_left_out() -> None:
    ((line, _, message),) = found("JR106", SCRIPT)
    assert line == 9
    assert message.startswith("--dropout is left out of the run's config")


def test_many_numbers_are_counted() -> None:
    more = "".join(f'parser.add_argument("--{c}", type=int, default=1)\n' for c in "abcd")
    ((_, _, message),) = found("JR106", SCRIPT.replace("args = p", more + "args = p"))
    assert message.startswith("--dropout, --a, --b and 2 more are left out")


def test_a_config_under_a_name() -> None:
    text = SCRIPT.replace("wandb.init(config=", "config = ").replace("lr})\n", "lr}\n")
    text = text.replace("print(", "wandb.init(config=config)\nprint(")
    assert len(found("JR106", text)) == 1


def test_the_fix_records_all_of_them() -> None:
    after = fixed("JR106", SCRIPT, unsafe=True)
    assert after == SCRIPT.replace('{"lr"', '{**vars(args), "lr"')
    assert fixed("JR106", SCRIPT) == SCRIPT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"lr": args.lr}', "args"),
        ('{"lr": args.lr}', "vars(args)"),
        ('{"lr": args.lr}', '{"lr": args.lr, "dropout": args.dropout}'),
        ('{"lr": args.lr}', '{"lr": args.lr, "p": args.dropout}'),
        ('{"lr": args.lr}', "{**common, 'lr': args.lr}"),
        ('"--dropout", type=float, default=0.5', '"--num_workers", type=int, default=4'),
        ('"--dropout", type=float, default=0.5', '"--log_every", type=int, default=4'),
        ('"--dropout", type=float, default=0.5', '"--name", default="run"'),
        ("print(", "wandb.config.update(args)\nprint("),
        ('{"lr": args.lr}', '{"dataset": "mnist"}'),
    ],
    ids=[
        "all",
        "vars",
        "both",
        "renamed",
        "spread",
        "workers",
        "logging",
        "text",
        "updated",
        "no-parameters",
    ],
)
def test_a_config_that_has_what_is_tuned(before: str, after: str) -> None:
    assert_clean("JR106", SCRIPT.replace(before, after))
