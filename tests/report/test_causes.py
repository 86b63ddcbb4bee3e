"""Reasons without what is one script's own, so that many scripts share them."""

from __future__ import annotations

import pytest

from jobready.report.causes import cause


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("--lr is required", "--data is required"),
        ("the run shows 'lr' as 'rate'", "the run shows 'n' as 'count'"),
        ("read from a file (line 3)", "read from a file (line 44)"),
    ],
)
def test_what_is_particular_to_a_script_makes_no_other_cause(one: str, other: str) -> None:
    assert cause(one) == cause(other)


def test_what_is_said_else_does() -> None:
    assert cause("--lr is required") != cause("--lr is a positional")
