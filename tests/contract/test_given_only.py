"""A script that lays what is given over settings that it has saved keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import Result, run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import copy
import json
import os
import sys

import wandb


def parse(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", nargs="?", default="fit")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--name", default="plain")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--sizes", type=int, nargs="*", default=[8])
    parser.add_argument("--amp", action="store_true")
    args = parser.parse_args(argv)
    return finish(args, argv, parser)


def finish(args, argv, parser):
    args.command_line = " ".join(argv)
    no_defaults_parser = copy.deepcopy(parser)
    for name in vars(args).keys():
        no_defaults_parser.set_defaults(**{name: None})
    cli_args = no_defaults_parser.parse_args(argv)
    for name in list(vars(cli_args).keys()):
        if cli_args.__dict__[name] is None:
            del cli_args.__dict__[name]
    args.cli_args = vars(cli_args)
    return args


def load(args):
    with open(os.path.join(args.folder, "config.json")) as file:
        loaded = json.load(file)
    for key, value in args.cli_args.items():
        if key in loaded and loaded[key] != value:
            print("overriding", key)
            loaded[key] = value
    for key, value in vars(args).items():
        if key not in loaded:
            loaded[key] = value
    return argparse.Namespace(**loaded)


def main():
    args = parse()
    if os.path.exists(os.path.join(args.folder, "config.json")):
        args = load(args)
    wandb.init(project="given", config=args)
    values = {k: v for k, v in vars(args).items() if not k.startswith("c")}
    print(json.dumps(values, sort_keys=True))


main()
"""
SAVED = {
    "mode": "tune",
    "lr": 0.5,
    "depth": 4,
    "name": "saved",
    "sizes": [1, 2],
    "amp": True,
    "seed": 3,
}
NEW = {
    "mode": "fit",
    "lr": 0.1,
    "depth": 2,
    "name": "plain",
    "sizes": [8],
    "amp": False,
    "seed": None,
}


def folder_of(tmp_path: Path, name: str, saved: dict[str, object] | None) -> Path:
    """A folder with the settings of an earlier run, if there was one."""
    folder = tmp_path / name
    folder.mkdir()
    if saved is not None:
        (folder / "config.json").write_text(json.dumps(saved))
    return folder


def page_of(ran: Result) -> dict[str, object]:
    """What the run's page shows of the parameters, as it is."""
    assert ran.config is not None, ran.stderr
    return ran.config


GIVEN: list[tuple[list[str], dict[str, object]]] = [
    ([], {}),
    (["--lr", "0.1", "--sizes", "3"], {"lr": 0.1, "sizes": [3]}),
    (["--depth=2", "--amp", "--seed", "5"], {"depth": 2, "amp": True, "seed": 5}),
    (["--name", "plain", "--sizes"], {"name": "plain", "sizes": []}),
    (["fit", "--lr", "3"], {"mode": "fit", "lr": 3.0}),
]


@pytest.mark.parametrize(("argv", "values"), GIVEN)
@pytest.mark.parametrize("saved", [None, SAVED])
def test_what_is_launched_is_given(
    argv: list[str],
    values: dict[str, object],
    saved: dict[str, object] | None,
    tmp_path: Path,
) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT)
    folder = str(folder_of(tmp_path, "runs", saved))
    argv = ["--folder", folder, *argv]
    expected = run(before, argv).trained_with
    assert expected == {**(NEW if saved is None else SAVED), **values, "folder": folder}
    plain = run(after, argv)
    assert plain.trained_with == expected
    launched = run(after, [], launched={"folder": folder, **values})
    assert launched.trained_with == expected
    against = ["--folder", "nowhere", "--depth", "9"]
    over = {"folder": folder, **values, "depth": expected["depth"]}
    assert run(after, against, launched=over).trained_with == expected


LATER = {**NEW, "lr": 9.0, "name": "later", "sizes": [7], "amp": True}


@pytest.mark.parametrize(
    ("argv", "saved", "there"),
    [
        ([], None, None),
        ([], None, LATER),
        (["--lr", "0.1", "--sizes"], SAVED, SAVED),
        (["--depth=2", "--seed", "5"], SAVED, LATER),
        (["--depth=2", "--seed", "5"], SAVED, None),
        (["--name", "plain", "--amp"], None, LATER),
        (["test"], SAVED, LATER),
    ],
)
def test_a_clone_trains_with_what_the_page_shows(
    argv: list[str],
    saved: dict[str, object] | None,
    there: dict[str, object] | None,
    tmp_path: Path,
) -> None:
    _, after = rewritten_copy(tmp_path, SCRIPT)
    folder = folder_of(tmp_path, "runs", saved)
    plain = run(after, ["--folder", str(folder), *argv])
    (folder / "config.json").unlink(missing_ok=True)
    if there is not None:  # what a clone finds there is another matter
        (folder / "config.json").write_text(json.dumps(there))
    clone = run(after, ["--lr", "7"], launched=page_of(plain))
    assert clone.trained_with == plain.trained_with
    assert page_of(clone)["lr"] == page_of(plain)["lr"]


def test_a_clone_can_not_say_none(tmp_path: Path) -> None:
    """As no command line can: the settings that are there then go on."""
    _, after = rewritten_copy(tmp_path, SCRIPT)
    folder = folder_of(tmp_path, "runs", None)
    plain = run(after, ["--folder", str(folder)])
    (folder / "config.json").write_text(json.dumps(SAVED))
    clone = run(after, [], launched=page_of(plain))
    assert clone.trained_with == {**plain.trained_with, "seed": SAVED["seed"]}
