"""The harness can say no: scripts that ignore a launch are seen to do so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.contract import assert_contract
from tests.contract.running import Read, run

ORIGINAL = """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.25)
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
run_name = f"lr-{args.lr}"
wandb.init(name=run_name, config=args)
wandb.log({"loss": args.lr * args.epochs})
"""
INIT = "wandb.init(name=run_name, config=args)\n"


def test_a_script_that_was_not_migrated_shows_one_value_and_trains_with_another(
    tmp_path: Path,
) -> None:
    script = tmp_path / "train.py"
    script.write_text(ORIGINAL)
    job = run(script, launched={"lr": 0.5})
    assert job.config == {"lr": 0.5, "epochs": 2}
    assert job.reads == (
        Read("lr", "float", "0.25"),
        Read("lr", "float", "0.25"),
        Read("epochs", "int", "2"),
    )


@pytest.mark.judge
@pytest.mark.parametrize(
    "after_init",
    [
        pytest.param("", id="nothing was rewritten"),
        pytest.param(
            'args.epochs = dict(wandb.config.items())["epochs"]\n', id="one stays stale"
        ),
        pytest.param("args = wandb.config\n", id="an early read stays stale"),
    ],
)
def test_a_wrong_rewrite_is_found(tmp_path: Path, after_init: str) -> None:
    original, rewritten = tmp_path / "original.py", tmp_path / "rewritten.py"
    original.write_text(ORIGINAL)
    rewritten.write_text(ORIGINAL.replace(INIT, INIT + after_init))
    with pytest.raises(AssertionError, match="a launched value counts"):
        assert_contract(
            original,
            rewritten,
            form="config",
            argv="--lr 0.5 --epochs 1",
            launched={"lr": 0.5, "epochs": 1},
        )
