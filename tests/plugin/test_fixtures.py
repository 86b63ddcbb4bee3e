"""The fixtures in users' own tests, without --jobready."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.plugin.rehearsal.repository import repository

TRAIN = """\
import argparse
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--steps", type=int, default=3)
parser.add_argument("--amp", action="store_true")
args = parser.parse_args()
run = wandb.init(project="proj", config=args)
run.log({"lr": wandb.config.lr})
print(args.lr)
"""


@pytest.fixture
def own(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a script whose arguments are read after the launch."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    Path("train.py").write_text(TRAIN)
    return pytester


def in_pytest(own: pytest.Pytester, test: str) -> pytest.RunResult:
    own.makepyfile(test_own=test)
    return own.runpytest_subprocess("-p", "pytest_jobready", "-q")


def test_a_launched_job_is_held_to_what_it_should_do(own: pytest.Pytester) -> None:
    result = in_pytest(
        own,
        """
        import pytest

        @pytest.mark.launch_job("train.py", {"lr": 0.5}, stop="exit")
        def test_launched(launch_job, wandb_backend):
            job = launch_job()
            job.assert_started()
            job.assert_exit(0)
            job.assert_config(lr=0.5, steps=3)
            assert job.stdout == "0.1\\n"
            assert [run.summary["lr"] for run in wandb_backend.runs] == [0.5]
            with pytest.raises(AssertionError, match="use launched=False"):
                job.assert_job()
            with pytest.raises(AssertionError) as wrong:
                job.assert_overrides_read()
            assert str(wrong.value).splitlines() == [
                f"{job.script}:11: lr is 0.1 (float) in the arguments, after init, "
                "where 0.5 was expected"
            ]
            with pytest.raises(AssertionError) as wrong:
                job.assert_reads(steps=3)
            assert str(wrong.value) == (
                "steps: nothing read it until it exited with code 0"
            )
            with pytest.raises(AssertionError) as wrong:
                job.assert_config(lr=0.1, momentum=1)
            assert str(wrong.value).splitlines() == [
                "config['lr'] is 0.5, where 0.1 was expected",
                "the config has no 'momentum', only amp, lr, steps",
            ]
        """,
    )
    result.assert_outcomes(passed=1)


def test_the_job_of_a_plain_run_and_a_failure_as_it_is_shown(own: pytest.Pytester) -> None:
    repository(own.path, {"train.py": TRAIN})
    result = in_pytest(
        own,
        """
        def test_job(launch_job):
            job = launch_job("train.py", launched=False)
            job.assert_job("job-*_acme_repo.git_train.py", source="repo",
                           inputs=["lr", "steps", "amp"])
            job.assert_reads(lr=0.1)
            job.assert_job("job-other", source="image", inputs=["lr"])

        def test_crash(launch_job):
            launch_job("train.py", args=["--lr", "high"]).assert_started()
        """,
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E * the job is called 'job-https___*_repo.git_train.py', not 'job-other'",
            "E * the job's source is repo, not image",
            "E * the job offers amp, lr, steps",
            "E * train.py started no run: it exited with code 2",
            "E *--- stderr",
            "E *error: argument --lr: invalid float value: 'high'",
        ]
    )
    assert "launched_job.py" not in result.stdout.str()  # no line of ours is shown


def test_what_cannot_be_launched_is_said(own: pytest.Pytester) -> None:
    result = in_pytest(
        own,
        """
        import pytest

        def test_nothing(launch_job): launch_job()
        def test_lost(launch_job): launch_job("lost.py")
        def test_stop(launch_job): launch_job("train.py", stop="log")
        @pytest.mark.launch_job("train.py", override={})
        def test_typo(launch_job): launch_job()
        """,
    )
    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(
        [
            "E * launch_job needs a script, in its call or in a marker launch_job",
            "E * launch_job: there is no lost.py in *",
            "E * launch_job: stop='log' is none of init, first-log, exit",
            "E * launch_job takes no override; it takes script, overrides, args, *",
        ]
    )


def test_they_are_listed_and_cost_nothing(own: pytest.Pytester) -> None:
    plugin = ("-p", "pytest_jobready")
    own.runpytest_subprocess(*plugin, "--markers").stdout.fnmatch_lines(
        ["@pytest.mark.launch_job(script, *"]
    )
    own.runpytest_subprocess(*plugin, "--fixtures").stdout.fnmatch_lines(
        [
            "wandb_backend -- *",
            "*A W&B on the loopback interface*",
            "launch_job -- *",
            "*Launches a script as an agent would*",
        ]
    )
    shown = own.run(
        sys.executable,
        "-c",
        "import pytest_jobready, sys; print(sorted(m for m in sys.modules if m.startswith("
        "('jobready', 'libcst', 'wandb', 'psutil', 'pytest_jobready'))))",
    )
    shown.stdout.fnmatch_lines(["['pytest_jobready', 'pytest_jobready.fixtures']"])
