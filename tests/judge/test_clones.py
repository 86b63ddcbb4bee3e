"""What a clone of a run may do otherwise than that run."""

from __future__ import annotations

import pytest

from pytest_jobready.recording import Read, Recording
from tests.judge.clones import Excused
from tests.judge.values import Choices


def ran(lr: float, *reads: float) -> Recording:
    """A run that reads these values, and records that one."""
    values = tuple(Read("lr", "float", repr(v), "train.py", 9) for v in reads)
    return Recording(0, "", "", values, (), (), "exit", None, {"lr": lr}, True)


@pytest.mark.parametrize(
    ("first", "clone", "settled"),
    [
        (ran(0.2, 0.1, 0.2), ran(0.2, 0.2, 0.2), True),
        (ran(0.2, 0.1, 0.2), ran(0.4, 0.2, 0.4), False),
        (ran(0.2, 0.1, 0.2), ran(0.2, 0.1, 0.2), False),
        (ran(0.2, 0.1, 0.1), ran(0.2, 0.2, 0.2), False),  # it only shows another value
    ],
)
def test_a_parameter_that_a_run_settles(
    first: Recording, clone: Recording, settled: bool
) -> None:
    choices = Choices({}, (), (), parameters=("lr",))
    assert ("lr" in Excused.of(first, clone, choices, ()).settled) is settled
