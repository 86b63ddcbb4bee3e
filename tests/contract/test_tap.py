"""Launched values and the arguments of a Tap, with the real one."""

from __future__ import annotations

from typing import Any

import pytest

from jobready.outcome import Rewritten
from tests.contract.in_process import Runs
from tests.edits.tools import check_refused, migrated

pytest.importorskip("tap")
TOP = """\
from pathlib import Path
from typing import List, Literal, Optional, Set, Tuple

import wandb
from tap import Tap


class Args(Tap):
    data: str
"""
FIELDS = """\
    lr: float = 0.1
    whole: float = 2.0
    amp: bool = False
    flip: bool = True
    maybe: Optional[bool] = None
    seed: Optional[int] = None
    gpus: List[int] = [0]
    names: Set[str] = {"a", "b"}
    sizes: Tuple[int, ...] = (1, 2)
    out: Path = Path("runs")
    mode: Literal["a", "b"] = "a"
    level: Literal[1, 2] = 1
    note = "n"

    def configure(self):
        self.add_argument("--lr", "-l")
        self.add_argument("--tags", action="append", default=[])

    def process_args(self):
        self.steps = len(self.gpus)


"""
REST = "args = Args().parse_args()\nwandb.init(config=args.as_dict())\n"
SCRIPT = TOP + FIELDS + REST
# Each beside the words that say the same.
SAME: list[tuple[dict[str, Any], str]] = [
    ({"lr": 0.5}, "--lr 0.5"),
    ({"lr": 1}, "-l 1"),
    ({"amp": True, "flip": False}, "--amp --flip"),
    ({"amp": False, "flip": True}, ""),
    ({"maybe": True}, "--maybe True"),
    ({"maybe": False}, "--maybe false"),
    ({"seed": 3, "note": "x"}, "--seed 3 --note x"),
    ({"gpus": [1, 2], "names": ["c"]}, "--gpus 1 2 --names c"),
    ({"sizes": [3]}, "--sizes 3"),
    ({"out": "x/y", "mode": "b", "level": 2}, "--out x/y --mode b --level 2"),
    ({"tags": ["x", "y"]}, "--tags x --tags y"),
]
RECORDED = {
    "data": "d",
    "lr": 0.1,
    "whole": 2,
    "amp": False,
    "flip": True,
    "maybe": None,
    "seed": None,
    "gpus": [0],
    "names": ["b", "a"],
    "sizes": [1, 2],
    "out": "runs",
    "mode": "a",
    "level": 1,
    "note": "n",
    "tags": [],
    "steps": 1,
}
CONTRARY = "--data e --lr 7 --amp --flip --maybe 1 --seed 4 --gpus 9 --names z --sizes 8"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome
    return Runs(SCRIPT, outcome.text, monkeypatch)


@pytest.mark.parametrize("argv", ["--data d", CONTRARY])
def test_the_same_without_a_launch(argv: str, runs: Runs) -> None:
    assert runs.after(argv) == runs.before(argv)


@pytest.mark.parametrize(("launched", "words"), SAME)
def test_a_launched_value_counts_as_on_the_command_line(
    launched: dict[str, Any], words: str, runs: Runs
) -> None:
    assert runs.after("--data d", launched) == runs.before(f"--data d {words}")
    assert runs.after("", {**launched, "data": "d"}) == runs.before(f"--data d {words}")


def test_what_was_recorded_is_launched_again(runs: Runs) -> None:
    for argv in ("", CONTRARY):
        assert runs.after(argv, RECORDED) == runs.before("--data d")


def test_what_is_wrong_stops_by_name(runs: Runs) -> None:
    assert "argument lr" in runs.refusal("--data d", {"lr": "x"})
    assert "argument amp" in runs.refusal("--data d", {"amp": "False"})
    assert "argument mode" in runs.refusal("--data d", {"mode": "c"})


def test_words_instead_of_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    script = SCRIPT.replace("Args()", "Args(explicit_bool=True)")
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    runs = Runs(script, outcome.text, monkeypatch)
    words = "--data d --amp True --flip False"
    assert runs.after("--data d", {"amp": True, "flip": False}) == runs.before(words)
    assert runs.after(words, {"amp": False, "flip": True}) == runs.before("--data d")


def test_an_init_gets_the_values_alone() -> None:
    outcome = migrated(SCRIPT.replace("config=args.as_dict()", ""))
    assert isinstance(outcome, Rewritten)
    assert "wandb.init(config=args.as_dict())" in outcome.text
    prop = "\n    @property\n    def cuda(self):\n        return 1 / 0\n\n"
    outcome = migrated(f"{TOP}{prop}args = Args().parse_args()\nwandb.init()\n")
    assert isinstance(outcome, Rewritten)
    assert "config={k: getattr(args, k) for k in args.class_variables}" in outcome.text


def test_an_overwrite_in_process_args_is_named() -> None:
    outcome = migrated(SCRIPT.replace("self.steps = len(self.gpus)", "self.lr *= 2"))
    assert "lr is overwritten; a clone overwrites it again" in str(outcome)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("    def parse_args(self):\n        pass\n", "parses in a way"),
        ("    def add_argument(self, *n):\n        pass\n", "add_argument of its own"),
        ("    def __init__(self):\n        super().__init__()\n", "__init__ of its own"),
        ("    def as_dict(self):\n        pass\n", "as_dict of its own"),
        ("    prog: str = 'x'\n", "prog of its own"),
        ("    x: Tuple[int, str] = (1, 'a')\n", "converted in turn"),
        (
            "    def configure(self):\n        self.add_subparser('a', B)\n",
            "may change what",
        ),
        ("    def configure(self):\n        add_more(self)\n", "passed to add_more()"),
    ],
)
def test_what_is_refused(body: str, reason: str) -> None:
    outcome = migrated(f"{TOP}{body}\n\n{REST}")
    assert reason in str(outcome)
    assert not isinstance(outcome, Rewritten)


def test_values_that_are_read_from_the_parser() -> None:
    script = (
        TOP + "\n\nargs = Args()\nargs.parse_args()\nwandb.init(config=args.as_dict())\n"
    )
    check_refused(script, "the values are read from the parser itself", 13)


def test_switches_that_only_a_run_tells() -> None:
    script = SCRIPT.replace("Args()", "Args(explicit_bool='x' in __file__)")
    check_refused(script, "only a run tells whether a bool takes a word", 32)
