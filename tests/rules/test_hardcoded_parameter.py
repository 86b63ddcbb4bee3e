"""JR110: a hyperparameter is a constant of the module."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found, rule

SCRIPT = """\
import wandb

BATCH_SIZE = 32
wandb.init(project="p")
print(BATCH_SIZE)
"""


@pytest.mark.parametrize("name", ["BATCH_SIZE", "lr", "num_epochs", "SEED", "hidden_dim"])
def test_a_number_that_no_job_can_change(name: str) -> None:
    ((line, column, message),) = found("JR110", SCRIPT.replace("BATCH_SIZE", name))
    assert (line, column) == (3, 1)
    assert message.startswith(f"{name} is fixed in the source")


def test_it_must_be_asked_for() -> None:
    assert not rule("JR110").default


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("BATCH_SIZE", "PORT"),
        ("32", "'auto'"),
        ("32", "compute()"),
        ("print(BATCH_SIZE)", ""),
        ("project=", "config={'n': BATCH_SIZE}, project="),
        ("wandb.init", "BATCH_SIZE = 64\nwandb.init"),
        ("wandb.init", "other.init"),
    ],
    ids=["other-name", "text", "made", "not-read", "recorded", "twice", "no-run"],
)
def test_a_constant_that_is_meant(before: str, after: str) -> None:
    assert_clean("JR110", SCRIPT.replace(before, after))
