"""What a script is given that needs it is what the table says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pytest_jobready.recording import Parsed
from tests.judge import tables
from tests.judge.needs import Needs
from tests.judge.values import Choices
from tests.judge.verdict import Verdict

NEEDS = {
    "command": "train",
    "given": {"config": "own.yaml"},
    "files": {"configs/own.yaml": "lr: 1\n"},
    "stood_in_for": ["project.models"],
}


def test_needs_are_kept_in_the_table(tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    needs = Needs.of(NEEDS)
    verdicts = [Verdict("a.py", "right", needs=needs.as_json()), Verdict("b.py", "right")]
    tables.write(table, "project 1", verdicts)
    assert tables.needs(table, "project 1") == {"a.py": NEEDS, "b.py": {}}
    assert Needs.of(tables.needs(table, "project 1")["a.py"]) == needs
    assert tables.needs(table, None) == {}


def test_what_no_script_can_need_is_told() -> None:
    with pytest.raises(ValueError, match="no script can need argv"):
        Needs.of({"argv": ["--lr"]})


def test_files_of_the_user_lie_in_the_tree_and_replace_no_code(tmp_path: Path) -> None:
    needs = Needs.of({"files": {"configs/own.yaml": "lr: 1\n", "own.py": "LR = 1\n"}})
    for _ in range(2):  # another script of the tree may need the same
        needs.put_files(tmp_path)
    assert (tmp_path / "configs" / "own.yaml").read_text() == "lr: 1\n"
    (tmp_path / "own.py").write_text("LR = 2\n")
    with pytest.raises(ValueError, match=r"own\.py is there already"):
        needs.put_files(tmp_path)


def test_a_script_runs_on_this_python_unless_it_needs_another(tmp_path: Path) -> None:
    assert Needs.of(NEEDS).interpreter(tmp_path) == sys.executable
    with pytest.raises(FileNotFoundError, match=r"python2\.0 is not on the PATH"):
        Needs(python="2.0").interpreter(tmp_path)


def option(dest: str, *values: str) -> dict[str, object]:
    """An optional parameter as the recorder describes it."""
    found = [{"words": [f"--{dest}={v}"], "json": v, "seen": ["str", v]} for v in values]
    more = {
        "kind": "Store",
        "choices": None,
        "required": False,
        "default": "None",
        "nargs": None,
    }
    return {"dest": dest, "flags": [f"--{dest}"], "candidates": found, **more}


def test_what_is_given_is_needed_and_the_subcommand_is_the_one_asked_for() -> None:
    nothing: dict[str, list[object]] = {"actions": [], "groups": []}
    train = {"actions": [option("lr", "3"), option("data", "x")], "groups": []}
    parsed = Parsed("a.py", 1, (), (), {"test": nothing, "train": train}, None)
    assert Choices.of([parsed]).command == "test"
    choices = Choices.of([parsed], ["data"], "train")
    assert [value.dest for value in choices.needed] == ["data"]
    assert choices.argv(choices.needed) == ["train", "--data=x"]


def test_what_takes_the_rest_of_the_words_comes_last() -> None:
    rest = {**option("opts", "a"), "flags": [], "nargs": "...", "candidates": []}
    rest["candidates"] = [{"words": ["a", "1"], "json": ["a", "1"], "seen": ["list", ""]}]
    actions = (rest, option("logger", "wandb"))
    parsed = Parsed("a.py", 1, actions, (), {}, None)
    choices = Choices.of([parsed], ["opts", "logger"])
    assert choices.argv(choices.needed) == ["--logger=wandb", "a", "1"]
    rest["nargs"] = None
    choices = Choices.of([parsed], ["opts", "logger"])
    assert choices.argv(choices.needed) == ["a", "1", "--logger=wandb"]
