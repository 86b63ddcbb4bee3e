"""A script that starts itself anew, with words of its own, keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contract.migrating import migrate, two_copies
from tests.contract.running import Result, run

pytestmark = pytest.mark.contract

SCRIPT = """\
import argparse
import json
import os
import subprocess
import sys

import wandb


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--background", action="store_true")
    parser.add_argument("--role", default="auto")
    parser.add_argument("overrides", nargs="*")
    return parser.parse_args()


def start(args):
    command = [sys.executable, os.path.abspath(__file__), "--lr", str(args.lr * 2)]
    command += ["--role", "worker", *args.overrides]
    START


def main():
    args = get_args()
    print(json.dumps(vars(args)), flush=True)
    if args.workers or args.background:
        start(args)
    else:
        wandb.init(project="anew", config=args, mode="disabled")


if __name__ == "__main__":
    main()
"""
CALL = "subprocess.run(command, check=True)"
LAUNCHED = {"lr": 0.5, "workers": 2, "background": True, "overrides": ["a=1", "b=2"]}
ARGV = ["--lr", "0.5", "--workers", "2", "--background", "a=1", "b=2"]


def said(result: Result) -> list[Any]:
    """What each process of a run has parsed, in order."""
    assert result.exit_code == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    return [json.loads(line) for line in lines]


def both(folder: Path, *changes: tuple[str, str], call: str = CALL) -> tuple[Path, Path]:
    """The script, and a migrated copy of it."""
    before, after = two_copies(folder, SCRIPT, *changes, ("START", call))
    report = migrate(after)["files"][0]
    assert report["outcome"] == "rewritten", report
    assert any("the words it gives them" in r["message"] for r in report["reasons"])
    return before, after


@pytest.mark.parametrize(
    "call",
    [
        CALL,
        "subprocess.Popen(command, env=dict(os.environ)).wait()",
        'os.system(" ".join(command))',
        'kept = ("WANDB_", "PYTHON", "PATH")\n'
        "    env = {k: v for k, v in os.environ.items() if k.startswith(kept)}\n"
        "    subprocess.call(command, env=env)",
    ],
)
def test_a_process_has_the_words_that_it_is_given(tmp_path: Path, call: str) -> None:
    before, after = both(tmp_path, call=call)
    expected = said(run(before, ARGV))
    assert [p["lr"] for p in expected] == [0.5, 1.0]
    assert [p["workers"] for p in expected] == [2, 0]
    assert said(run(after, ARGV)) == expected
    assert said(run(after, launched=LAUNCHED)) == expected
    assert said(run(after, ["--lr", "9", "--role", "auto"], launched=LAUNCHED)) == expected


def test_words_that_are_those_of_the_job_itself(tmp_path: Path) -> None:
    """What the first process got as words is what it gives the second."""
    before, after = both(tmp_path, ("args.lr * 2", "args.lr"))
    given = ["--lr", "0.5", "--role", "worker"]
    expected = said(run(before, [*given, "--background"]))
    assert len(expected) == 2
    assert said(run(after, given, launched={"background": True})) == expected


def test_a_process_without_an_option(tmp_path: Path) -> None:
    """A switch that starts it would be on there, too, and there again."""
    words = SCRIPT[SCRIPT.index("    command = ") : SCRIPT.index("    START")]
    change = (words, "    command = [sys.executable, __file__]\n")
    before, after = both(tmp_path, change)
    expected = said(run(before, ["--background", "--lr", "0.5"]))
    assert [(p["lr"], p["background"]) for p in expected] == [(0.5, True), (0.1, False)]
    assert said(run(after, launched={"background": True, "lr": 0.5})) == expected


@pytest.mark.parametrize(
    "start",
    [
        "script = __file__\n    subprocess.run([sys.executable, script, *command[2:]])",
        "os.spawnv(os.P_WAIT, sys.executable, command)",
        "os.spawnl(os.P_WAIT, sys.executable, sys.executable, __file__, *command[2:])",
        "subprocess.getoutput(' '.join(command))",
        "again(sys.argv[0], command[2:])",
        "subprocess.run([sys.executable, SELF, *command[2:]])",
        "subprocess.run([sys.executable, '-'], input=open(__file__, 'rb').read())",
    ],
)
def test_other_ways_to_start_itself(tmp_path: Path, start: str) -> None:
    helper = "SELF = os.path.abspath(__file__)\n\n\ndef again(script, words):\n"
    helper += "    subprocess.run([sys.executable, script, *words])\n\n\ndef main"
    before, after = both(tmp_path, ("def main", helper), call=start)
    expected = run(before, ARGV)
    found = run(after, launched=LAUNCHED)
    assert (expected.exit_code, found.exit_code) == (0, 0), found.stderr
    assert found.stdout.splitlines() == expected.stdout.splitlines()


INIT = 'wandb.init(project="anew", config=args, mode="disabled")'


def test_the_run_of_a_process_shows_what_it_is_given(tmp_path: Path) -> None:
    shown = f"run = {INIT.replace(', mode=', ', entity=').replace('disabled', 'e')}"
    shown += "\n        print(json.dumps({**run.config}))"
    before, after = both(tmp_path, (INIT, shown))
    page = said(run(before, ARGV, mode="offline"))[-1]
    assert (page["lr"], page["role"]) == (1, "worker")
    assert said(run(after, launched=LAUNCHED))[-1] == page


def test_processes_of_processes(tmp_path: Path) -> None:
    changes = ("args.workers or args.background", 'args.workers or args.role == "first"')
    words = ('"worker", *', '"worker" if args.role == "first" else "first", *')
    before, after = both(tmp_path, changes, words)
    expected = said(run(before, ["--workers", "1"]))
    assert [p["role"] for p in expected] == ["auto", "first", "worker"]
    assert said(run(after, launched={"workers": 1})) == expected


def test_each_rank_that_a_launcher_starts_is_a_first_process(tmp_path: Path) -> None:
    """The script alone starts processes with other words."""
    _, after = both(tmp_path)
    ranks = tmp_path / "ranks.py"
    ranks.write_text(
        "import subprocess, sys\n"
        f"for _ in range(2): subprocess.run([sys.executable, {str(after)!r}], check=True)\n"
    )
    seen = said(run(ranks, launched={"lr": 0.5, "role": "worker"}))
    assert [(p["lr"], p["role"]) for p in seen] == [(0.5, "worker")] * 2


def test_a_second_migration_changes_nothing(tmp_path: Path) -> None:
    _, after = both(tmp_path)
    text = after.read_text()
    assert migrate(after)["files"][0]["outcome"] == "unchanged"
    assert after.read_text() == text


def test_a_script_that_starts_itself_no_longer(tmp_path: Path) -> None:
    _, after = both(tmp_path)
    text = after.read_text()
    after.write_text(text.replace("os.path.abspath(__file__)", '"other.py"'))
    assert migrate(after)["files"][0]["outcome"] == "rewritten"
    assert "WANDB_LAUNCH_PROCESS" not in after.read_text()


LEFT = [
    # the words of the command line go on to others, too
    ("    main()\n", "    main()\n    subprocess.run([sys.executable, *sys.argv])\n"),
    ("    main()\n", "    main()\n    os.execv(sys.executable, sys.argv)\n"),
    ("import wandb\n", "import wandb\nimport lightning as L\n"),
    ("import wandb\n", "import wandb\nfrom pytorch_lightning import Trainer\n"),
    # it is the same process that has other words then
    (CALL, "os.execv(command[0], command)"),
    (CALL, f"{CALL}\n    return get_args() if os.fork() == 0 else None"),
    (CALL, "go = os.execv\n    go(command[0], command)"),
    (CALL, "getattr(os, 'execv')(command[0], command)"),
    (CALL, "from os import execv as go\n    go(command[0], command)"),
    # it may have the config of the job, and not what tells it from others
    (CALL, "subprocess.run(command, env={'WANDB_LAUNCH': 'true', **more()})"),
    (
        CALL,
        "env = {k: v for k, v in os.environ.items() if 'PROCESS' not in k}\n    " + CALL,
    ),
    (CALL, "subprocess.run(command, env=ENV)\n\n\nENV = dict(os.environ)"),
    (
        "    args = get_args()\n    print",
        "    env = {**os.environ}\n    args = get_args()\n    print(env)\n    print",
    ),
    # only the first process has what is no parameter
    (INIT, f"{INIT}\n        print(wandb.config.extra)"),
    (INIT, f"{INIT}\n        print(wandb.config.get('extra', 1))"),
    # processes that a library starts parse the same words
    ('if __name__ == "__main__":\n    main()', "main()"),
    ("    main()\n", "    from torch.multiprocessing import spawn\n    spawn(main)\n"),
    ("def main", "MAIN = {}\n\n\n@MAIN.setdefault\ndef main"),
    ("    main()\n", "    run = main\n    run()\n"),
    # they may be started before the script itself has parsed
    (
        "    args = get_args()\n    print",
        "    start(None)\n    args = get_args()\n    print",
    ),
    (
        'if __name__ == "__main__":\n',
        'if __name__ == "__main__":\n    if sys.stdin: start(argparse.Namespace())\n',
    ),
    ("def main", "ROLES = start(argparse.Namespace())\n\n\ndef main"),
]


@pytest.mark.parametrize(("old", "new"), LEFT)
def test_processes_that_are_not_told_apart(tmp_path: Path, old: str, new: str) -> None:
    text = SCRIPT.replace("START", CALL)
    before, after = two_copies(tmp_path, text, (old, new))
    report = migrate(after)["files"][0]
    assert report["outcome"] == "refused", report
    assert after.read_bytes() == before.read_bytes()


def test_a_function_of_many_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other scripts would have no values in the processes of theirs."""
    _, after = two_copies(tmp_path, SCRIPT, ("START", CALL))
    monkeypatch.chdir(tmp_path)
    report = migrate("--shared", "launch.py", after.name)
    assert [file["outcome"] for file in report["files"]] == ["refused"]
    assert "--inline" in report["files"][0]["reasons"][0]["message"]


TOOLS = """\
import subprocess
import sys


def double(lr):
    return lr * 2


def start():
    command = [sys.executable, "-m", "package.train", "--lr", "3", "--role", "worker"]
    subprocess.run(command, check=True)
"""


def test_what_only_another_program_starts(tmp_path: Path) -> None:
    """A job's values count in the script's own processes; words in those of the other."""
    script = SCRIPT[: SCRIPT.index("def start")] + SCRIPT[SCRIPT.index("def main") :]
    script = script.replace("import wandb\n", "import wandb\n\nfrom package import tools\n")
    begin, end = script.index("    if args.workers"), script.index("        wandb.init")
    script = f"{script[:begin]}    tools.double(args.lr)\n{script[end + 4 :]}"
    for name in ("before", "after"):
        package = tmp_path / name / "package"
        package.mkdir(parents=True)
        texts = {"__init__": "", "train": script, "tools": TOOLS}
        texts["cli"] = "from package.tools import start\n\nstart()\n"
        for module, text in texts.items():
            (package / f"{module}.py").write_text(text)
    before, after = (tmp_path / name / "package" for name in ("before", "after"))
    (report,) = migrate(after / "train.py")["files"]
    assert report["outcome"] == "rewritten", report
    assert any("another program starts" in r["message"] for r in report["reasons"])
    path = {name.parent: {"PYTHONPATH": str(name.parent)} for name in (before, after)}
    expected = said(run(before / "train.py", ARGV, env=path[before.parent]))
    assert [p["lr"] for p in expected] == [0.5]
    assert said(run(after / "train.py", ARGV, env=path[after.parent])) == expected
    launched = run(after / "train.py", launched=LAUNCHED, env=path[after.parent])
    assert said(launched) == expected
    plain = [said(run(p / "cli.py", env=path[p.parent])) for p in (before, after)]
    assert plain[0] == plain[1]
    assert [p["lr"] for p in plain[0]] == [3.0]
