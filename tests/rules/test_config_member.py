"""JR210: a value has the name of a method of the run's config."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

HEAD = """\
import wandb
run = wandb.init(config={"update": 10, "items": 3})
config = run.config
"""


@pytest.mark.parametrize(
    ("read", "after"),
    [
        ("wandb.config.update", 'wandb.config["update"]'),
        ("run.config.items", 'run.config["items"]'),
        ("config.update", 'config["update"]'),
    ],
)
def test_a_read_that_gets_the_method(read: str, after: str) -> None:
    text = HEAD + f"if 100 % {read} == 0:\n    pass\n"
    ((line, column, message),) = found("JR210", text)
    assert (line, column) == (4, 10)
    assert message == f"{read} is a method of the run's config, not the value"
    assert fixed("JR210", text) == text.replace(read, after)


@pytest.mark.parametrize(
    "use",
    [
        "config.update({'a': 1})",
        'config["update"]',
        "config.lr",
        "args.update % 2",
        "show = config.keys",
        "f(config.as_dict)",
        "[f(k) for k in config.keys()]",
    ],
)
def test_a_method_that_is_meant(use: str) -> None:
    assert_clean("JR210", HEAD + use + "\n")
