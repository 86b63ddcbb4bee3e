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
        WORKERS.replace("--role", "--local_rank"),  # which is the launcher's to set
    ],
)
def test_a_process_that_says_nothing_else(tmp_path: Path, workers: str) -> None:
    found = outcome(tmp_path, workers)
    assert isinstance(found, Rewritten), found


@pytest.mark.parametrize(
    "workers",
    [
        WORKERS.replace("--role", "--mode"),
        WORKERS.replace('"--role", "worker"', "*lr"),
        WORKERS.replace('"--role", "worker"', ""),
    ],
)
def test_a_process_without_the_words_of_the_job(tmp_path: Path, workers: str) -> None:
    found = outcome(tmp_path, workers)
    assert isinstance(found, Refused), found
    assert "the script starts itself here" in found.reasons[0].message


NAMING = """\
import os
import subprocess
import sys


def start(lr):
    subprocess.run(COMMAND)
"""


@pytest.mark.parametrize(
    "command",
    [
        '[sys.executable, sys.argv[0], "--role", "worker"]',
        '[sys.executable, "package/cli.py", "--role", "worker"]',
        '[sys.executable, os.path.join(HERE, "cli.py"), "--role", "worker"]',
        '[sys.executable, sys.modules["__main__"].__file__, "--role", "worker"]',
        "f'{sys.executable} {HERE}/cli.py --role worker', shell=True",
        "'python -m package.cli --role worker', shell=True",
        '[sys.executable, "-m", MODULE, "--role", "worker"]',
    ],
)
def test_another_module_that_names_the_script(tmp_path: Path, command: str) -> None:
    names = 'HERE = os.path.dirname(__file__)\nMODULE = "package.cli"\n'
    found = outcome(tmp_path, NAMING.replace("COMMAND", command) + names)
    assert isinstance(found, Refused), found
    assert "words of its own for --role" in found.reasons[0].message


@pytest.mark.parametrize(
    "command",
    [
        '[sys.executable, "other/cli.py", "--role", "worker"]',
        '[sys.executable, __file__, "--role", "worker"]',
        '[sys.executable, "-m", "other.cli", "--role", "worker"]',
        '["git", "log", sys.argv[0]]',
        '["cp", "package/cli.py", "to/--role"]',
    ],
)
def test_another_module_that_names_another(tmp_path: Path, command: str) -> None:
    found = outcome(tmp_path, NAMING.replace("COMMAND", command))
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
HOLDING = """\
def own():
    return __file__


class Held:
    script = __file__


HELD = {"script": __file__}
SELF = (__file__,)
"""
GIVEN = """

def start(script, lr):
    subprocess.run([sys.executable, script, "--lr", str(lr)])


def add(words, lr):
    subprocess.run(words + ["--lr", str(lr)])


"""
OWN_ITEMS = '[sys.executable, __file__] + [f"--{k}={v}"'


@pytest.mark.parametrize(
    "command",
    [
        COMMAND,
        COMMAND.replace("__file__", "os.path.abspath(__file__)"),
        COMMAND.replace("__file__", "str(Path(__file__).resolve())"),
        COMMAND.replace("__file__", "str(Path(__file__).with_suffix('.py'))"),
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
        '"{p} {f} --lr 1".format(p=sys.executable, f=__file__)',
        '[sys.executable, "-c", f"exec(open({__file__!r}).read())", "--lr", "1"]',
        '[sys.executable, *SELF, "--lr", "1"]',
        '[sys.executable, own(), "--lr", "1"]',
        '[sys.executable, HELD["script"], "--lr", "1"]',
        '[sys.executable, Held.script, "--lr", "1"]',
        '[sys.executable, Path(__file__).name, "--lr", "1"]',
        '[sys.executable, "-m", Path(__file__).stem, "--lr", "1"]',
    ],
)
def test_a_script_that_starts_its_own_file(tmp_path: Path, command: str) -> None:
    found = outcome(tmp_path, "", HOLDING + OWN.replace(COMMAND, command))
    assert isinstance(found, Refused), found
    assert "words of its own for --lr" in found.reasons[0].message


@pytest.mark.parametrize(
    "named",
    [
        "path = os.path.abspath(__file__)",
        "path = __file__",
        "one = __file__; path = one",
        "path, other = __file__, 'eval.py'",
        "path = __file__ if args.lr else 'eval.py'",
        "path = list(map(str, [__file__]))[0]",
        "path = (lambda: __file__)()",
    ],
)
def test_a_name_for_its_own_file(named: str, tmp_path: Path) -> None:
    cli = OWN.replace("    command", f"    {named}\n    command")
    found = outcome(tmp_path, "", cli.replace("executable, __file__", "executable, path"))
    assert isinstance(found, Refused), found


@pytest.mark.parametrize(
    "start",
    [
        'os.execl(sys.executable, sys.executable, __file__, "--lr", "1")',
        'os.spawnlp(os.P_WAIT, "python", "python", __file__, "--lr", "1")',
        f"os.spawnve(os.P_WAIT, sys.executable, {COMMAND}, os.environ)",
        f"os.posix_spawn(sys.executable, {COMMAND}, os.environ)",
        'subprocess.getoutput(f"{sys.executable} {__file__} --lr 1")',
        'asyncio.create_subprocess_exec(sys.executable, __file__, "--lr", "1")',
        'asyncio.create_subprocess_shell(f"python {__file__} --lr 1")',
        f"pty.spawn({COMMAND})",
        'command.append(__file__); command += ["--lr", "1"]; subprocess.run(command)',
        "start(__file__, args.lr)",
        "start(lr=args.lr, script=sys.argv[0])",
        "threading.Thread(target=start, args=(__file__, args.lr)).start()",
        "add([sys.executable, __file__], args.lr)",
        'run_it(["--nproc-per-node=2", __file__, "--lr", "1"])',
    ],
)
def test_other_ways_to_start_its_own_file(start: str, tmp_path: Path) -> None:
    cli = "import asyncio, pty, threading\nfrom torch.distributed import run_it\n"
    body = OWN.replace(COMMAND, "[sys.executable]").replace(
        "subprocess.Popen(command)", start
    )
    found = outcome(
        tmp_path, "", cli + body.replace("import wandb\n", f"import wandb\n{GIVEN}")
    )
    assert isinstance(found, Refused), found
    assert "words of its own for --lr" in found.reasons[0].message


@pytest.mark.parametrize(
    "start",
    [
        "start('other.py', args.lr)",
        "shutil.copy(__file__, 'to'); subprocess.run(['git', 'status'])",
        "subprocess.run(['git', 'log', __file__])",
        "os.system(f'cp {__file__} to')",
        "os.execl('echo', 'echo', '--lr')",
        "os.environ['A ' + sys.argv[0]] = 'eval.py'; subprocess.run(['git', 'status'])",
        "subprocess.run(['python', os.environ.get('A ' + sys.argv[0], 'eval.py'), '--lr'])",
        "print(['python', __file__, '--lr']); subprocess.run(['nvidia-smi'])",
        "subprocess.run([sys.executable, os.path.dirname(__file__) + '/eval.py', '--lr'])",
        "subprocess.run([sys.executable, os.path.splitext(__file__)[0] + '_a.py', '--lr'])",
    ],
)
def test_what_else_a_script_does_with_its_file(start: str, tmp_path: Path) -> None:
    body = OWN.replace(COMMAND, "[sys.executable]").replace(
        "subprocess.Popen(command)", start
    )
    cli = "import shutil\n" + body.replace("import wandb\n", f"import wandb\n{GIVEN}")
    found = outcome(tmp_path, "", cli)
    assert isinstance(found, Rewritten), found


@pytest.mark.parametrize(
    "command",
    [
        COMMAND.replace("__file__", "os.path.join(os.path.dirname(__file__), 'a.py')"),
        COMMAND.replace("__file__", "str(Path(__file__).parent / 'a.py')"),
        COMMAND.replace("__file__", "str(Path(__file__).with_name('a.py'))"),
        COMMAND.replace("__file__", "'other.py'"),
        COMMAND.replace("__file__", "os.path.dirname(sys.argv[0])"),
        "['echo', '--lr']",
        'f"{sys.executable} {os.path.dirname(__file__)}/a.py --lr {args.lr}"',
        'f"{sys.executable} other.py --lr {args.lr}"',
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
        "[sys.executable, __file__]",
        '[sys.executable, __file__, "--own", str(args.lr)]',
        "[sys.executable, __file__, str(args.lr)]",
        'f"{sys.executable} {__file__} --own {args.lr}"',
        '"{} {} --own {}".format(sys.executable, __file__, args.lr)',
        '["bash", "-c", f"python {__file__}"]',
    ],
)
def test_a_script_that_starts_its_own_file_without_an_option(
    tmp_path: Path, command: str
) -> None:
    """It would have the job's values, by which it was started, and start another."""
    found = outcome(tmp_path, "", OWN.replace(COMMAND, command))
    assert isinstance(found, Refused), found
    assert "the script starts itself here" in found.reasons[0].message


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
