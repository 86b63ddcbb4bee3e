"""JR209: values that come from the run's config pass by the choices."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found, rule

SCRIPT = str(rule("JR209").bad)


def test_choices_of_a_script_that_takes_its_values_back() -> None:
    ((line, column, message),) = found("JR209", SCRIPT)
    assert (line, column) == (6, 1)
    assert message == "optimizer has choices, and wandb.config isn't held to them"


def test_each_parameter_with_choices() -> None:
    more = 'parser.add_argument("--n", type=int, choices=[1, 2], default=1)\n'
    assert len(found("JR209", SCRIPT.replace("args = parser", more + "args = parser"))) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('choices=["sgd", "adam"], ', ""),
        ("args = wandb.config\n", ""),
        ("wandb.init", "other.init"),
    ],
    ids=["no-choices", "not-taken-back", "no-run"],
)
def test_a_script_whose_choices_are_checked(before: str, after: str) -> None:
    assert_clean("JR209", SCRIPT.replace(before, after))
