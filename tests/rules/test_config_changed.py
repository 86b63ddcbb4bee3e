"""JR103: values of a run's config are changed."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

HEAD = """\
import wandb

run = wandb.init(project="mnist", config={"lr": 0.1, "gpus": 2})
config = wandb.config
"""


@pytest.mark.parametrize(
    "change",
    [
        "config.lr *= config.gpus",
        'config["lr"] *= 2',
        "wandb.config.lr = 0.2",
        "run.config.lr += 1",
        "config.lr = config.lr * 2",
        "del config.lr",
        'config.pop("lr")',
        "config.other = config.other / 2",
    ],
)
def test_a_value_that_is_there_to_stay(change: str) -> None:
    ((line, _, _),) = found("JR103", HEAD + change + "\n")
    assert line == 5


def test_the_message_names_the_value() -> None:
    ((_, _, message),) = found("JR103", HEAD + "config.lr = 0.2\n")
    assert message.startswith("config.lr is set anew")


def test_a_parsed_parameter_that_the_run_has() -> None:
    text = (
        "import argparse\nimport wandb\nparser = argparse.ArgumentParser()\n"
        'parser.add_argument("--lr", type=float)\nargs = parser.parse_args()\n'
        "wandb.init(config=args)\nwandb.config.lr = 0.1\n"
    )
    assert [line for line, _, _ in found("JR103", text)] == [7]


@pytest.mark.parametrize(
    "change",
    [
        "config.steps = 100",
        "config.steps = config.gpus * 2",
        "lr = config.lr * 2",
        'lr = config.get("lr")',
        "config = dict(config)\nconfig['lr'] *= 2",
        "settings.lr *= 2",
        "wandb.summary.lr = 0.2",
        "config: int = 3",
    ],
)
def test_what_may_be_set(change: str) -> None:
    assert_clean("JR103", HEAD + change + "\n")


def test_a_disabled_run_may_be_changed() -> None:
    text = HEAD.replace("project=", 'mode="disabled", project=')
    assert_clean("JR103", text + "config.lr = 0.2\n")
