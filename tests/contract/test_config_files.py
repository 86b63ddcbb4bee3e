"""Launched values beside the files and variables of ConfigArgParse, with the real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jobready.outcome import Rewritten
from tests.contract.in_process import Runs
from tests.edits.tools import check_refused, migrated

configargparse = pytest.importorskip("configargparse")

TOP = """\
import configargparse
import wandb

parser = configargparse.ArgParser(default_config_files=["defaults.ini"])
parser.add("-c", "--config", is_config_file=True)
"""
OPTIONS = """\
parser.add_argument("--lr", type=float, default=0.1, env_var="LR")
parser.add_arg("--amp", action="store_true")
parser.add("--no-flip", action="store_false")
parser.add("--gpus", type=int, nargs="+", default=[0])
parser.add("--tag", action="append", default=None)
parser.add("--out", default=None)
parser.add("--data", required=True)
parser.add("-v", "--verbose", action="count", default=0)
"""
REST = """\
args = parser.parse_args()
wandb.init(config=args)
"""
SCRIPT = TOP + OPTIONS + REST
FILE = """\
lr = 5
amp = true
no-flip = true
gpus = [4, 5]
tag = [a, b]
out = file
data = file
verbose = 2
"""
EVERY = {
    "lr": 0.5,
    "amp": False,
    "no_flip": True,
    "gpus": [1, 2],
    "tag": ["x"],
    "out": None,
    "data": "d",
    "verbose": 1,
}
# Each beside the words that say the same, where there are any.
SAME = [
    ({"lr": 0.5}, "--lr 0.5"),
    ({"lr": 1}, "--lr 1"),
    ({"amp": True}, "--amp"),
    ({"gpus": [1, 2]}, "--gpus 1 2"),
    ({"tag": ["x", "y"]}, "--tag x --tag y"),
    ({"out": "x", "data": "y"}, "--out x --data y"),
    ({"verbose": 1}, "-v"),
]
# What is a default, or has no words, and wins over the file all the same.
WINS: list[dict[str, Any]] = [
    {"lr": 0.1},
    {"amp": False},
    {"no_flip": True},
    {"gpus": [0]},
    {"tag": None},
    {"tag": []},
    {"out": None},
    {"verbose": 0},
]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runs:
    outcome = migrated(SCRIPT)
    assert isinstance(outcome, Rewritten), outcome
    (tmp_path / "some.ini").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    return Runs(SCRIPT, outcome.text, monkeypatch)


@pytest.mark.parametrize("argv", ["--data d", "-c some.ini", "-c some.ini --gpus 7 --amp"])
def test_the_same_without_a_launch(argv: str, runs: Runs) -> None:
    assert runs.after(argv) == runs.before(argv)


@pytest.mark.parametrize(("launched", "words"), SAME)
@pytest.mark.parametrize("argv", ["--data d", "-c some.ini"])
def test_a_launched_value_counts_as_on_the_command_line(
    argv: str, launched: dict[str, Any], words: str, runs: Runs
) -> None:
    assert runs.after(argv, launched) == runs.before(f"{argv} {words}")


@pytest.mark.parametrize("launched", WINS)
def test_a_default_that_is_launched_wins_over_the_file(
    launched: dict[str, Any], runs: Runs, tmp_path: Path
) -> None:
    for argv in ("-c some.ini", "-c some.ini --lr 3 --out x --tag z --gpus 9 -v"):
        assert runs.after(argv, launched) == {**runs.before(argv), **launched}
    (tmp_path / "defaults.ini").write_text(FILE)
    assert runs.after("", launched) == {**runs.before(""), **launched}


def test_it_wins_over_the_environment(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LR", "9")
    for lr in (0.5, 0.1):
        assert runs.after("--data d", {"lr": lr})["lr"] == lr


def test_all_that_was_recorded_is_launched_again(runs: Runs) -> None:
    for argv in ("-c some.ini", "--data d --lr 1 --tag q"):
        recorded = runs.before(argv)
        assert runs.after("", recorded) == recorded
        assert runs.after("-v --tag p", recorded) == recorded
    assert runs.after("-c some.ini", {**EVERY, "config": None}) == {**EVERY, "config": None}


def test_the_file_itself_is_launched(runs: Runs) -> None:
    assert runs.after("", {"config": "some.ini"}) == runs.before("-c some.ini")
    only = runs.after("-c some.ini", {"config": None, "data": "d"})
    assert only == runs.before("--data d")


def test_what_is_wrong_stops_by_name(runs: Runs) -> None:
    assert "argument --lr: invalid float value: 'x'" in runs.refusal("", {"lr": "x"})
    assert "argument amp: invalid W&B config" in runs.refusal("--data d", {"amp": "no"})


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (
            'parser.add("--x", dest="lr")\nparser.add("--lr", default="1")\n',
            "a job another",
        ),
        ('parser.add("--y", is_config_file=True, type=open)\n', "given by another type"),
        ('parser.add_subparsers(dest="c").add_parser("d")\n', "has commands"),
        ("parser.add_argument(*sys.argv)\n", "only a run tells what it is"),
    ],
)
def test_what_is_refused(options: str, reason: str) -> None:
    outcome = migrated(TOP + options + REST)
    assert reason in str(outcome)
    assert not isinstance(outcome, Rewritten)


def test_words_that_may_be_one_text() -> None:
    script = TOP + OPTIONS + "def get(words):\n    return parser.parse_args(words)\n\n\n"
    script += "args = get('--lr 1')\nwandb.init(config=args)\n"
    check_refused(script, "can't tell what words the parse is given: words", 15)
    listed = migrated(script.replace("'--lr 1'", "['--lr', '1']"))
    assert isinstance(listed, Rewritten)


def test_a_parser_that_is_shared_by_its_name() -> None:
    script = SCRIPT.replace("ArgParser", "get_argument_parser")
    check_refused(script, "made in another file, by configargparse.get_argument_parser", 14)


@pytest.mark.parametrize("member", ["add", "parse", "_open_config_files"])
def test_a_class_of_the_scripts_own(member: str) -> None:
    own = "class Own(configargparse.ArgParser):\n    kind = 'own'\n\n\n"
    script = SCRIPT.replace("import wandb\n\n", f"import wandb\n\n\n{own}")
    script = script.replace("configargparse.ArgParser(d", "Own(d")
    assert isinstance(migrated(script), Rewritten)
    changed = script.replace("kind = 'own'", f"def {member}(self):\n        pass")
    assert f"the parser's class Own has {member} of its own" in str(migrated(changed))


def test_what_the_class_has_beside_argparses() -> None:
    from jobready.script.values.parser_classes import CONFIG_FILE_MEMBERS, argparse_members

    public = {n for n in dir(configargparse.ArgParser) if not n.startswith("_")}
    public -= argparse_members()
    assert public <= CONFIG_FILE_MEMBERS
