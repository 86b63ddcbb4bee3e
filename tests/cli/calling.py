"""Calls the command line as a user does, in this process or in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from jobready.cli import main
from jobready.project.modules import look_again

CLEAN = b"""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
args = parser.parse_args()
wandb.init(config=args)
print(args.lr)
"""
CLEAN_AFTER = CLEAN.replace(b"print", b"args = wandb.config\nprint")
REFUSED = b"""\
import wandb
from .options import parser

args = parser.parse_args()
wandb.init(config=args)
"""
BROKEN = b"import wandb\nwandb.init(\n"


def jobready(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """One call in this process; an exception that escapes fails the test."""
    look_again()  # as a new process does
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def report(*arguments: str | Path, stdin: bytes | None = None) -> dict[str, Any]:
    """The JSON report of ``migrate`` or ``check``, with the exit code under "exit"."""
    result = jobready(*arguments, "--output-format=json", stdin=stdin)
    return {**json.loads(result.stdout), "exit": result.exit_code}


def in_a_process(
    *arguments: str | Path, python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """One call in a process of its own."""
    return subprocess.run(
        [sys.executable, *python, "-m", "jobready", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def written(folder: Path, **scripts: bytes) -> Path:
    """A folder with these scripts."""
    for name, data in scripts.items():
        (folder / f"{name}.py").write_bytes(data)
    return folder
