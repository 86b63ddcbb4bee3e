"""``pytest --jobready``: each configured script is an item that carries its findings."""

from __future__ import annotations

from pathlib import Path

import pytest


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Real pytest in a process of its own, with this plugin and no other."""
    return project.runpytest_subprocess("-ppytest_jobready", *arguments)


def test_the_plugin_is_found_once_it_is_installed(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    result = project.runpytest_subprocess("--jobready", "-v")
    result.assert_outcomes(passed=2, failed=1)


def test_each_script_is_one_item(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "train_clean.py::findings PASSED*",
            "train_stale.py::findings FAILED*",
        ],
    )
    assert result.ret == 1


def test_a_failure_is_clean_text(project: pytest.Pytester) -> None:
    result = run(project, "--jobready")
    result.stdout.fnmatch_lines(
        ["train_stale.py:11:8: JR101 a launched job's values don't reach these*(*"]
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
    run(project).assert_outcomes(passed=2, failed=1)


def test_items_can_be_listed_and_chosen(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "--collect-only", "-q")
    result.stdout.fnmatch_lines_random(
        ["train_clean.py::findings", "train_stale.py::findings", "test_own.py::test_own"]
    )
    assert result.ret == 0


def test_the_marker_selects_them(project: pytest.Pytester) -> None:
    result = run(project, "--jobready", "--strict-markers", "-m", "jobready")
    result.assert_outcomes(passed=1, failed=1, deselected=1)


def test_a_script_that_is_named_like_a_test_is_not_imported(
    project: pytest.Pytester,
) -> None:
    Path("train_clean.py").rename("test_train.py")
    settings = Path("pyproject.toml")
    settings.write_text(settings.read_text().replace("train*.py", "test_train.py"))
    result = run(project, "--jobready", "-v")
    result.assert_outcomes(passed=2)
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
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        ["train_clean.py:2: this Python, *, cannot read it: *", "train_stale.py*: *UTF-8*"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_under_xdist(project: pytest.Pytester) -> None:
    run(project, "-pxdist", "--jobready", "-n2").assert_outcomes(passed=2, failed=1)


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
