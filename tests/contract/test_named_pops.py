"""A script that pops a parameter off its arguments into a name keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import migrate, rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json
from types import SimpleNamespace

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--env-id", default="Hopper")
parser.add_argument("--lr", default="0.1")
parsed = parser.parse_args().__dict__
env_name = parsed.pop("env_id")
made = SimpleNamespace(**{k: float(v) for k, v in parsed.items()})
wandb.init(project="popped", config=made)
print(json.dumps({"env": env_name, "lr": made.lr}))
"""
ARGV = ["--env-id", "Ant", "--lr", "0.5"]
POP = 'env_name = parsed.pop("env_id")\n'


def test_a_popped_parameter_is_shown_launched_and_cloned(tmp_path: Path) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    assert migrate(after)["files"][0]["outcome"] == "unchanged"
    expected = {"env": "Ant", "lr": 0.5}
    assert run(before, ARGV).trained_with == expected
    plain = run(after, ARGV)
    assert plain.trained_with == expected
    assert plain.config is not None
    assert run(after, launched=plain.config).trained_with == expected
    given = {"env_id": "Walker", "lr": "0.25"}
    launched = run(after, ARGV, launched=given)
    assert launched.trained_with == {"env": "Walker", "lr": 0.25}
    assert launched.config is not None
    assert launched.config["env_id"] == "Walker"


@pytest.mark.parametrize(
    "pop",
    [
        f'{POP}env_name += "-v1"\n',
        f"{POP}made = env_name = input()\n",
        f"if parsed:\n    {POP}",
        POP.replace('"env_id"', 'next(iter(["env_id"]))'),
    ],
)
def test_what_no_name_surely_holds_is_left_alone(tmp_path: Path, pop: str) -> None:
    script = tmp_path / "train.py"
    text = SCRIPT.replace(POP, pop)
    script.write_text(text)
    (entry,) = migrate(script)["files"]
    assert entry["outcome"] == "refused"
    assert "a parameter is taken out" in str(entry)
    assert script.read_text() == text
