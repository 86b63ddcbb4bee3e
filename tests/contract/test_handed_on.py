"""A script that starts itself anew by its own command line keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import rewritten_copy
from tests.contract.running import Result, run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json
import os
import subprocess
import sys

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("data", nargs="?", default="here")
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--tags", action="append")
parser.add_argument("--amp", action="store_true")
args = parser.parse_args()
print(json.dumps(vars(args)), flush=True)
if "AGAIN" not in os.environ:
    env = os.environ.copy()
    env["AGAIN"] = "1"
    START
else:
    wandb.init(project="again", config=vars(args), mode="disabled")
"""
STARTS = [
    "subprocess.run([sys.executable, __file__, *sys.argv[1:]], env=env, check=True)",
    "os.execve(sys.executable, [sys.executable] + sys.argv, env)",
]
ARGV = ["there", "--lr", "0.5", "--tags", "a", "--tags", "b", "--amp"]
VALUES = {"data": "there", "lr": 0.5, "tags": ["a", "b"], "amp": True}


def said(result: Result) -> list[Any]:
    """What both processes of a run have parsed."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(li) for li in result.stdout.splitlines() if li.startswith("{")]


@pytest.mark.parametrize("start", STARTS)
def test_both_processes_have_the_values_of_a_job(tmp_path: Path, start: str) -> None:
    before, after = rewritten_copy(tmp_path, SCRIPT.replace("START", start))
    expected = said(run(before, ARGV))
    assert expected == [VALUES, VALUES]
    assert said(run(after, ARGV)) == expected
    assert said(run(after, launched=VALUES)) == expected
    over = ["other", "--lr", "9", "--tags", "c"]
    assert said(run(after, over, launched=VALUES)) == expected
