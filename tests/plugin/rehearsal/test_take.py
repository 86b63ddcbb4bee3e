"""One take: a real script with the real SDK, in a process of its own."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from pytest_jobready.rehearsal import CannotRehearseError, Take, run
from tests.plugin.rehearsal.repository import TRAIN, git, rehearsed, repository


def test_a_plain_run_makes_the_job_of_its_repository(tmp_path: Path) -> None:
    remote = "https://user:secret@github.com/acme/repo.git"
    root = repository(tmp_path / "shop", {"src/train.py": TRAIN}, remote)
    script = root / "src" / "train.py"
    found = run(Take(script, args=("--lr", "0.2")))
    assert (found.ended, found.exit_code, found.stderr) == ("stopped", 0, "")
    assert found.stdout == f"from {root} with ['--lr', '0.2']\n"
    assert found.config == {"lr": 0.2, "out": str(root / "src" / "out")}
    copied = next(r for r in found.reads if r.line == 12)
    assert (copied.parameter, copied.value, copied.type) == ("lr", 0.2, "float")
    assert (copied.file, copied.when, copied.source) == (script, "before init", "namespace")
    late = {(r.parameter, r.source) for r in found.reads if r.when == "after init"}
    assert late == {("out", "namespace"), ("lr", "config")}
    (started,) = found.started
    assert (started.file, started.line, started.mode) == (script, 13, "online")
    job = found.job
    assert job is not None
    assert job.name == "job-https___user__github.com_acme_repo.git_src_train.py"
    assert job.source["git"]["commit"] == git(root, "rev-parse", "HEAD")
    assert (job.source_type, job.entrypoint[-1]) == ("repo", "src/train.py")
    assert job.inputs == ("lr", "out")
    # Nothing was written where it would stay, and nothing of the secret anywhere.
    assert sorted(p.name for p in root.rglob("*") if ".git" not in p.parts) == [
        "src",
        "train.py",
    ]
    assert "secret" not in repr(found)


def test_a_launch_gives_values_as_an_agent_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_PROJECT", "mine")
    monkeypatch.setenv("WANDB_TAGS", "mine")
    named = "print(sorted(k for k in os.environ if k.startswith('WANDB')))"
    show = TRAIN.replace("copied = args.lr", f"copied = vars(args); {named}")
    root = repository(tmp_path / "shop", {"train.py": show})
    out = root / "runs"  # becomes a folder of the copy
    found = run(Take(root / "train.py", config={"lr": 0.5, "out": str(out), "new": None}))
    assert found.config == {"lr": 0.5, "out": str(out), "new": None}
    assert {(r.value, r.source) for r in found.reads_of("lr")} == {(0.5, "config")}
    assert [r.value for r in found.reads if r.whole and r.parameter == "lr"] == [0.1]
    assert found.runs[0].project == "rehearsal"
    variables = found.stdout.splitlines()[0]
    assert "'WANDB_LAUNCH'" in variables
    assert "'WANDB_CONFIG'" in variables
    assert "WANDB_ARTIFACTS" not in variables
    assert "WANDB_TAGS" not in variables
    assert "with []" in found.stdout
    assert not out.exists()
    assert found.job is None
    by_file = run(Take(root / "train.py", config={"lr": 0.25}, config_by="file"))
    assert {r.value for r in by_file.reads_of("lr")} == {0.25}


@pytest.mark.rehearsals
def test_it_is_stopped_where_it_was_asked(tmp_path: Path) -> None:
    text = "import wandb\nrun = wandb.init(config={'a': 1})\nrun.config.b = 2\n"
    text += "run.log({'x': 1})\nprint('done')\n"
    early = rehearsed(tmp_path, text, stop="init")
    assert (early.ended, early.config, early.stdout) == ("stopped", {"a": 1}, "")
    late = rehearsed(tmp_path, text, stop="exit")
    assert (late.ended, late.exit_code, late.stdout) == ("exited", 0, "done\n")
    assert late.config == {"a": 1, "b": 2}
    assert [row["x"] for row in late.runs[0].history] == [1]


def test_a_crash_is_told_with_its_line(tmp_path: Path) -> None:
    text = "import wandb\nwandb.init()\nprint('so far', flush=True)\nint('x')\n"
    found = rehearsed(tmp_path, text, config={})
    assert (found.ended, found.exit_code) == ("exited", 1)
    assert found.ending.startswith("crashed with ValueError: invalid literal")
    assert found.ending.endswith("train.py:4)")
    assert "so far" in found.output
    assert "Traceback" in found.output


def test_a_missing_argument_ends_it_before_the_run(tmp_path: Path) -> None:
    text = "import argparse\np = argparse.ArgumentParser()\np.add_argument('data')\n"
    found = rehearsed(tmp_path, f"{text}p.parse_args()\nimport wandb\nwandb.init()\n")
    assert (found.ended, found.exit_code, found.reached_init) == ("exited", 2, False)
    assert (found.config, found.job) == (None, None)
    assert "the following arguments are required: data" in found.output


def test_os_exit_is_an_exit(tmp_path: Path) -> None:
    found = rehearsed(tmp_path, "import os\nos._exit(3)\n")
    assert (found.ended, found.ending) == ("exited", "exited with code 3")


@pytest.mark.skipif(os.name == "nt", reason="has no signals")
def test_kill_is_told_by_its_signal(tmp_path: Path) -> None:
    text = "import os, wandb\nwandb.init(config={'a': 1})\n"
    text += "print('x')\nos.kill(os.getpid(), 9)\n"
    found = rehearsed(tmp_path, text)
    assert (found.ended, found.exit_code) == ("killed", -9)
    assert found.ending == "was killed by signal 9"
    assert (found.config, found.stdout) == ({"a": 1}, "x\n")


HANGS = """
import subprocess, sys, time
sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
child = subprocess.Popen(sleep, start_new_session=True)
# its parent is gone at once
orphan = "import subprocess, sys; print(subprocess.Popen(%r).pid, flush=True)" % (sleep,)
subprocess.run([sys.executable, "-c", orphan])
print(child.pid, flush=True)
time.sleep(60)
"""


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.rehearsals
def test_after_a_timeout_nothing_is_left_running(tmp_path: Path) -> None:
    found = rehearsed(tmp_path, HANGS, timeout=3)
    assert (found.ended, found.exit_code) == ("timeout", None)
    assert found.ending == "was still running after 3 s, and was killed"
    pids = [int(line) for line in found.stdout.split()]
    assert len(pids) == 2
    assert not any(is_running(pid) for pid in pids)


@pytest.mark.skipif(os.name == "nt", reason="can't fork")
def test_forked_children_of_a_module_are_followed(tmp_path: Path) -> None:
    files = {
        "pkg/__init__.py": "",
        "pkg/main.py": """
import argparse, multiprocessing, wandb
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)

def work(args):
    wandb.run.config.update({"used": args.lr})
    wandb.log({"lr": args.lr})

if __name__ == "__main__":
    args = p.parse_args()
    wandb.init(config=args)
    child = multiprocessing.get_context("fork").Process(target=work, args=(args,))
    child.start()
    child.join()
    print("not reached")
""",
    }
    root = repository(tmp_path / "shop", files)
    found = run(Take(root / "pkg" / "main.py", module="pkg.main", config={"lr": 0.5}))
    assert (found.ended, found.stdout) == ("stopped", "")
    assert [(r.value, r.line) for r in found.reads_of("lr")] == [(0.1, 7), (0.1, 8)]
    assert {r.process.partition(":")[0] for r in found.reads_of("lr")} == {"ForkProcess-1"}


def test_takes_at_once_share_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"train.py": TRAIN})
    takes = [Take(root / "train.py", config={"lr": n}) for n in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(run, takes))
    for number, each in enumerate(found, 1):
        assert [r.value for r in each.reads_of("lr")][-1] == number
        assert [run.config["lr"] for run in each.runs] == [number]


def test_a_script_that_is_not_there_is_no_take(tmp_path: Path) -> None:
    with pytest.raises(CannotRehearseError, match=r"lost\.py: there is no such script"):
        run(Take(tmp_path / "lost.py"))
    (tmp_path / "train.py").write_text("")
    with pytest.raises(CannotRehearseError, match="is not below"):
        run(Take(tmp_path / "train.py", root=tmp_path / "other"))
    with pytest.raises(CannotRehearseError, match="can't be started"):
        run(Take(tmp_path / "train.py", python=str(tmp_path / "no-python")))
