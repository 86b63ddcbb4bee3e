"""A run behind modules that neither parse nor start one shows what the script makes of it.

There settings of an earlier run are loaded, over which goes what is given.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contract.migrating import migrate
from tests.contract.running import run

pytestmark = pytest.mark.contract

FILES = {
    "train": """\
from options import parse
from running import run

run(parse())
""",
    "options": """\
import argparse
import copy
import json
import os
import sys

from held import Held


def parse(argv=None):
    if argv is None:
        argv = sys.argv[1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="*", default=[8])
    args = parser.parse_args(argv)
    given_parser = copy.deepcopy(parser)
    given_parser.set_defaults(**{name: None for name in vars(args)})
    given = given_parser.parse_args(argv)
    args.given = {k: v for k, v in vars(given).items() if v is not None}
    args.words = " ".join(argv)
    return args


def maybe_load(args):
    path = os.path.join(args.folder, "config.json")
    if not os.path.isfile(path):
        return Held(vars(args))
    return load(args, path)


def load(args, path):
    with open(path) as file:
        loaded = Held(json.load(file))
    for key, value in args.given.items():
        if key in loaded and loaded[key] != value:
            loaded[key] = value
    for key, value in vars(args).items():
        if key not in loaded:
            loaded[key] = value
    return loaded
""",
    "held": """\
class Held(dict):
    __setattr__ = dict.__setitem__

    def __getattr__(self, name):
        return self[name]
""",
    "running": """\
from options import maybe_load
from serial import Serial


def run(args):
    if args.folder:
        args = maybe_load(args)
    Serial(args).start()
""",
    "serial": """\
from runner import Runner


class Serial(Runner):
    def __init__(self, args):
        super().__init__(args)
""",
    "runner": """\
import json

from tracking import begin


class Runner:
    def __init__(self, args):
        self.args = args
        begin(self.args)

    def start(self):
        print(json.dumps([self.args.lr, self.args.depth, self.args.sizes]))
""",
    "tracking": """\
def begin(args):
    import wandb

    wandb.init(project="mine")
    wandb.config.update(args)
""",
}


def before_and_after(folder: Path) -> list[Path]:
    """The script with its modules, and a migrated copy of them."""
    for side in ("before", "after"):
        (folder / side).mkdir()
        for name, text in FILES.items():
            (folder / side / f"{name}.py").write_text(text)
    before, after = folder / "before" / "train.py", folder / "after" / "train.py"
    tracking, options = after.with_name("tracking.py"), after.with_name("options.py")
    report = migrate("--run-in", tracking, after, options)
    assert report["summary"]["refused"] == 0, report
    assert tracking.read_text() == FILES["tracking"]  # it shows them all already
    assert "job_args" in options.read_text()
    again = migrate("--run-in", tracking, after, options)
    assert {file["outcome"] for file in again["files"]} == {"unchanged"}, again
    return [before, after]


@pytest.mark.parametrize("saved", [None, {"lr": 0.5, "depth": 4, "sizes": [1]}])
def test_settings_that_are_loaded_on_the_way(
    saved: dict[str, object] | None, tmp_path: Path
) -> None:
    before, after = before_and_after(tmp_path)
    runs = tmp_path / "runs"
    runs.mkdir()
    if saved is not None:
        (runs / "config.json").write_text(json.dumps(saved))
    argv = ["--folder", str(runs), "--depth", "2"]
    expected = run(before, argv).trained_with
    assert expected == ([0.1, 2, [8]] if saved is None else [0.5, 2, [1]])
    plain = run(after, argv)
    assert plain.trained_with == expected
    values = {"folder": str(runs), "depth": 2}
    assert run(after, ["--depth", "9"], launched=values).trained_with == expected
    assert plain.config is not None
    later = {"lr": 9.0, "depth": 9, "sizes": [9]}
    for there in (saved, later, None):
        (runs / "config.json").unlink(missing_ok=True)
        if there is not None:
            (runs / "config.json").write_text(json.dumps(there))
        assert run(after, [], launched=plain.config).trained_with == expected
