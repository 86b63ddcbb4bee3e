"""Every shape of the corpus keeps the contract once it is migrated, run for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.contract.contract import assert_contract
from tests.contract.migrating import migrated_copies

CORPUS = Path(__file__).parents[1] / "corpus"


@dataclass(frozen=True)
class Shape:
    """A script of the corpus, and the same values in the two ways of giving them."""

    script: str
    form: str
    argv: str
    launched: dict[str, Any]
    contrary: str = "--lr 7"
    options: tuple[str, ...] = field(default=())


LR_AND_EPOCHS: dict[str, Any] = {"lr": 0.5, "epochs": 1}
ADD_INIT = ("--add-init",)
SHAPES = [
    Shape("any_name", "config", "-l 0.5", {"learning_rate": 0.5}, contrary="-n 3"),
    Shape("as_dictionary", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape("bound_run", "config", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "config_file",
        "argv",
        "--depth 3 --epochs 1",
        {"depth": 3, "epochs": 1},
        contrary="--depth 7",
    ),
    Shape("config_update", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape("copied_and_dumped", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape("defaults_in_namespace", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "derived_values",
        "argv",
        "--num-envs 2 --lr 1",
        {"num_envs": 2, "lr": 1.0},
        contrary="--num-envs 3 --minibatches 2",
    ),
    Shape(
        "every_action",
        "argv",
        "--on --no-off --no-both -vv --tag x --tag y --note a --gpus 0 1"
        " --betas 0.5 1 --debug --clip 0.5",
        {
            "on": True,
            "off": False,
            "both": False,
            "verbose": 2,
            "tag": ["base", "x", "y"],
            "note": ["a"],
            "gpus": [0, 1],
            "betas": [0.5, 1.0],
            "debug": "all",
            "clip": 0.5,
        },
        contrary="-v --both --tag z --note b --gpus 7 --betas 1 1 --debug no --clip 2",
    ),
    Shape(
        "far_run",
        "argv",
        '--lr 0.5 --layers 1 2 --extra {"drop":[0.5,null]}',
        {
            "args/lr": 0.5,
            "args/layers": [1, 2],
            "args/extra": {"drop": [0.5, None]},
        },
        contrary='--lr 7 --layers 3 --extra {"drop":1}',
    ),
    Shape(
        "far_command",
        "argv",
        "--lr 0.5 --layers 8 --amp",
        {"args/lr": 0.5, "args/layers": 8, "args/amp": True},
        contrary="--lr 7 --layers 3.5",
    ),
    Shape("free_global", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape("getter", "argv", "--lr 0.5 --name x", {"lr": 0.5, "name": "x"}),
    Shape(
        "getter_passed_on",
        "argv",
        "--lr 0.5 --layers 1 2",
        {"lr": 0.5, "layers": [1, 2]},
        contrary="--layers 3 4 5",
    ),
    Shape("guarded_import", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "help_behind_parse",
        "argv",
        "there --lr 0.5 --no-shuffle --gpus 1 2",
        {"data": "there", "lr": 0.5, "shuffle": False, "gpus": [1, 2]},
        contrary="x --lr 7",
    ),
    Shape(
        "help_without_words",
        "argv",
        "here --lr 0.5 --no-shuffle --gpus 1 2 --name x",
        {"data": "here", "lr": 0.5, "shuffle": False, "gpus": [1, 2], "name": "x"},
        contrary="there --lr 7",
    ),
    Shape("in_main", "argv", "--lr 0.5 --model cnn", {"lr": 0.5, "model": "cnn"}),
    Shape("init_by_name", "config", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape("known_args", "argv", "--lr 0.5 --other 1", {"lr": 0.5}),
    Shape(
        "lazy_import",
        "argv",
        "--lr 0.5 --epochs 1 --wandb",
        {**LR_AND_EPOCHS, "wandb": True},
    ),
    Shape(
        "method_names",
        "argv",
        "--update 3 --items few",
        {"update": 3, "items": "few"},
        contrary="--update 5",
    ),
    Shape("method_of_class", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "module_level",
        "config",
        "--lr 0.5 --epochs 1 --amp",
        {**LR_AND_EPOCHS, "amp": True},
    ),
    Shape("no_config", "config", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "no_wandb",
        "argv",
        "--lr 0.5 --epochs 1 --out x/y",
        {**LR_AND_EPOCHS, "out": "x/y"},
        options=ADD_INIT,
    ),
    Shape(
        "no_wandb_getter",
        "argv",
        "--lr 0.5 --epochs 1",
        LR_AND_EPOCHS,
        options=ADD_INIT,
    ),
    Shape("other_import_name", "config", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "options_class",
        "argv",
        "--name x --lr 0.5 --no_flip --sizes 2 3",
        {"name": "x", "lr": 0.5, "no_flip": True, "sizes": [2, 3]},
        contrary="--lr 7 --sizes 4",
    ),
    Shape(
        "own_parser",
        "argv",
        "--lr 0.5 --gpus 0 1 --tag x --amp --epochs 1",
        {"lr": 0.5, "gpus": [0, 1], "tag": ["base", "x"], "amp": True, "epochs": 1},
        contrary="--lr 7 --gpus 3 --tag y",
    ),
    Shape(
        "own_types",
        "argv",
        '--data x/y --mode eval --ema yes --width 8 --extra {"dropout":0.5}',
        {
            "data": "x/y",
            "mode": "eval",
            "ema": True,
            "width": 8,
            "extra": {"dropout": 0.5},
        },
        contrary="--data z --mode train --ema no --width 9",
    ),
    Shape("rank_gate", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape("read_before_init", "argv", "--lr 0.5 --seed 4", {"lr": 0.5, "seed": 4}),
    Shape(
        "renamed_keys",
        "argv",
        "--lr 0.5 --bs 2",
        {"learning_rate": 0.5, "batch_size": 2},
        contrary="--lr 7 --bs 3",
    ),
    Shape(
        "required",
        "argv",
        "here --output there --resume x --lr 0.5",
        {"data": "here", "output": "there", "resume": "x", "lr": 0.5},
    ),
    Shape("tabs_and_crlf", "config", "--lr 0.5 --city x", {"lr": 0.5, "city": "x"}),
    Shape("taken_back", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "taken_before",
        "argv",
        "--depth 3 --epochs 1 --tag a --tag b",
        {"args/depth": 3, "args/epochs": 1, "args/tag": ["a", "b"]},
        contrary="--depth 7 --epochs 2 --tag c",
    ),
    Shape("taken_out", "argv", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
    Shape(
        "under_if_main",
        "config",
        "--lr 0.5 --optimizer adam",
        {"lr": 0.5, "optimizer": "adam"},
    ),
    Shape(
        "unknown_config",
        "argv",
        "--depth 3 --epochs 1 --note x",
        {"args/depth": 3, "args/epochs": 1, "args/note": "x"},
        contrary="--depth 7",
    ),
    Shape(
        "whole_floats",
        "argv",
        "--lr 0.5 --temperature 3 --limit 2.5",
        {"lr": 0.5, "temperature": 3.0, "limit": 2.5},
    ),
    Shape("with_run", "config", "--lr 0.5 --epochs 1", LR_AND_EPOCHS),
]

# Those of the ordinary suite; -m judge has them all.
FEW = frozenset(
    (
        "defaults_in_namespace",
        "derived_values",
        "every_action",
        "far_run",
        "getter",
        "no_wandb",
        "own_types",
        "rank_gate",
        "renamed_keys",
        "required",
        "taken_back",
        "unknown_config",
    )
)
MARKED = [
    pytest.param(s, marks=() if s.script in FEW else pytest.mark.judge) for s in SHAPES
]
Migrated = Callable[[Shape], tuple[Path, dict[str, Any]]]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Migrated:
    """Migrate a shape's script; one call of the command line for all alike."""
    reports: dict[tuple[str, ...], tuple[Path, dict[str, Any]]] = {}

    def of(shape: Shape) -> tuple[Path, dict[str, Any]]:
        name = f"{shape.script}.py"
        if shape.options not in reports:
            folder = tmp_path_factory.mktemp("migrated")
            alike = [s.script for s in SHAPES if s.options == shape.options]
            scripts = [CORPUS / f"{script}.py" for script in alike]
            reports[shape.options] = (
                folder,
                migrated_copies(scripts, folder, shape.options),
            )
        folder, entries = reports[shape.options]
        return folder / name, entries[name]

    return of


@pytest.mark.parametrize("shape", MARKED, ids=lambda shape: shape.script)
def test_a_migrated_script_keeps_the_contract(shape: Shape, migrated: Migrated) -> None:
    script, entry = migrated(shape)
    assert (entry["outcome"], entry["forms"]) == ("rewritten", [shape.form]), entry
    assert_contract(
        CORPUS / script.name,
        script,
        form=shape.form,
        argv=shape.argv,
        launched=shape.launched,
        contrary=shape.contrary,
    )


def test_every_script_of_the_corpus_is_run() -> None:
    assert {path.stem for path in CORPUS.glob("*.py")} == {s.script for s in SHAPES}
