"""The modules between a script and a file that is said to start its run."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.script.files.between import HOPS, between
from jobready.script.files.library import Library
from jobready.script.linked import read_linked
from jobready.script.model import Script
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import syntax_of

SCRIPT = """\
import argparse

from running import run

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
run(parser.parse_args())
"""
RUNNING = """\
from other import note
from serial import Serial

def run(given):
    note(given.lr)
    Serial(given).start()
"""
SERIAL = """\
from runner import Runner

class Serial(Runner):
    def __init__(self, given):
        super().__init__(given)
"""
RUNNER = """\
from kept import Keeps
from tracking import begin

class Runner(Keeps):
    def __init__(self, given):
        Keeps.__init__(self, given)

    def start(self):
        begin(self.given)
"""
KEPT = """\
class Keeps:
    def __init__(self, given):
        self.given = given
"""
TRACKING = """\
def begin(given):
    import wandb
    wandb.init(project="mine")
    wandb.config.update(given)
"""
FILES = {
    "train": SCRIPT,
    "running": RUNNING,
    "serial": SERIAL,
    "runner": RUNNER,
    "kept": KEPT,
    "tracking": TRACKING,
    "other": "def note(rate):\n    print(rate)\n",
}


def written(folder: Path, **changes: str) -> Path:
    """The script in a folder with its modules, some of which are changed."""
    for name, text in {**FILES, **changes}.items():
        (folder / f"{name}.py").write_text(text)
    return folder / "train.py"


def found(script: Path) -> set[str]:
    """The names of the modules between the script and its run."""
    syntax = syntax_of(script.read_text())
    assert isinstance(syntax, Syntax)
    run = script.with_name("tracking.py").resolve()
    return {p.stem for p in between(syntax, script, Library(), frozenset({run}))}


def linked(script: Path) -> Script:
    """The script with what it reaches, where it is said which file starts its run."""
    run = script.with_name("tracking.py").resolve()
    read = read_linked(script.read_text(), script, Library(), runs=frozenset({run}))
    assert isinstance(read, Script)
    return read


def test_the_way_to_the_run(tmp_path: Path) -> None:
    assert found(written(tmp_path)) == {"running", "serial", "runner"}


def test_a_way_that_takes_one_import_more(tmp_path: Path) -> None:
    running = f"from runner import Runner\n{RUNNING}"
    assert found(written(tmp_path, running=running)) == {"running", "serial", "runner"}


def test_ways_that_are_longer_do_not_count(tmp_path: Path) -> None:
    script = written(tmp_path, train=f"from tracking import begin\n{SCRIPT}")
    assert found(script) == set()


@pytest.mark.parametrize("name", ["importlib.import_module('runner')", "Runner = object"])
def test_no_import_that_leads_there(name: str, tmp_path: Path) -> None:
    script = written(tmp_path, serial=f"import importlib\n{name}\n")
    assert found(script) == set()


def test_a_run_that_is_too_far(tmp_path: Path) -> None:
    for i in range(HOPS):
        (tmp_path / f"far{i}.py").write_text(f"import far{i + 1}\n")
    (tmp_path / f"far{HOPS}.py").write_text("import tracking\n")
    assert found(written(tmp_path, running="import far0\n")) == set()


def test_the_run_is_seen_to_show_the_arguments(tmp_path: Path) -> None:
    (init,) = linked(written(tmp_path)).inits
    assert init.records
    assert init.whole


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "serial",
            SERIAL.replace("super().__init__(given)", "super().__init__(load(given))"),
        ),
        ("runner", RUNNER.replace("begin(self.given)", "begin({'kind': 'own'})")),
        ("kept", KEPT.replace("self.given = given", "self.given = made(given)")),
        (
            "running",
            RUNNING.replace("from serial import Serial", "Serial = load('serial')"),
        ),
    ],
)
def test_what_may_be_something_else_is_not_taken_for_them(
    name: str, text: str, tmp_path: Path
) -> None:
    (init,) = linked(written(tmp_path, **{name: text})).inits
    assert not init.records
