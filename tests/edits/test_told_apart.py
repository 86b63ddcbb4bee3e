"""Processes that a script starts of itself by another module, with words of its own."""

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


def main(words=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--role", default="auto")
    args = parser.parse_args(words)
    if args.role == "auto":
        start(args.lr)
    else:
        wandb.init(config=args)
        print(args.lr)


if __name__ == "__main__":
    main()
"""
WORKERS = """\
import subprocess
import sys

from package.plans import PREFIX


def command(lr):
    return [*PREFIX, "-m", "package.cli", "--role", "worker"]


def start(lr):
    subprocess.run(command(lr))
"""
START = "    start("
PLANS = """\
import sys

PREFIX = (sys.executable,)
"""


def outcome(folder: Path, cli: str, workers: str, plans: str) -> tuple[Outcome, Linked]:
    """What becomes of a script, beside what starts its processes; and where it stands."""
    package = folder / "package"
    package.mkdir()
    texts = {"__init__": "", "cli": cli, "workers": workers, "plans": plans}
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text)
    linked = Linked(package / "cli.py", Library())
    return migrate_text(cli, Options(), NEWEST, linked), linked


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (
            ("package.workers import start", "package import workers"),
            (START, "    workers.start("),
        ),
        (("import start", "import start as begin"), (START, "    begin(")),
        (
            ("from package.workers import start\n", ""),
            (START, "    from package.workers import start\n        start("),
        ),
        (("    main()\n", "    raise SystemExit(main())\n"),),
        ((START, "    import atexit\n        atexit.register(start, "),),
    ],
)
def test_an_import_that_is_used_behind_the_parse(
    tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    found, linked = outcome(tmp_path, changed(CLI, *changes), WORKERS, PLANS)
    assert isinstance(found, Rewritten), found
    assert 'os.environ.setdefault("WANDB_LAUNCH_PROCESS", process)' in found.text
    again = migrate_text(found.text, Options(), NEWEST, linked)
    assert not isinstance(again, (Refused, Rewritten)), again


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    args = parser", "    start(1)\n    args = parser"),
        ("    args = parser", "    begin = start\n    args = parser"),
        ("\n\ndef main", "\nBEGIN = [start]\n\n\ndef main"),
        ("    main()\n", "    start(1)\n    main()\n"),
        ("    main()\n", "    for lr in (1, 2):\n        main()\n"),
        ('if __name__ == "__main__":\n    main()', "main()"),
        ("def main", "@print\ndef main"),
        ("    main()\n", "    from os import register_at_fork as spawn\n    spawn(main)\n"),
        ("import wandb\n", "import wandb\nfrom lightning.pytorch import Trainer\n"),
        ("        print(", "        __import__('os').execl('a')\n        print("),
    ],
)
def test_a_script_by_which_they_are_not_told_apart(
    tmp_path: Path, old: str, new: str
) -> None:
    found, _ = outcome(tmp_path, changed(CLI, (old, new)), WORKERS, PLANS)
    assert isinstance(found, Refused), found
    assert "started anew with words of its own for --role" in found.reasons[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def start", "start = None\ncommand(1)\n\n\ndef start"),
        ("def start", "class Plan:\n    words = command(1)\n\n\ndef start"),
        ("def start", "def more():\n    start(1)\n\n\nmore()\n\n\ndef start"),
        ("def start", "ENV = __import__('os').environ.copy()\n\n\ndef start"),
        ("    return [", "    return COMMAND\n\n\nCOMMAND = ["),
        ("(command(lr))", "(command(lr) + sys.argv[1:])"),
        ("subprocess.run(", "__import__('os').execvp(sys.executable, "),
    ],
)
def test_a_module_by_which_they_are_not_told_apart(
    tmp_path: Path, old: str, new: str
) -> None:
    found, _ = outcome(tmp_path, CLI, changed(WORKERS, (old, new)), PLANS)
    assert isinstance(found, Refused), found


@pytest.mark.parametrize(
    "line",
    [
        "import pytorch_lightning",
        "from lightning.fabric import Fabric",
        "import nemo.collections",
        "os.execv(sys.executable, sys.argv)",
        "subprocess.run([sys.executable, *sys.argv])",
    ],
)
def test_what_is_imported_further_on(tmp_path: Path, line: str) -> None:
    found, _ = outcome(tmp_path, CLI, WORKERS, f"{PLANS}\n\ndef more():\n    {line}\n")
    assert isinstance(found, Refused), found


ALONE = """\
import argparse
import subprocess
import sys

import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--background", action="store_true")
    args = parser.parse_args()
    if args.background:
        START
    else:
        wandb.init(config=args)
        print(args.lr)


if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("subprocess.run([sys.executable, __file__])", True),
        ("command = [sys.executable, __file__]\n        subprocess.Popen(command)", True),
        ("subprocess.run(f'{sys.executable} {__file__} --own', shell=True)", True),
        ("subprocess.run([sys.executable, __file__, *sys.argv[1:]])", False),
        ("subprocess.run(['git', 'status'])\n        print([__file__])", False),
        ("subprocess.run([sys.executable, 'eval.py'])", False),
        ("print([sys.executable, __file__])", False),
    ],
)
def test_a_process_without_an_option(tmp_path: Path, start: str, told: bool) -> None:
    found, _ = outcome(tmp_path, ALONE.replace("START", start), WORKERS, PLANS)
    assert isinstance(found, Rewritten), found
    assert ("os.getpid()" in found.text) is told


@pytest.mark.parametrize(
    "start",
    [
        "go = os.execv; go(sys.executable, [sys.executable, __file__])",
        "getattr(os, 'execv')(sys.executable, [sys.executable, __file__])",
        "subprocess.run([sys.executable, __file__], env={'WANDB_LAUNCH': 'true'})",
        "subprocess.run([sys.executable, __file__], env=without('_PROCESS'))",
        "subprocess.run([*sys.orig_argv, '--background'])",
        "subprocess.run(f'env WANDB_LAUNCH=true python {__file__}', shell=True)",
        "print(__import__('ctypes').CDLL(None).fork()); os.execlp('python', __file__)",
    ],
)
def test_a_process_that_may_have_the_config_too(tmp_path: Path, start: str) -> None:
    script = ALONE.replace("START", start).replace(
        "import sys\n", "import os\nimport sys\n"
    )
    found, _ = outcome(tmp_path, script, WORKERS, PLANS)
    assert isinstance(found, Refused), found


@pytest.mark.parametrize(
    ("read", "lost"),
    [
        ("wandb.config.extra", True),
        ("wandb.config['extra']", True),
        ("wandb.config.get('extra', 1)", True),
        ("wandb.config.lr", False),
        ("wandb.config['lr']", False),
        ("wandb.config.update({'extra': 1}); print(wandb.config.extra)", False),
        ("dict(wandb.config)", False),
    ],
)
def test_what_only_the_config_of_the_job_has(tmp_path: Path, read: str, lost: bool) -> None:
    """A process that has words of its own has no values of the job, whatever their name."""
    start = "subprocess.run([sys.executable, __file__, '--lr', '1'])"
    script = ALONE.replace("START", start).replace("print(args.lr)", read)
    found, _ = outcome(tmp_path, script, WORKERS, PLANS)
    assert isinstance(found, Refused if lost else Rewritten), found


@pytest.mark.parametrize(
    "line",
    [
        "ENV = os.environ.get('A')",
        "ENV = 'A' in os.environ and os.environ['A']",
        "os.environ.setdefault('A', '1')",
        "def environment():\n    return dict(os.environ)",
    ],
)
def test_an_environment_that_is_taken_later_or_by_name(tmp_path: Path, line: str) -> None:
    own = CLI.replace("import wandb\n", f"import os\n\nimport wandb\n\n{line}\n", 1)
    other = f"import os\n\n{PLANS}{line}\n"
    for number, (script, plans) in enumerate(((own, PLANS), (CLI, other))):
        folder = tmp_path / str(number)
        folder.mkdir()
        found, _ = outcome(folder, script, WORKERS, plans)
        assert isinstance(found, Rewritten), found
