"""A parameter that is popped off the arguments into a name of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """\
import argparse
from types import SimpleNamespace

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--env-id", default="Hopper")
parser.add_argument("--lr", default="0.1")
parser.parse_known_args()
parsed = parser.parse_args().__dict__
env_name = parsed.pop("env_id")
made = SimpleNamespace(**{k: float(v) for k, v in parsed.items()})
wandb.init(config=made)
print(env_name, made.lr)
"""
SHOWN = '{**parsed, "env_id": env_name}'
POP = 'env_name = parsed.pop("env_id")'


def migrated(tmp_path: Path, text: str) -> str:
    path = tmp_path / "train.py"
    path.write_text(text)
    command = [sys.executable, "-m", "jobready", "migrate", str(path)]
    subprocess.run(command, capture_output=True, check=False)
    return path.read_text()


def test_the_popped_one_is_shown_by_its_name(tmp_path: Path) -> None:
    once = migrated(tmp_path, SCRIPT)
    assert SHOWN in once
    assert migrated(tmp_path, once) == once


@pytest.mark.parametrize(
    "pop",
    [
        'env_name = parsed.pop("env_id", None)',
        "key = input()\nenv_name = parsed.pop(key)",
        'parsed.pop("env_id")',
        'env_name = str(parsed.pop("env_id"))',
        'for _ in "x":\n    env_name = parsed.pop("env_id")',
        'if parser:\n    env_name = parsed.pop("env_id")',
        POP + '\nenv_name = env_name + "x"',
        POP + '\nenv_name += "x"',
        POP + "\ndel parsed['lr']",
        POP + "\nparsed.clear()",
    ],
)
def test_others_are_not(tmp_path: Path, pop: str) -> None:
    assert SHOWN not in migrated(tmp_path, SCRIPT.replace(POP, pop))
