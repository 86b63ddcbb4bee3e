"""``pytest --jobready``: each configured script is an item that carries its findings."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.plugin.conftest import CLEAN


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Real pytest in a process of its own, with this plugin and no other."""
    return project.runpytest_subprocess("-ppytest_jobready", *arguments)


def test_the_plugin_is_found_once_it_is_installed(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    result = project.runpytest_subprocess("--jobready", "-v")
    result.assert_outcomes(passed=4, failed=1)


def test_each_script_has_its_items(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "-v")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "train_clean.py::findings PASSED*",
            "train_clean.py::predicted-job PASSED*",
            "train_stale.py::findings FAILED*",
            "train_stale.py::predicted-job PASSED*",
            "jobready: 2 scripts, 4 checks: 3 good, 1 failed",
        ],
    )
    assert result.ret == 1


def test_a_failure_is_clean_text(project: pytest.Pytester) -> None:
    result = run(project, "--jobready")
    result.stdout.fnmatch_lines(
        [
            "train_stale.py:11:8: JR101 a launched job's values don't reach these*",
            "  11 | args = parser.parse_args()",
            "     |        ^^^*",
            "     = fix: *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*ScriptError*")
    result.stdout.no_fnmatch_line("*this script was run*")


def test_nothing_happens_unasked(project: pytest.Pytester) -> None:
    result = run(project, "-v")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*findings*")


def test_an_ini_option_asks_in_every_run(project: pytest.Pytester) -> None:
    settings = Path("pyproject.toml")
    settings.write_text(settings.read_text() + "\njobready = true\n")
    run(project).assert_outcomes(passed=4, failed=1)


def test_items_can_be_listed_and_chosen(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "--collect-only", "-q")
    result.stdout.fnmatch_lines_random(
        [
            "train_clean.py::findings",
            "train_clean.py::predicted-job",
            "train_stale.py::findings",
            "train_stale.py::predicted-job",
            "test_own.py::test_own",
        ]
    )
    assert result.ret == 0


def test_the_marker_selects_them(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "--strict-markers", "-m", "jobready")
    result.assert_outcomes(passed=3, failed=1, deselected=1)


def test_a_script_that_is_named_like_a_test_is_not_imported(
    project: pytest.Pytester,
) -> None:
    Path("train_clean.py").rename("test_train.py")
    settings = Path("pyproject.toml")
    settings.write_text(settings.read_text().replace("train*.py", "test_train.py"))
    result = run(project, "--jobready", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["test_train.py::findings PASSED*"])


def test_a_script_that_is_not_there_is_a_usage_error(project: pytest.Pytester) -> None:
    settings = Path("pyproject.toml")
    settings.write_text(settings.read_text().replace("train*.py", "gone.py"))
    result = run(project, "--jobready")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: jobready: no file matches 'gone.py' of [[]tool.jobready[]] scripts"]
    )


def test_a_broken_configuration_is_a_usage_error(project: pytest.Pytester) -> None:
    settings = Path("pyproject.toml")
    settings.write_text('[tool.jobready]\nscripts = "train.py"\n')
    result = run(project, "--jobready")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: jobready: *scripts*"])


def test_a_script_that_can_not_be_read_fails_by_name(project: pytest.Pytester) -> None:
    Path("train_clean.py").write_bytes(b"import wandb\nx = = 1\n")
    Path("train_stale.py").write_bytes(b"import wandb\n\xff\n")
    result = run(project, "--jobready")
    result.assert_outcomes(passed=1, failed=4)
    result.stdout.fnmatch_lines(
        ["train_clean.py:2: this Python, *, cannot read it: *", "train_stale.py*: *UTF-8*"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_job_that_is_not_the_expected_one_fails_with_how_it_comes_about(
    project: pytest.Pytester,
) -> None:
    settings = Path("pyproject.toml")
    table = '\n[tool.jobready.jobs."train_clean.py"]\nname = "job-other"\n'
    settings.write_text(settings.read_text() + table)
    result = run(project, "--jobready", "-k", "predicted-job and train_clean")
    result.stdout.fnmatch_lines(
        [
            "train_clean.py: the job is called job-https___github.com_acme_repo.git_*,"
            " not job-other",
            "  = it comes about by remote https://github.com/acme/repo.git + path *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_script_that_becomes_no_job_fails_with_the_reason_and_the_way_out(
    project: pytest.Pytester,
) -> None:
    shutil.rmtree(".git")
    result = run(project, "--jobready", "-k", "predicted")
    result.assert_outcomes(failed=2, deselected=3)
    result.stdout.fnmatch_lines(
        [
            "train_clean.py: no job: *is not in a git repository*",
            '  = if it is not to become one: *.jobs."train_clean.py"[]] source = "none"',
        ]
    )
    settings = Path("pyproject.toml")
    table = '\n[tool.jobready.jobs."train_clean.py"]\nsource = "none"\n'
    settings.write_text(settings.read_text() + table)
    run(project, "--jobready", "-k", "predicted-job and train_clean").assert_outcomes(
        passed=1, deselected=4
    )


def test_a_script_can_be_named_on_the_command_line(project: pytest.Pytester) -> None:
    result = run(project, "--jobready-script", "train_clean.py", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*train_stale*")


def test_a_script_or_an_item_that_is_named_is_all_that_is_run(
    project: pytest.Pytester,
) -> None:
    run(project, "--jobready", "train_clean.py").assert_outcomes(passed=2)
    run(project, "--jobready", "train_stale.py::findings").assert_outcomes(failed=1)


def test_a_named_test_brings_the_scripts_along(project: pytest.Pytester) -> None:
    run(project, "--jobready", "test_own.py").assert_outcomes(passed=4, failed=1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jobready-script", "gone.py"), "--jobready-script: there is no file gone.py"),
        (("--jobready-script",), "*expected one argument*"),
    ],
)
def test_a_wrong_option_is_a_usage_error(
    project: pytest.Pytester, arguments: tuple[str, ...], said: str
) -> None:
    result = run(project, *arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{said}"])
    result.stderr.no_fnmatch_line("*Traceback*")


def test_a_table_for_a_script_that_is_not_there_is_a_usage_error(
    project: pytest.Pytester,
) -> None:
    settings = Path("pyproject.toml")
    settings.write_text(settings.read_text() + '\n[tool.jobready.jobs."tran.py"]\n')
    result = run(project, "--jobready")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['ERROR: jobready: *jobs."tran.py": there is no such file'])


def test_without_scripts_the_error_says_how_to_name_them(project: pytest.Pytester) -> None:
    Path("pyproject.toml").write_text("[tool.jobready]\n")
    result = run(project, "--jobready")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: jobready: no scripts: name them in *scripts = *"])


def test_the_first_failure_can_stop_the_run(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "-x", "train_stale.py", "train_clean.py")
    result.assert_outcomes(failed=1)


def test_what_failed_last_can_be_run_again(project: pytest.Pytester) -> None:
    run(project, "--jobready").assert_outcomes(passed=4, failed=1)
    result = run(project, "--jobready", "--lf", "-v")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["train_stale.py::findings FAILED*"])


def test_without_pytests_cache(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=4, failed=1)


def test_a_junit_report_has_the_items_and_their_texts(project: pytest.Pytester) -> None:
    run(project, "--jobready", "--junitxml=report.xml")
    cases = ElementTree.parse("report.xml").getroot().iter("testcase")
    found = {(c.get("classname"), c.get("name")): c for c in cases}
    failed = found["train_stale", "findings"]
    assert ("train_clean", "predicted-job") in found
    assert "JR101" in (failed.findtext("failure") or "")
    job = found["train_clean", "predicted-job"].iter("property")
    assert ("jobready_job", "job-https___github.com_acme_repo.git_train_clean.py") in {
        (p.get("name"), p.get("value")) for p in job
    }


def test_under_xdist(project: pytest.Pytester) -> None:
    run(project, "-pxdist", "--jobready", "-n2").assert_outcomes(passed=4, failed=1)


def test_a_run_that_does_not_ask_imports_little(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_own="""
        import sys

        def test_own():
            ours = {m for m in sys.modules if m.partition(".")[0] == "jobready"}
            assert not ours
            assert not {"libcst", "wandb", "click"} & set(sys.modules)
        """
    )
    run(project).assert_outcomes(passed=1)


REHEARSED = CLEAN.replace('raise SystemExit("this script was run")\n', "")
REHEARSED += "wandb.log({'loss': args.lr})\n"


def test_a_rehearsed_script_has_three_items_more(project: pytest.Pytester) -> None:
    listed = run(project, "--jobready-rehearse", "--collect-only", "-q", "train_clean.py")
    names = ("findings", "predicted-job", "as-it-is", "cloned", "overridden")
    assert listed.outlines[:5] == [f"train_clean.py::{name}" for name in names]


def test_a_script_can_ask_for_its_rehearsal_or_be_left_out(
    project: pytest.Pytester,
) -> None:
    settings = Path("pyproject.toml")
    text = settings.read_text()
    settings.write_text(text + '\n[tool.jobready.jobs."train_clean.py"]\nrehearse = true\n')
    result = run(project, "--jobready", "--collect-only", "-q", "-k", "rehearsal")
    result.stdout.fnmatch_lines(["train_clean.py::cloned"])
    result.stdout.no_fnmatch_line("train_stale.py*")
    settings.write_text(
        text + '\n[tool.jobready.jobs."train_clean.py"]\nrehearse = false\n'
    )
    result = run(project, "--jobready-rehearse", "--collect-only", "-q", "-k", "rehearsal")
    result.stdout.no_fnmatch_line("train_clean.py*")
    result.stdout.fnmatch_lines(["train_stale.py::cloned"])


def test_workers_share_the_takes_of_a_script(project: pytest.Pytester) -> None:
    Path("train_clean.py").write_text(REHEARSED)
    result = run(project, "-pxdist", "-n2", "--jobready-rehearse", "-rx", "train_clean.py")
    result.assert_outcomes(passed=4, xfailed=1)
    result.stdout.fnmatch_lines(
        [
            "jobready: 1 script, 5 checks: 4 good, 1 expected to fail;"
            " 1 of 1 parameter proven",
            "XFAIL train_clean.py::as-it-is - train_clean.py: JR401 and JR408, *",
        ]
    )


def test_runxfail_reports_what_was_expected_as_failures(project: pytest.Pytester) -> None:
    Path("train_clean.py").write_text(REHEARSED)
    words = ("--jobready-rehearse", "--runxfail", "train_clean.py::as-it-is")
    result = run(project, *words)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["train_clean.py: JR401 and JR408, *", "  JR401 (*): *"])
    result.stdout.no_fnmatch_line("*Traceback*")


@pytest.mark.parametrize(
    "workers",
    [pytest.param((), marks=pytest.mark.rehearsals), ("-pxdist", "-n2")],
    ids=["alone", "xdist"],
)
def test_what_is_the_sdks_is_told_once_for_all_scripts(
    project: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    for name in ("train_clean.py", "train_stale.py"):
        Path(name).write_text(REHEARSED)
    result = run(project, *workers, "--jobready-rehearse", "-k", "as-it-is")
    result.assert_outcomes(xfailed=2, deselected=0 if workers else 9)
    for rule in ("JR401", "JR408"):
        told = [line for line in result.outlines if line.startswith(f"  {rule} ")]
        assert len(told) == 1
        assert told[0].startswith(f"  {rule} (train_clean.py and 1 more): ")
