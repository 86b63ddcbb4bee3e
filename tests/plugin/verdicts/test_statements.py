"""Lines that hand parameters to a run, or take them back: no use of a value yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_jobready.verdicts.statements import handing_on, showing, taking_back


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("wandb.init(config=vars(args))\n", {1}),
        ("run = wandb.init(\n    project='x',\n    config=vars(args),\n)\n", {1, 2, 3, 4}),
        ("init(config=args)\n", {1}),
        ("wandb.config.update(vars(args))\n", {1}),
        ("accelerator.init_trackers('x', config=vars(args))\n", {1}),
        ("vars(args).update(wandb.config)\n", {1}),
        ("args.__dict__.update(wandb.config)\n", {1}),
        ("print(vars(args))\n", set()),
        ("train(**vars(args))\n", set()),
        ("table.update(vars(args))\n", set()),
        ("json.dump(vars(args), file)\n", set()),
    ],
)
def test_lines(tmp_path: Path, text: str, lines: set[int]) -> None:
    file = tmp_path / "train.py"
    file.write_text(text)
    assert handing_on(file) == lines


@pytest.mark.parametrize("text", ["x = = 1", "\x00", ""])
def test_what_is_no_python_has_no_such_lines(tmp_path: Path, text: str) -> None:
    file = tmp_path / "train.py"
    file.write_text(text)
    assert handing_on(file) == frozenset()
    assert handing_on(tmp_path / "gone.py") == frozenset()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("vars(args).update(wandb.config)\n", {1}),
        ("args.__dict__.update(\n    wandb.config\n)\n", {1, 2, 3}),
        ("wandb.config.update(vars(args))\n", set()),
        ("table.update(vars(args))\n", set()),
    ],
)
def test_what_is_about_to_be_replaced_may_be_read(
    tmp_path: Path, text: str, lines: set[int]
) -> None:
    file = tmp_path / "train.py"
    file.write_text(text)
    assert taking_back(file) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("print(args)\n", {1}),
        ("logger.info(f'started with {args}')\n", {1}),
        ("pprint(vars(args))\n", {1}),
        ("print(\n    json.dumps(vars(args), indent=2)\n)\n", {1, 2, 3}),
        ("print(train(args))\n", set()),
        ("name = str(args)\n", set()),
        ("file.write(str(args))\n", set()),
        ("wandb.log(vars(args))\n", set()),
        ("for k, v in vars(args).items():\n    print(k, v)\n", {2}),
    ],
)
def test_what_only_shows_values(tmp_path: Path, text: str, lines: set[int]) -> None:
    file = tmp_path / "train.py"
    file.write_text(text)
    assert showing(file) == lines
