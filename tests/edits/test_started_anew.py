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


OWN = """\
import argparse
import os
import subprocess
import sys
from pathlib import Path

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--background", action="store_true")
args = parser.parse_args()
if args.background:
    command = [sys.executable, __file__, "--lr", str(args.lr)]
    subprocess.Popen(command)
else:
    wandb.init(config=args)
    print(args.lr)
"""
COMMAND = '[sys.executable, __file__, "--lr", str(args.lr)]'
OWN_ITEMS = '[sys.executable, __file__] + [f"--{k}={v}"'


@pytest.mark.parametrize(
    "command",
    [
        COMMAND,
        COMMAND.replace("__file__", "os.path.abspath(__file__)"),
        COMMAND.replace("__file__", "str(Path(__file__).resolve())"),
        COMMAND.replace('"--lr", str(args.lr)', 'f"--lr={args.lr}"'),
        '[sys.executable, __file__] + ["--lr", str(args.lr)]',
        COMMAND.replace("__file__", "sys.argv[0]"),
        COMMAND.replace("__file__", "os.path.abspath(sys.argv[0])"),
        'f"{sys.executable} {__file__} --lr {args.lr}"',
        'f"{sys.executable} {os.path.abspath(__file__)} --lr={args.lr}"',
        '"{} {} --lr {}".format(sys.executable, __file__, args.lr)',
        '"%s %s --lr %s" % (sys.executable, __file__, args.lr)',
        'sys.executable + " " + __file__ + " --lr " + str(args.lr)',
        'sys.executable + " cli.py --lr " + str(args.lr)',
        'f"python src/cli.py --lr {args.lr}"',
        "f\"python {Path(__file__).parent / 'cli.py'} --lr {args.lr}\"",
        'f"{sys.executable} -m package.cli --lr {args.lr}"',
        '["python", "cli.py", "--lr", str(args.lr)]',
    ],
)
def test_a_script_that_starts_its_own_file(tmp_path: Path, command: str) -> None:
    found = outcome(tmp_path, "", OWN.replace(COMMAND, command))
    assert isinstance(found, Refused), found
    assert "words of its own for --lr" in found.reasons[0].message


def test_a_name_for_its_own_file(tmp_path: Path) -> None:
    cli = OWN.replace("    command", "    path = os.path.abspath(__file__)\n    command")
    found = outcome(tmp_path, "", cli.replace("executable, __file__", "executable, path"))
    assert isinstance(found, Refused), found


@pytest.mark.parametrize(
    "command",
    [
        '[sys.executable, __file__, "--own", str(args.lr)]',
        "[sys.executable, __file__, str(args.lr)]",
        COMMAND.replace("__file__", "os.path.join(os.path.dirname(__file__), 'a.py')"),
        COMMAND.replace("__file__", "str(Path(__file__).parent / 'a.py')"),
        COMMAND.replace("__file__", "str(Path(__file__).with_name('a.py'))"),
        COMMAND.replace("__file__", "'other.py'"),
        COMMAND.replace("__file__", "os.path.dirname(sys.argv[0])"),
        "['echo', '--lr']",
        'f"{sys.executable} {__file__} --own {args.lr}"',
        'f"{sys.executable} {os.path.dirname(__file__)}/a.py --lr {args.lr}"',
        'f"{sys.executable} other.py --lr {args.lr}"',
        '"{} {} --own {}".format(sys.executable, __file__, args.lr)',
        '"%s %s --lr %s" % (sys.executable, "a.py", args.lr)',
        'f"{sys.executable} -m package.other --lr {args.lr}"',
        '["cp", "cli.py", "to/--lr"]',
        f"{OWN_ITEMS} for k, v in vars(args).items()]",
    ],
)
def test_a_script_that_starts_another_or_gives_no_option(
    tmp_path: Path, command: str
) -> None:
    found = outcome(tmp_path, "", OWN.replace(COMMAND, command))
    assert isinstance(found, Rewritten), found


@pytest.mark.parametrize(
    "command",
    [
        f"{OWN_ITEMS} for k, v in changed.items()]",
        '[sys.executable, __file__, "--" + name, str(args.lr)]',
        '"%s %s --%s=1" % (sys.executable, __file__, name)',
    ],
)
def test_options_of_names_that_are_not_seen(tmp_path: Path, command: str) -> None:
    found = outcome(tmp_path, "", OWN.replace(COMMAND, command))
    assert isinstance(found, Refused), found
    assert "for options that it puts together" in found.reasons[0].message


@pytest.mark.parametrize(
    "line",
    [
        'print("python cli.py --lr 0.5")',
        '"""Or python cli.py --lr 0.5"""',
        'USAGE = """\n    python cli.py --lr 0.5\n"""',
        'if not args.lr:\n    raise ValueError("python cli.py needs --lr")',
    ],
)
def test_what_a_script_says_of_itself(tmp_path: Path, line: str) -> None:
    cli = OWN.replace(COMMAND, '["nvidia-smi"]') + line + "\n"
    assert isinstance(outcome(tmp_path, "", cli), Rewritten)


def test_a_script_that_starts_nothing(tmp_path: Path) -> None:
    found = outcome(
        tmp_path, "", OWN.replace("subprocess.Popen(command)", "print(command)")
    )
    assert isinstance(found, Rewritten), found
