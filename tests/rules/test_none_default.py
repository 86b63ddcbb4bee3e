"""JR205: a number is None by default."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found, rule

SCRIPT = str(rule("JR205").bad)


def test_a_number_without_a_default() -> None:
    ((line, column, message),) = found("JR205", SCRIPT)
    assert (line, column) == (6, 1)
    assert message == "--seed is None by default, and the type of its job input is none"


def test_it_must_be_asked_for() -> None:
    assert not rule("JR205").default


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("type=int", "type=int, default=0"),
        ("type=int", "type=int, required=True"),
        ("type=int", "type=str"),
        ("wandb.init", "other.init"),
    ],
    ids=["default", "required", "text", "no-run"],
)
def test_an_input_with_a_type(before: str, after: str) -> None:
    assert_clean("JR205", SCRIPT.replace(before, after))
