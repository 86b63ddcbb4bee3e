"""JR108: the config is read from a file that a job can't change."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

SCRIPT = """\
import wandb
import yaml

with open("config.yaml") as file:
    config = yaml.safe_load(file)
wandb.init(config=config)
print(config["lr"])
"""


def test_a_file_that_gives_the_config() -> None:
    ((line, column, message),) = found("JR108", SCRIPT)
    assert (line, column) == (5, 14)
    assert (
        message
        == "config comes from 'config.yaml', and a job can't change what line 7 reads of it"
    )


@pytest.mark.parametrize(
    "load",
    [
        'config = yaml.safe_load(open("conf/config.yml"))',
        'config = yaml.load(open("config.yaml"), Loader=yaml.FullLoader)',
        'import json\nconfig = json.load(open("config.json"))',
        'from omegaconf import OmegaConf\nconfig = OmegaConf.load("config.yaml")',
    ],
)
def test_other_ways_to_read_one(load: str) -> None:
    text = f"import wandb\nimport yaml\n{load}\nwandb.init(config=config)\n"
    text += 'print(config["lr"])\n'
    assert len(found("JR108", text)) == 1


def test_a_config_that_is_added_later() -> None:
    text = SCRIPT.replace("wandb.init(config=config)", "wandb.init()")
    assert (
        len(found("JR108", text.replace("print", "wandb.config.update(config)\nprint")))
        == 1
    )


def test_a_wandb_without_managed_files() -> None:
    assert found("JR108", SCRIPT, wandb="0.16.6") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("with open", "launch.manage_config_file('config.yaml')\nwith open"),
        ('print(config["lr"])', "print(wandb.config.lr)"),
        ("config=config", "project='p'"),
        ("config.yaml", "/etc/config.yaml"),
        ("config.yaml", "../config.yaml"),
        ("config.yaml", "config.txt"),
        ("yaml.safe_load(file)", '{"lr": 0.1}'),
        ("print(", "config = wandb.config\nprint("),
    ],
    ids=[
        "managed",
        "the-runs",
        "data",
        "absolute",
        "above",
        "text",
        "no-file",
        "taken-back",
    ],
)
def test_a_file_that_is_no_input(before: str, after: str) -> None:
    assert_clean("JR108", SCRIPT.replace(before, after))
