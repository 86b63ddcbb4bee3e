"""JR208: a parameter has a point in its name."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found, rule

SCRIPT = str(rule("JR208").bad)


def test_an_option_with_a_point() -> None:
    ((line, column, message),) = found("JR208", SCRIPT)
    assert (line, column) == (6, 1)
    assert message.startswith("optim.lr looks like a level of optim to W&B")


def test_one_finding_for_many() -> None:
    more = 'parser.add_argument("--optim.decay", type=float)\nargs = p'
    ((_, _, message),) = found("JR208", SCRIPT.replace("args = p", more))
    assert message.startswith("optim.lr and 1 more")


def test_a_key_of_the_config() -> None:
    text = 'import wandb\n\nwandb.init(config={"model.size": 3})\n'
    assert [(line, column) for line, column, _ in found("JR208", text)] == [(3, 20)]


@pytest.mark.parametrize(
    "text",
    [
        SCRIPT.replace("--optim.lr", "--optim_lr"),
        SCRIPT.replace('"--optim.lr"', '"--optim.lr", dest="optim_lr"'),
        SCRIPT.replace("wandb.init", "other.init"),
        'import wandb\n\nwandb.init(config={"model": {"size": 3}})\n',
        'import wandb\n\nwandb.init(config={"file": "a.txt"})\n',
    ],
    ids=["underscore", "dest", "no-run", "nested", "value"],
)
def test_a_name_without_one(text: str) -> None:
    assert_clean("JR208", text)
