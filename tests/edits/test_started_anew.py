"""Scripts that start themselves anew, in processes with words of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobready.edits.migrate import Linked, migrate_text
from jobready.edits.options import Options
from jobready.outcome import Outcome, Refused, Rewritten
from jobready.script.files.library import Library
from tests.edits.tools import NEWEST

CLI = """\
import argparse

import wandb

from package.workers import start

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--role", default="auto")
parser.add_argument("--local_rank", type=int, default=0)
args = parser.parse_args()
if args.role == "auto":
    start(args.lr)
else:
    wandb.init(config=args)
    print(args.lr, args.local_rank)
"""
WORKERS = """\
import subprocess
import sys

PREFIX = (sys.executable, "-m", "package.cli")


def start(lr):
    subprocess.run([*PREFIX, "--role", "worker"])
"""


def outcome(folder: Path, workers: str, cli: str = CLI, name: str = "cli.py") -> Outcome:
    """What becomes of a script, beside the module that starts processes."""
    package = folder / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "workers.py").write_text(workers)
    script = package / name
    script.write_text(cli)
    return migrate_text(cli, Options(), NEWEST, Linked(script, Library()))


@pytest.mark.parametrize(
    ("workers", "options"),
    [
        (WORKERS, "--role"),
        (WORKERS.replace('"--role", "worker"', 'f"--role={lr}"'), "--role"),
        (WORKERS.replace('"--role",', '"--lr", str(lr), "--role",'), "--lr, --role"),
        (
            WORKERS.replace('"-m", "package.cli"', '"torchrun", "--module", "package.cli"'),
            "",
        ),
    ],
)
def test_a_process_that_is_given_an_option(
    tmp_path: Path, workers: str, options: str
) -> None:
    found = outcome(tmp_path, workers)
    assert isinstance(found, Refused), found
    (reason,) = found.reasons
    assert f"started anew with words of its own for {options}" in reason.message
    assert (reason.line, Path(str(reason.file)).name) == (8, "workers.py")


def test_the_main_module_of_a_package(tmp_path: Path) -> None:
    workers = WORKERS.replace("package.cli", "package")
    found = outcome(tmp_path, workers, name="__main__.py")
    assert isinstance(found, Refused), found


def test_a_script_that_does_so_itself(tmp_path: Path) -> None:
    cli = CLI.replace("from package.workers import start\n\n", WORKERS)
    found = outcome(tmp_path, "", cli)
    assert isinstance(found, Refused), found
    assert "words of its own for --role" in found.reasons[0].message


@pytest.mark.parametrize(
    "workers",
    [
        WORKERS.replace("package.cli", "package.worker"),
        WORKERS.replace("package.cli", "other.cli"),
        WORKERS.replace('"-m", ', ""),
        WORKERS.replace("--role", "--mode"),
        WORKERS.replace("--role", "--local_rank"),  # which is the launcher's to set
        WORKERS.replace('"--role", "worker"', "*lr"),
        WORKERS.replace('"--role", "worker"', ""),
    ],
)
def test_a_process_that_says_nothing_else(tmp_path: Path, workers: str) -> None:
    found = outcome(tmp_path, workers)
    assert isinstance(found, Rewritten), found


def test_a_module_that_is_not_imported(tmp_path: Path) -> None:
    cli = CLI.replace("from package.workers", "from elsewhere")
    assert isinstance(outcome(tmp_path, WORKERS, cli), Rewritten)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    cli = CLI.replace("from package.workers", "from elsewhere")
    assert isinstance(outcome(tmp_path, "", cli, "s\udcff.py"), Rewritten)
