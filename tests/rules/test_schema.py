"""JR702: the schema of a job's inputs."""

from __future__ import annotations

import pytest

from tests.rules.tools import assert_clean, found

HEAD = """\
import wandb
from wandb.sdk import launch

wandb.init(config={"lr": 0.1, "layers": 3})
"""


def schema(properties: str) -> str:
    return f"{HEAD}launch.manage_wandb_config(schema={{'properties': {{{properties}}}}})\n"


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ("'lr': {'type': 'number', 'default': 1}", "default is nothing"),
        ("'lr': {'anyOf': []}", "anyOf is nothing"),
        ("'lr': {'type': 'string', 'minimum': 1}", "minimum is nothing"),
        ("'lr': {'type': ['integer', 'null']}", "['integer', 'null'] is no type"),
        ("'lr': {'type': 'float'}", "'float' is no type"),
        ("'m': {'type': 'object', 'properties': {'a': {'const': 1}}}", "const is nothing"),
    ],
)
def test_a_word_that_is_ignored(properties: str, said: str) -> None:
    ((line, _, message),) = found("JR702", schema(properties))
    assert line == 5
    assert message.startswith(said)


def test_a_schema_under_a_name() -> None:
    text = HEAD + "s = {'type': 'float'}\nlaunch.manage_config_file('c.json', schema=s)\n"
    assert [line for line, _, _ in found("JR702", text)] == [5]


def test_a_key_that_the_config_does_not_have() -> None:
    text = HEAD + 'launch.manage_wandb_config(include=["lr", "layer"])\n'
    ((_, _, message),) = found("JR702", text)
    assert message == "layer is no key of the run's config"


@pytest.mark.parametrize(
    "text",
    [
        schema("'lr': {'type': 'number', 'minimum': 0, 'maximum': 1}"),
        schema("'lr': {'type': 'string', 'enum': ['a', 'b'], 'title': 't'}"),
        schema("'lr': {'type': 'array', 'items': {'type': 'integer', 'enum': [1]}}"),
        HEAD + 'launch.manage_wandb_config(include=["lr"], exclude=["layers.x"])\n',
        HEAD + "launch.manage_wandb_config(include=names, schema=made())\n",
        HEAD + "other(schema={'type': 'float'})\n",
    ],
    ids=["range", "enum", "array", "keys", "unknown", "other"],
)
def test_what_the_drawer_shows(text: str) -> None:
    assert_clean("JR702", text)
