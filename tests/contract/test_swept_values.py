"""A run beside a sweep that lays its values over the arguments, with the real wandb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrate
from tests.contract.running import run

pytestmark = pytest.mark.contract

TRAIN = """\
import argparse

from loops import single, tune

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1.0)
parser.add_argument("--steps", type=int, default=1e3)
parser.add_argument("--anneal", type=bool, default=True)
parser.add_argument("--kind", choices=["a", "b"], default="a")
parser.add_argument("--options", type=dict, default={})
parser.add_argument("--partial", action="store_true")
parser.add_argument("--tune", action="store_true")


def main():
    args = vars(parser.parse_args())
    if args["tune"]:
        tune(args)
    else:
        single(args)


if __name__ == "__main__":
    main()
"""
LOOPS = """\
import copy
import json

import wandb


def evaluate(config):
    wandb.init(project="own")
    print(json.dumps(config))


def single(config):
    wandb.init(config=config)
    config["updates"] = config["steps"] // 10
    evaluate(config)


def tune(given):
    def swept():
        wandb.init(project="own")
        config = copy.deepcopy(given)
        for k, v in dict(wandb.config).items():
            config[k] = v
        print(json.dumps(config))

    wandb.agent("sweep", swept)
"""
# Does what an agent does for one run of a sweep, without a server to ask.
AGENT = """\
import os
import runpy

import wandb


def agent(sweep, function):
    with open("sweep.yaml", "w") as file:
        file.write("wandb_version: 1\\nlr: {value: 0.25}\\n")
    os.environ["WANDB_SWEEP_ID"] = sweep
    os.environ["WANDB_SWEEP_PARAM_PATH"] = os.path.abspath("sweep.yaml")
    function()


wandb.agent = agent
runpy.run_path(os.path.join(os.path.dirname(__file__), "train.py"), run_name="__main__")
"""
EVERY = ["--lr=0.5", "--steps=20", "--anneal=", "--kind=b", "--partial"]
LAUNCHED = {"lr": 0.5, "steps": 20, "anneal": False, "kind": "b", "partial": True}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The scripts as they are, and migrated."""
    both = []
    for name in ("before", "after"):
        folder = tmp_path_factory.mktemp(name)
        files = {"train.py": TRAIN, "loops.py": LOOPS, "agent.py": AGENT}
        for path, text in files.items():
            (folder / path).write_text(text)
        both.append(folder)
    report = migrate(both[1] / "train.py", both[1] / "loops.py")
    assert {e["outcome"] for e in report["files"]} == {"rewritten"}, report
    return both[0], both[1]


def trained_with(
    script: Path, argv: Sequence[str] = (), launched: Mapping[str, Any] | None = None
) -> Any:
    result = run(script, argv, launched=launched)
    assert result.exit_code == 0, result.stderr
    return result.trained_with


def test_the_sweep_stays_as_it_is(folders: tuple[Path, Path]) -> None:
    text = (folders[1] / "loops.py").read_text()
    assert text == LOOPS.replace(
        'def evaluate(config):\n    wandb.init(project="own")',
        'def evaluate(config):\n    wandb.init(project="own", config=config)',
    )


@pytest.mark.parametrize("argv", [(), EVERY, ["--tune"], ["--tune", *EVERY]])
def test_the_same_without_a_launch(argv: list[str], folders: tuple[Path, Path]) -> None:
    script = "agent.py" if "--tune" in argv else "train.py"
    before, after = (trained_with(folder / script, argv) for folder in folders)
    assert before == after


@pytest.mark.parametrize("argv", [(), ["--lr=3", "--kind=a"]])
def test_a_launched_value_is_the_runs(argv: list[str], folders: tuple[Path, Path]) -> None:
    before, after = folders
    expected = trained_with(before / "train.py", EVERY)
    assert trained_with(after / "train.py", argv, LAUNCHED) == expected


def test_a_record_of_the_run_is_launched_again(folders: tuple[Path, Path]) -> None:
    before, after = folders
    recorded = run(before / "train.py", EVERY).config
    assert recorded is not None
    assert recorded.get("steps") == 20
    expected = trained_with(before / "train.py", EVERY)
    assert trained_with(after / "train.py", (), recorded) == expected


def test_a_launched_value_is_the_sweeps_where_that_varies_another(
    folders: tuple[Path, Path],
) -> None:
    before, after = folders
    launched = {**LAUNCHED, "tune": True}
    del launched["lr"]
    expected = trained_with(before / "agent.py", ["--tune", *EVERY[1:]])
    assert trained_with(after / "agent.py", (), launched) == expected
    assert expected["lr"] == 0.25


@pytest.mark.parametrize("tune", [True, False])
def test_what_is_wrong_stops_by_name(tune: bool, folders: tuple[Path, Path]) -> None:
    script = folders[1] / ("agent.py" if tune else "train.py")
    result = run(script, launched={"kind": "c", "tune": tune})
    assert result.exit_code == 2
    assert "argument --kind: invalid choice: 'c'" in result.stderr
