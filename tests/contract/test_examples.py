"""The examples that we ship, migrated and trained with launched values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.contract import assert_contract
from tests.contract.migrating import migrated_copies
from tests.contract.running import run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of migrated copies of the examples."""
    folder = tmp_path_factory.mktemp("examples")
    entries = migrated_copies(sorted(EXAMPLES.glob("*.py")), folder, ["--add-init"])
    outcomes = {name: entry["outcome"] for name, entry in entries.items()}
    assert set(outcomes.values()) == {"rewritten"}, outcomes
    return folder


def test_the_documentations_example_takes_launched_values(migrated: Path) -> None:
    assert_contract(
        EXAMPLES / "documentation.py",
        migrated / "documentation.py",
        form="config",
        argv="--learning_rate 0.5 --batch_size 4",
        launched={"learning_rate": 0.5, "batch_size": 4},
        contrary="--batch_size 9",
    )


def test_a_getter_with_a_required_option_starts_without_argv(migrated: Path) -> None:
    assert_contract(
        EXAMPLES / "getter_main.py",
        migrated / "getter_main.py",
        form="argv",
        argv="--data x --hidden 4 3 --activation relu --shuffle --tags a b",
        launched={
            "data": "x",
            "hidden": [4, 3],
            "activation": "relu",
            "shuffle": True,
            "tags": ["a", "b"],
        },
        contrary="--data z --hidden 2 --tags",
    )


def test_a_choice_that_is_none_stops_by_name(migrated: Path) -> None:
    launched = {"data": "x", "activation": "sigmoid"}
    job = run(migrated / "getter_main.py", launched=launched)
    assert job.exit_code == 2
    assert "argument --activation: invalid choice: 'sigmoid'" in job.stderr


def test_a_required_value_that_is_missing_is_argparses_error(migrated: Path) -> None:
    job = run(migrated / "getter_main.py", launched={"lr": 0.5})
    assert job.exit_code == 2
    assert "the following arguments are required: --data" in job.stderr


def test_a_gate_and_derived_values_see_the_launch(migrated: Path) -> None:
    assert_contract(
        EXAMPLES / "tracked.py",
        migrated / "tracked.py",
        form="argv",
        argv="--track --num-envs 2 --gamma 1 --anneal-lr False",
        launched={"track": True, "num_envs": 2, "gamma": 1.0, "anneal_lr": False},
        contrary="--num-envs 8 --anneal-lr",
    )


def test_wandb_stays_optional(migrated: Path) -> None:
    assert not run(migrated / "tracked.py").imported_wandb


@pytest.mark.parametrize("rank", ["0", "1"])
def test_every_rank_sees_the_launch(migrated: Path, rank: str) -> None:
    assert_contract(
        EXAMPLES / "ranks.py",
        migrated / "ranks.py",
        form="argv",
        argv="--no_warmup --lr 1 --milestones 1 2 --run_name x --epochs 2",
        launched={
            "warmup": False,
            "lr": 1.0,
            "milestones": [1, 2],
            "run_name": "x",
            "epochs": 2,
        },
        contrary="--lr 2 --milestones 7",
        env={"RANK": rank, "WORLD_SIZE": "2"},
    )


def test_a_script_without_wandb_becomes_a_job(migrated: Path) -> None:
    assert_contract(
        EXAMPLES / "paths_no_wandb.py",
        migrated / "paths_no_wandb.py",
        form="argv",
        argv="--output a/b.json --optimizer adagrad --betas 0.5 1 --drop fine -v",
        launched={
            "output": "a/b.json",
            "optimizer": "adagrad",
            "betas": [0.5, 1.0],
            "drop": ["fine"],
            "verbose": 1,
        },
        contrary="--output c.json --lr 2 --drop sad -vvv",
    )


def test_what_an_example_prints_is_what_it_was_launched_with(migrated: Path) -> None:
    launched: dict[str, Any] = {"learning_rate": 0.125, "batch_size": 3}
    job = run(migrated / "documentation.py", launched=launched)
    assert job.trained_with == launched
    assert job.config == launched
