"""``jobready params``: the parameters of a script as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import jobready, written

PARAMETER_KEYS = {
    "name",
    "flags",
    "type",
    "default",
    "required",
    "choices",
    "nargs",
    "action",
    "help",
    "line",
    "source",
}
PARAMETERS = b"""\
import argparse
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("data", help="where it is")
parser.add_argument("-l", "--lr", type=float, default=0.05)
parser.add_argument("--out", type=Path, default=Path("out"))
parser.add_argument("--mode", choices=["a", "b"], required=True)
parser.add_argument("--gpus", type=int, nargs="*")
parser.add_argument("--amp", action="store_true")
parser.add_argument("--limit", type=float, default=float("inf"))
"""


def test_params_as_json(tmp_path: Path) -> None:
    path = written(tmp_path, train=PARAMETERS) / "train.py"
    result = jobready("params", path, "--output-format=json")
    assert result.exit_code == 0
    records = {r["name"]: r for r in json.loads(result.stdout)}
    assert list(records) == ["data", "lr", "out", "mode", "gpus", "amp", "limit"]
    assert all(set(r) == PARAMETER_KEYS for r in records.values())
    assert records["lr"] == {
        "name": "lr",
        "flags": ["-l", "--lr"],
        "type": "float",
        "default": 0.05,
        "required": False,
        "choices": None,
        "nargs": None,
        "action": "store",
        "help": None,
        "line": 6,
        "source": str(path),
    }
    assert records["data"]["required"] is True
    assert records["data"]["flags"] == []
    assert records["mode"]["choices"] == ["a", "b"]
    assert records["amp"]["action"] == "store_true"


def test_params_mark_what_only_a_run_can_tell(tmp_path: Path) -> None:
    path = written(tmp_path, train=PARAMETERS) / "train.py"
    result = jobready("params", path, "--output-format=json")
    records = {r["name"]: r for r in json.loads(result.stdout)}
    assert records["out"]["default"] == {"expression": "Path('out')"}
    assert records["limit"]["default"] == {"expression": "float('inf')"}


def test_params_as_a_table(tmp_path: Path) -> None:
    path = written(tmp_path, train=PARAMETERS) / "train.py"
    lines = jobready("params", path).stdout.splitlines()
    heads = ["name", "flags", "type", "default", "required", "choices", "line"]
    assert lines[0].split() == heads
    assert lines[1].split() == ["data", "(positional)", "yes", "5"]
    assert lines[2].split() == ["lr", "-l", "--lr", "float", "0.05", "6"]
    assert lines[3].split() == ["out", "--out", "Path", "<Path('out')>", "7"]
    assert len({line.index("-") for line in lines[2:]}) == 1


def test_params_say_what_they_can_not_see(tmp_path: Path) -> None:
    source = (
        b"import argparse\np = argparse.ArgumentParser()\np.add_argument('--a')\nmore(p)\n"
    )
    path = written(tmp_path, train=source) / "train.py"
    result = jobready("params", path)
    assert result.exit_code == 0
    assert f"{path}:4: the parser is passed to more()" in result.stderr


def test_params_of_a_script_without_any(tmp_path: Path) -> None:
    path = written(tmp_path, train=b"print('hello')\n") / "train.py"
    result = jobready("params", path, "--output-format=json")
    assert json.loads(result.stdout) == []
    assert "no argparse parameters" in jobready("params", path).stderr


@pytest.mark.parametrize(
    ("source", "unknown", "line"),
    [
        (
            b"import argparse\np = argparse.ArgumentParser()\nmore(p)\n",
            "passed to more()",
            3,
        ),
        (b"from common import get\np = get()\np.parse_args()\n", "by common.get", 3),
    ],
)
def test_params_mark_that_there_may_be_more(
    tmp_path: Path, source: bytes, unknown: str, line: int
) -> None:
    path = written(tmp_path, train=source) / "train.py"
    *_, last = json.loads(jobready("params", path, "--output-format=json").stdout)
    assert last.keys() == PARAMETER_KEYS | {"unknown"}
    assert (last["name"], last["line"], last["flags"]) == (None, line, [])
    assert unknown in last["unknown"]
    result = jobready("params", path)
    assert f"{path}:{line}: " in result.stderr
    assert "no argparse parameters" not in result.stderr


OPTIONS = b"""\
import argparse

def get_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    return parser
"""
STARTS = b"""\
from options import get_parser

parser = get_parser()
parser.add_argument("--steps", type=int)
args = parser.parse_args()
"""


def test_params_that_a_module_adds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path, train=STARTS, options=OPTIONS))
    records = json.loads(jobready("params", "train.py", "--output-format=json").stdout)
    found = {(r["name"], r["source"], r["line"]) for r in records}
    assert found == {("lr", "options.py", 5), ("steps", "train.py", 4)}
    lines = jobready("params", "train.py").stdout.splitlines()
    assert {line.split()[-1] for line in lines} == {"line", "options.py:5", "4"}
