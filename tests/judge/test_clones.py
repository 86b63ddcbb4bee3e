"""What a clone of a run may do otherwise than that run."""

from __future__ import annotations

from dataclasses import replace

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


@pytest.mark.parametrize(
    ("given", "shown", "may"),
    [
        (0.2, {}, True),
        (0.1, {}, False),  # what the clone takes by default
        (0.2, {"lr": 0.2}, False),
    ],
)
def test_a_clone_may_end_otherwise_without_what_its_run_was_given(
    given: float, shown: dict[str, float], may: bool
) -> None:
    first, clone = (replace(ran(0, v), config=shown) for v in (given, 0.1))
    choices = Choices({}, (), (), parameters=("lr",))
    assert Excused.of(first, clone, choices, ()).may_end_otherwise is may
