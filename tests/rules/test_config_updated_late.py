"""JR102: the run gets its config by an update."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, fixed, found

SCRIPT = """\
import wandb

settings = {"lr": 0.1, "epochs": 10}
wandb.init(project="mnist")
wandb.config.update(settings)
print(settings["lr"])
"""


def test_an_update_with_what_is_read_afterwards() -> None:
    ((line, column, message),) = found("JR102", SCRIPT)
    assert (line, column) == (5, 1)
    assert "settings" in message
    assert "line 6" in message


def test_the_fix_passes_the_config_to_the_init() -> None:
    assert fixed("JR102", SCRIPT) == SCRIPT.replace(
        '"mnist")\nwandb.config.update(settings)', '"mnist", config=settings)'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wandb.config.update(settings)", "run.config.update(settings)"),
        ("update(settings)", "update(settings, allow_val_change=True)"),
        ("update(", "setdefaults("),
        ("wandb.config.update", "print()\nwandb.config.update"),
    ],
    ids=["run", "allowed", "setdefaults", "apart"],
)
def test_other_updates(before: str, after: str) -> None:
    text = SCRIPT.replace("wandb.init", "run = wandb.init").replace(before, after)
    assert len(found("JR102", text)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("update(settings)", "update(settings, allow_val_change=True)"),
        ("wandb.config.update", "print()\nwandb.config.update"),
        ('project="mnist"', 'config={"a": 1}'),
        ('project="mnist"', "**options"),
    ],
    ids=["allowed", "apart", "config-already", "more-options"],
)
def test_what_the_fix_leaves_alone(before: str, after: str) -> None:
    text = SCRIPT.replace(before, after)
    assert len(found("JR102", text)) == 1
    assert fixed("JR102", text) == text


@pytest.mark.parametrize(
    "text",
    [
        SCRIPT.replace('print(settings["lr"])', ""),
        SCRIPT.replace('settings["lr"]', "wandb.config.lr"),
        SCRIPT.replace("update(settings)", 'update({"n": 3})'),
        SCRIPT.replace("wandb.config.update", "other.update"),
        SCRIPT.replace("print(", "settings = dict(wandb.config)\nprint("),
        SCRIPT.replace('"mnist"', '"mnist", config=settings'),
    ],
    ids=["not-read", "the-runs", "derived", "other", "taken-back", "jr101-says-so"],
)
def test_an_update_that_leaves_nothing_stale(text: str) -> None:
    assert_clean("JR102", text)
