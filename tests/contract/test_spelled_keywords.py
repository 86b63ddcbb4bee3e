"""Options of a dataclass, whose keywords a dict gives, keep the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrate, rewritten_copy, two_copies
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import dataclasses
import json
import typing

import wandb


@dataclasses.dataclass
class Settings:
    batch_size: int = 1
    lr: float = 1.0
    name: str = "adam"
    fast: bool = False
    shuffle: bool = True
    every: typing.Optional[int] = 200
    limit: typing.Optional[int] = None


parser = argparse.ArgumentParser()
for item in dataclasses.fields(Settings):
    kwargs = {"default": item.default, "help": item.metadata.get("help")}
    if item.type is bool:
        kwargs["action"] = argparse.BooleanOptionalAction
    else:
        types = typing.get_args(item.type)
        if type(None) in types:
            made = next(t for t in types if t is not type(None))
            kwargs["type"] = lambda value, made=made: (
                None if value.lower() == "none" else made(value)
            )
        else:
            kwargs["type"] = item.type
    parser.add_argument("--" + item.name.replace("_", "-"), **kwargs)
args = parser.parse_args()
wandb.init(project="fields", config=vars(args))
print(json.dumps(vars(args)))
"""


@pytest.mark.parametrize(
    ("words", "launched"),
    [
        ([], {}),
        (["--batch-size=4", "--lr=2", "--name=sgd"], {"batch_size": 4, "lr": 2.0}),
        (["--fast", "--no-shuffle"], {"fast": True, "shuffle": False}),
        (["--every=3", "--limit=7"], {"every": 3, "limit": 7}),
        (["--every=none"], {"every": "none"}),
    ],
)
def test_they_get_what_is_launched(
    tmp_path: Path, words: list[str], launched: dict[str, Any]
) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    if "--name=sgd" in words:
        launched = {**launched, "name": "sgd"}
    expected = run(before, words).trained_with
    plain = run(after, words)
    assert plain.trained_with == expected
    assert run(after, ["--lr=7"], launched={"lr": 1, **launched}).trained_with == expected
    assert plain.config is not None
    clone = run(after, ["--batch-size=9", "--fast"], launched=plain.config)
    if clone.exit_code == 0:
        assert clone.trained_with == expected
    else:  # a word for None leaves no trace of it
        assert "argument every: invalid W&B config: None" in clone.stderr


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("batch_size", "many", "invalid W&B config: 'many'"),
        ("batch_size", 1.5, "invalid W&B config: 1.5"),
        ("lr", "fast", "invalid W&B config: 'fast'"),
        ("fast", "False", "invalid W&B config: 'False'"),
        ("every", True, "invalid W&B config: True"),
    ],
)
def test_values_of_another_kind_stop_it_by_name(
    tmp_path: Path, key: str, value: object, said: str
) -> None:
    _, after = rewritten_copy(tmp_path, SCRIPT)
    ran = run(after, [], launched={key: value})
    assert ran.exit_code == 2
    assert f"argument {key}: {said}" in ran.stderr


@pytest.mark.parametrize("shuffle", [True, False])
def test_a_type_that_may_be_bool(tmp_path: Path, shuffle: bool) -> None:
    text = SCRIPT.replace("item.type is bool", 'item.name == "fast"')
    before, after = rewritten_copy(tmp_path, text)
    words = [f"--shuffle={shuffle or ''}", "--fast"]
    expected = run(before, words).trained_with
    launched = {"shuffle": shuffle, "fast": True}
    assert run(after, [], launched=launched).trained_with == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    parser.add", "    kwargs.pop(item.name, None)\n    parser.add"),
        ("    parser.add", "    tune(kwargs)\n    parser.add"),
        ("    kwargs = {", "    kwargs = {**item.metadata, "),
        ('"--" + item.name.replace("_", "-")', "item.name"),
    ],
)
def test_what_only_a_run_tells_is_left_alone(tmp_path: Path, old: str, new: str) -> None:
    before, after = two_copies(tmp_path, SCRIPT, (old, new))
    assert migrate(after)["files"][0]["outcome"] == "refused"
    assert after.read_bytes() == before.read_bytes()
