"""Behind ``--`` all words are positionals: what is launched must not become one of them.

Nor be lost among the words that ``parse_known_args`` leaves.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--amp", action="store_true")
parser.add_argument("words", nargs=NARGS)
args = parser.parse_args(WORDS)
wandb.init(project="dashes", config=vars(args))
print(json.dumps(vars(args)))
"""
BEHIND = ["--amp", "--", "model.depth=2", "-x"]


def scripts(folder: Path, nargs: str, words: str = "") -> tuple[Path, Path]:
    """A script, and its migrated copy."""
    return rewritten_copy(folder, SCRIPT.replace("NARGS", nargs).replace("WORDS", words))


@pytest.mark.parametrize("nargs", ['"*"', '"+"'])
def test_a_launched_value_is_never_one_of_them(tmp_path: Path, nargs: str) -> None:
    _, after = scripts(tmp_path, nargs)
    for launched in ({"lr": 0.5}, {"amp": True}, {"lr": 0.1}, {"words": ["a"]}):
        job = run(after, BEHIND, launched=launched)
        assert job.exit_code == 2
        assert "launched behind --, which ends options" in job.stderr


@pytest.mark.parametrize("nargs", ['"*"', '"+"'])
def test_they_stay_as_they_are_where_nothing_is_launched(
    tmp_path: Path, nargs: str
) -> None:
    before, after = scripts(tmp_path, nargs)
    expected = run(before, BEHIND).trained_with
    plain = run(after, BEHIND)
    assert plain.trained_with == expected
    assert run(after, BEHIND, launched={"other": 1}).trained_with == expected
    assert plain.config is not None
    values = {**plain.config, "words": ["model.depth=2"]}
    assert run(after, ["--lr", "7"], launched=values).trained_with == (
        run(before, ["--amp", "--", "model.depth=2"]).trained_with
    )


@pytest.mark.parametrize("nargs", ['"?"', "None", "2"])
def test_argparse_itself_refuses_what_is_too_much(tmp_path: Path, nargs: str) -> None:
    _, after = scripts(tmp_path, nargs)
    assert "behind --" not in after.read_text()
    words = ["--", "a"] if nargs != "2" else ["--", "a", "b"]
    job = run(after, words, launched={"lr": 0.5})
    assert job.exit_code == 2
    assert "unrecognized arguments: --lr=0.5" in job.stderr


def test_words_that_are_spelled_out_need_sys_too(tmp_path: Path) -> None:
    before, after = scripts(tmp_path, '"*"', '["a"]')
    assert run(after, []).trained_with == run(before, []).trained_with
    job = run(after, [], launched={"lr": 0.5})
    assert job.trained_with == {"lr": 0.5, "amp": False, "words": ["a"]}


PLAIN = """\
import argparse
import json

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
OPTION
args, rest = parser.parse_known_args(WORDS)
wandb.init(project="dashes", config=vars(args))
print(json.dumps([vars(args), rest]))
"""
OTHERS = ["--unknown", "--", "model.depth=2"]
OPTIONS = [
    "",
    'parser.add_argument("--amp", action="store_true")',
    'parser.add_argument("word", nargs="?")',
]


def that_leave_words(folder: Path, option: str, words: str = "") -> tuple[Path, Path]:
    """A script that keeps the words which it doesn't know, and its migrated copy."""
    return rewritten_copy(folder, PLAIN.replace("OPTION", option).replace("WORDS", words))


@pytest.mark.parametrize("option", OPTIONS)
def test_a_launched_value_is_never_among_the_words_left(
    tmp_path: Path, option: str
) -> None:
    _, after = that_leave_words(tmp_path, option)
    for launched in ({"lr": 0.5}, {"lr": 0.1}):
        job = run(after, OTHERS, launched=launched)
        assert job.exit_code == 2
        assert "launched behind --, which ends options" in job.stderr


@pytest.mark.parametrize("option", OPTIONS)
def test_words_that_are_left_stay_as_they_are(tmp_path: Path, option: str) -> None:
    before, after = that_leave_words(tmp_path, option)
    expected = run(before, OTHERS).trained_with
    assert run(after, OTHERS).trained_with == expected
    assert run(after, OTHERS, launched={"other": 1}).trained_with == expected
    same = run(before, ["--unknown", "--lr=0.5"]).trained_with
    assert run(after, ["--unknown"], launched={"lr": 0.5}).trained_with == same


def test_a_parse_that_leaves_no_words_asks_for_none(tmp_path: Path) -> None:
    _, after = scripts(tmp_path, "1")
    assert "behind --" not in after.read_text()
    job = run(after, ["--", "a"], launched={"lr": 0.5})
    assert "unrecognized arguments: --lr=0.5" in job.stderr


def test_words_that_are_left_of_a_list_need_sys_too(tmp_path: Path) -> None:
    before, after = that_leave_words(tmp_path, "", '["--unknown"]')
    assert run(after, []).trained_with == run(before, []).trained_with
    job = run(after, [], launched={"lr": 0.5})
    assert job.trained_with == [{"lr": 0.5}, ["--unknown"]]
