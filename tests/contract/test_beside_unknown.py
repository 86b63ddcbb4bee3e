"""Parameters that a run shows beside a dict that isn't known keep the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrate, rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json

import wandb


class Callback:
    def __init__(self, project, config):
        self.run = wandb.init(project=project, config=config)


def fit(args, settings):
    Callback("fit", vars(args) | settings)
    print(json.dumps(vars(args)))


def settings_of(args):
    with open(__file__) as file:
        lines = len(file.readlines())
    return {"lr": "by hand", "steps": lines, **{"seen": True}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--names", nargs="+")
    args = parser.parse_args()
    settings = json.loads(json.dumps(settings_of(args)))
    fit(args, settings)


main()
"""


@pytest.mark.parametrize(
    ("words", "launched"),
    [
        ([], {}),
        (["--lr=2", "--steps=3"], {"lr": 2, "steps": 3}),
        (["--names", "a", "b"], {"names": ["a", "b"]}),
        (["--lr=2"], {"args/lr": 2, "lr": 5, "seen": False}),
    ],
)
def test_a_clone_gets_them_from_beside_it(
    tmp_path: Path, words: list[str], launched: dict[str, Any]
) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    assert migrate(after)["files"][0]["outcome"] == "unchanged"
    expected = run(before, words).trained_with
    plain = run(after, words)
    assert plain.trained_with == expected
    assert run(after, ["--lr=9"], launched={"lr": 1, **launched}).trained_with == expected
    assert plain.config is not None
    assert plain.config["lr"] == "by hand"
    assert plain.config["seen"] is True
    clone = run(after, ["--lr=7", "--names", "x"], launched=plain.config)
    assert clone.trained_with == expected
