"""Scripts that start themselves anew by the words that they were started with."""

from __future__ import annotations

import pytest

from jobready.outcome import Refused, Rewritten, Unchanged
from tests.edits.tools import migrated

SCRIPT = """\
import argparse
import os
import subprocess
import sys

import wandb


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--gpus", type=int, default=1)
    args = parser.parse_args()
    if args.gpus > 1 and "RANK" not in os.environ:
        env = os.environ.copy()
        env["OMP_NUM_THREADS"] = "1"
        command = ["torchrun", f"--nproc-per-node={args.gpus}", __file__, *sys.argv[1:]]
        print(" ".join(command))
        sys.exit(subprocess.call(command))
    wandb.init(config=vars(args))
    print(args.lr)


if __name__ == "__main__":
    main()
"""
CALL = "sys.exit(subprocess.call(command))"
HANDED = "__file__, *sys.argv[1:]]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (HANDED, "__file__] + sys.argv[1:]"),
        (HANDED, "*sys.argv]"),
        (HANDED, "sys.argv[0], *sys.argv[1:]]"),
        (HANDED, "os.path.abspath(__file__), *sys.argv[1:]]"),
        ('"torchrun",', 'sys.executable, "-m", "torch.distributed.run",'),
        ('"torchrun",', '"accelerate", "launch",'),
        ("call(command)", "call(command, env=env)"),
        ("call(command)", "call(command, env={**os.environ, 'A': '1'}, cwd='/tmp')"),
        ("call(command)", "Popen(command, env=dict(os.environ, A='1')).wait()"),
        ("call(", "run("),
        (CALL, "os.execvp('torchrun', command)"),
        (CALL, "os.execvpe('torchrun', command, env)"),
    ],
)
def test_a_job_launches_the_same_values_there(old: str, new: str) -> None:
    assert old in SCRIPT
    outcome = migrated(SCRIPT.replace(old, new))
    assert isinstance(outcome, Rewritten), outcome
    assert "sys.argv[1:] + job_args(parser)" in outcome.text
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    "call",
    [
        "os.execv(sys.executable, [sys.executable] + sys.argv)",
        "os.execv(sys.executable, ['python'] + ['-u'] + sys.argv)",
        "os.execl(sys.executable, sys.executable, *sys.argv)",
        "subprocess.run([sys.executable, *sys.argv], check=True)",
        "subprocess.run([sys.executable, __file__] + sys.argv[1:], env={**os.environ})",
    ],
)
def test_a_command_without_a_name(call: str) -> None:
    start = SCRIPT.index("        command =")
    script = f"{SCRIPT[:start]}        {call}\n{SCRIPT[SCRIPT.index(CALL) + len(CALL) :]}"
    outcome = migrated(script)
    assert isinstance(outcome, Rewritten), outcome
    assert isinstance(migrated(outcome.text), Unchanged)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # another script, or one that gets other words, too
        (HANDED, '"eval.py", *sys.argv[1:]]'),
        (HANDED, '"-m", "package.eval", *sys.argv[1:]]'),
        (HANDED, "os.path.join(os.path.dirname(__file__), 'a.py')] + sys.argv[1:]"),
        (HANDED, '__file__, "--gpus", "1", *sys.argv[1:]]'),
        (HANDED, '__file__, *sys.argv[1:], "--fast"]'),
        (HANDED, "__file__, *sys.argv[2:]]"),
        (HANDED, "__file__, *reversed(sys.argv[1:])]"),
        (HANDED, "__file__, *sys.argv]"),
        (HANDED, "*more, *sys.argv]"),
        (HANDED, "*sys.argv, *sys.argv]"),
        (CALL, "command.append('--fast')"),
        (CALL, "command += ['--fast']\n        subprocess.call(command)"),
        (CALL, "start(command)"),
        (CALL, "return command"),
        # elsewhere, or without the config of the job
        ('"torchrun",', '"ssh", "node1", "torchrun",'),
        ('"torchrun",', '"sudo", "python",'),
        ('"torchrun",', "args.launcher,"),
        ("call(command)", "call(command, env={'A': '1'})"),
        ("call(command)", "call(command, env={})"),
        ("call(command)", "call(command, env=other)"),
        ("call(command)", "call(command, **more)"),
        ("call(command)", "call(command, shell=True)"),
        ("call(command)", "call(command, executable='sudo')"),
        ("call(command)", "call(command, env={**os.environ, 'WANDB_LAUNCH': ''})"),
        ('env["OMP', 'env.pop("WANDB_LAUNCH")\n        env["OMP'),
        ('env["OMP', 'env.pop("OMP")\n        env["OMP'),
        ('env["OMP', 'clean(env)\n        env["OMP'),
        ('env["OMP', 'del env["A"]\n        env["OMP'),
        (CALL, "os.execve('torchrun', command, {})"),
        (CALL, "os.execl('ssh', 'ssh', 'node', *sys.argv)"),
        ("    parser = ", "    sys.argv.append('--fast')\n    parser = "),
    ],
)
def test_processes_that_a_job_may_not_get_to(old: str, new: str) -> None:
    assert old in SCRIPT
    script = SCRIPT.replace(old, new)
    if "env[" in old:
        script = script.replace("call(command)", "call(command, env=env)")
    assert isinstance(migrated(script), Refused)


def test_words_of_a_job_that_would_stand_in_sys_argv() -> None:
    """Where a switch is looked for there, they would go on to a process that has them."""
    more = '    parser.add_argument("--fast", action="store_true")\n    args ='
    script = SCRIPT.replace("    args =", more)
    assert isinstance(migrated(script), Rewritten)
    script = script.replace("    print(args", '    print("--fast" in sys.argv, args')
    assert isinstance(migrated(script), Refused)
