"""``jobready check``: what it prints, fixes and returns."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import BROKEN, CLEAN, CLEAN_AFTER, REFUSED, jobready, report, written

KEYS = {
    "path",
    "code",
    "message",
    "line",
    "column",
    "end_line",
    "end_column",
    "fix",
    "no_fix",
}
OFFLINE = b'import wandb\n\nwandb.init(project="x", mode="offline")\n'
ONLINE = OFFLINE.replace(b', mode="offline"', b"")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return written(tmp_path, train=CLEAN) / "train.py"


def test_a_finding_with_the_line_that_it_is_about(script: Path) -> None:
    result = jobready("check", script)
    assert result.exit_code == 1
    assert script.read_bytes() == CLEAN
    assert result.stdout.splitlines() == [
        f"{script}:7:8: JR101 a launched job's values don't reach these arguments",
        "  7 | args = parser.parse_args()",
        "    |        ^^^^^^^^^^^^^^^^^^^",
        "    = fix: rewrites the script in form config, as jobready migrate does",
        "1 file looked at: 1 finding.",
        "1 can be fixed with --fix.",
    ]


def test_a_finding_without_a_fix_says_why(tmp_path: Path) -> None:
    found = report("check", written(tmp_path, train=REFUSED))
    assert found["exit"] == 1
    assert all(f["fix"] is None and f["no_fix"] for f in found["findings"])
    assert "= no fix: jobready migrate refuses" in jobready("check", tmp_path).stdout


@pytest.mark.parametrize("data", [CLEAN_AFTER, b"", b"import wandb\nwandb.init()\n"])
def test_a_clean_script_is_exit_0(tmp_path: Path, data: bytes) -> None:
    result = jobready("check", written(tmp_path, train=data) / "train.py")
    assert result.exit_code == 0
    assert result.stdout == "1 file looked at: no findings.\n"


def test_json(tmp_path: Path) -> None:
    found = report("check", written(tmp_path, a=CLEAN, b=b"x = ("), tmp_path / "b.py")
    assert found["version"] == 1
    (finding,) = found["findings"]
    assert set(finding) == KEYS
    assert (finding["code"], finding["line"], finding["column"]) == ("JR101", 7, 8)
    assert (finding["end_line"], finding["end_column"]) == (7, 27)
    assert finding["fix"]["safety"] == "safe"
    (error,) = found["errors"]
    assert (Path(error["path"]).name, error["line"]) == ("b.py", 1)
    assert found["exit"] == 2


def test_quiet_prints_findings_and_nothing_else(script: Path) -> None:
    lines = jobready("check", "-q", script).stdout.splitlines()
    assert "looked at" not in lines[-1]
    assert jobready("check", "-q", written(script.parent, train=b"")).stdout == ""


def test_statistics_count_by_rule(tmp_path: Path) -> None:
    folder = written(tmp_path, a=CLEAN, b=CLEAN, c=OFFLINE, d=REFUSED)
    lines = jobready("check", "--statistics", folder).stdout.splitlines()
    assert lines[:2] == [
        "3  JR101  [-] args-not-routed",
        "1  JR308  [-] forced-mode",
    ]
    assert lines[2] == "4 files looked at: 4 findings."


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), {"JR101", "JR308"}),
        (("--select=JR1",), {"JR101"}),
        (("--select=JR3,JR6",), {"JR308"}),
        (("--ignore=JR101",), {"JR308"}),
        (("--select=ALL", "--ignore=JR1,JR3,JR401"), set()),
    ],
)
def test_rules_are_chosen(
    tmp_path: Path, options: tuple[str, ...], codes: set[str]
) -> None:
    folder = written(tmp_path, a=CLEAN, b=OFFLINE)
    assert {f["code"] for f in report("check", folder, *options)["findings"]} == codes


def test_exit_zero_hides_findings_but_no_broken_file(tmp_path: Path) -> None:
    folder = written(tmp_path, a=CLEAN)
    assert jobready("check", "--exit-zero", folder).exit_code == 0
    written(tmp_path, b=BROKEN)
    assert jobready("check", "--exit-zero", folder).exit_code == 2


# -- fixes


def test_fix_makes_the_safe_fixes(tmp_path: Path) -> None:
    folder = written(tmp_path, a=CLEAN, b=OFFLINE, c=b"x = 1\n")
    result = jobready("check", "--fix", folder)
    assert result.exit_code == 1
    assert (folder / "a.py").read_bytes() == CLEAN_AFTER
    assert (folder / "b.py").read_bytes() == OFFLINE
    assert "3 files looked at: 1 finding, 1 fixed." in result.stdout
    assert "1 can be fixed with --fix --unsafe-fixes." in result.stdout


def test_unsafe_fixes_are_made_on_request(tmp_path: Path) -> None:
    folder = written(tmp_path, a=CLEAN, b=OFFLINE)
    result = jobready("check", "--fix", "--unsafe-fixes", folder)
    assert result.exit_code == 0
    assert (folder / "b.py").read_bytes() == ONLINE
    assert result.stdout == "2 files looked at: no findings, 2 fixed.\n"
    assert jobready("check", folder).exit_code == 0


def test_a_report_of_fixes_is_json_too(tmp_path: Path) -> None:
    found = report("check", "--fix", written(tmp_path, a=CLEAN, b=OFFLINE))
    assert found["fixed"] == {"JR101": 1}
    assert [f["code"] for f in found["findings"]] == ["JR308"]


def test_places_are_those_of_the_fixed_file(tmp_path: Path) -> None:
    both = b"breakpoint()  # jobready: ignore[JR101]\n" + CLEAN + b"breakpoint()\n"
    path = written(tmp_path, a=both) / "a.py"
    lines = jobready("check", "--fix", path).stdout.splitlines()
    text = path.read_text().splitlines()
    assert lines[0].startswith(f"{path}:1:1: JR606")
    number = text.index("breakpoint()", 1) + 1
    assert f"{path}:{number}:1: JR606 breakpoint() waits" in "\n".join(lines)


def test_diff_shows_and_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, a=OFFLINE) / "a.py"
    result = jobready("check", "--diff", "--unsafe-fixes", path)
    assert result.exit_code == 1
    assert path.read_bytes() == OFFLINE
    lines = result.stdout.splitlines()
    assert lines[0].startswith("--- a/")
    assert '+wandb.init(project="x")' in lines
    assert "1 would be fixed" in result.stderr
    assert jobready("check", "--diff", path).stdout == ""


def test_a_file_that_can_not_be_written_is_exit_2(tmp_path: Path) -> None:
    path = written(tmp_path, a=CLEAN) / "a.py"
    path.chmod(0o444)
    result = jobready("check", "--fix", path)
    assert result.exit_code == 2
    assert "read-only" in result.stderr
    assert path.read_bytes() == CLEAN


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + OFFLINE,
        OFFLINE.replace(b"\n", b"\r\n"),
        b"# coding: latin-1\n# \xfc\n" + OFFLINE,
        OFFLINE.removesuffix(b"\n"),
        OFFLINE.replace(b"import", b"\x0cimport"),
    ],
    ids=["bom", "crlf", "latin-1", "no-newline", "form-feed"],
)
def test_encoding_and_newlines_stay(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, a=data) / "a.py"
    assert jobready("check", "--fix", "--unsafe-fixes", path).exit_code == 0
    assert path.read_bytes() == data.replace(b', mode="offline"', b"")


# -- stdin


def test_stdin(tmp_path: Path) -> None:
    result = jobready("check", "-", "--stdin-filename=src/train.py", stdin=CLEAN)
    assert result.exit_code == 1
    assert result.stdout.startswith("src/train.py:7:8: JR101 ")
    assert jobready("check", "-", stdin=CLEAN_AFTER).exit_code == 0
    assert jobready("check", "-", stdin=BROKEN).exit_code == 2


def test_fixed_stdin_goes_to_stdout_and_the_report_aside() -> None:
    result = jobready("check", "--fix", "-", stdin=CLEAN)
    assert (result.exit_code, result.stdout_bytes) == (0, CLEAN_AFTER)
    assert result.stderr == "1 file looked at: no findings, 1 fixed.\n"


@pytest.mark.parametrize("data", [BROKEN, b"\xff", REFUSED])
def test_what_can_not_be_fixed_goes_through_as_it_came(data: bytes) -> None:
    result = jobready("check", "--fix", "-", stdin=data)
    assert result.stdout_bytes == data
    assert result.exit_code == (1 if data == REFUSED else 2)


# -- which files


def test_without_paths_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, a=CLEAN))
    found = report("check")
    assert [f["path"] for f in found["findings"]] == ["a.py"]


def test_with_scripts_configured_only_those_are_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, train=CLEAN, library=CLEAN))
    Path("pyproject.toml").write_text('[tool.jobready]\nscripts = ["train*.py"]\n')
    for paths in ((), (".",), ("train.py", "library.py")):
        found = report("check", *paths)
        assert [f["path"] for f in found["findings"]] == ["train.py"]
    assert report("check", "library.py")["excluded"] == ["library.py"]


def test_a_configured_script_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text('[tool.jobready]\nscripts = ["gone.py"]\n')
    result = jobready("check")
    assert result.exit_code == 2
    assert "pyproject.toml:2: no file matches 'gone.py' of scripts" in result.stderr


def test_exclude_holds_for_named_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, old=CLEAN))
    Path("pyproject.toml").write_text('[tool.jobready]\nexclude = ["old.py"]\n')
    result = jobready("check", "old.py")
    assert result.exit_code == 0
    assert "1 named file passed over, as [tool.jobready] says." in result.stdout


def test_notebooks_are_named(tmp_path: Path) -> None:
    written(tmp_path, a=b"")
    (tmp_path / "explore.ipynb").write_text("{}")
    output = jobready("check", tmp_path).stdout
    assert f"1 notebook skipped ({tmp_path}/explore.ipynb)" in output


def test_settings_choose_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path, a=OFFLINE, b=OFFLINE, c=CLEAN))
    Path("pyproject.toml").write_text(
        '[tool.jobready]\nignore = {JR101 = "we know"}\n'
        '[tool.jobready.per-file-ignores]\n"b.py" = ["JR308"]\n'
    )
    found = report("check", ".")
    assert [(f["path"], f["code"]) for f in found["findings"]] == [("a.py", "JR308")]
    # the command line stands in place of the settings
    codes = {f["code"] for f in report("check", "--ignore=JR308", ".")["findings"]}
    assert codes == {"JR101"}


# -- suppression


def test_suppressed_findings_are_counted(tmp_path: Path) -> None:
    line = OFFLINE.replace(b")\n", b")  # jobready: ignore[JR308] at sea\n")
    result = jobready("check", written(tmp_path, a=line))
    assert (result.exit_code, result.stdout) == (
        0,
        "1 file looked at: no findings, 1 suppressed.\n",
    )


def test_migrate_honours_a_file_that_opts_out(tmp_path: Path) -> None:
    data = b"# jobready: ignore-file[JR101] it is run by hand\n" + CLEAN
    path = written(tmp_path, a=data) / "a.py"
    result = jobready("migrate", path)
    assert (result.exit_code, path.read_bytes()) == (0, data)
    assert "a.py: unchanged: left alone: a comment takes the file out" in result.stdout
    assert "(line 1)" in result.stdout


# -- colours


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": ""}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_colours_are_as_the_environment_says(
    script: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in jobready("check", script).stdout) is coloured
    assert ("\x1b[" in jobready("check", "--diff", script).stdout) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_colours_unless_it_wants_none(script: Path, no_color: str) -> None:
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "jobready", "check", script],
        stdout=theirs,
        env={**os.environ, "NO_COLOR": no_color, "TERM": "xterm"},
        check=False,
    )
    os.close(theirs)
    printed = os.read(ours, 10_000)
    os.close(ours)
    assert b"JR101" in printed
    assert (b"\x1b[" in printed) is not bool(no_color)


# -- the cache, by its options


def test_the_cache_is_in_the_project_and_off_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, a=OFFLINE))
    first = jobready("check", "--no-cache", ".").stdout
    assert not Path(".jobready_cache").exists()
    assert jobready("check", ".").stdout == first
    assert Path(".jobready_cache").is_dir()
    assert jobready("check", ".").stdout == first


# -- what machines read


@pytest.mark.parametrize("output_format", ["json", "sarif", "gitlab"])
def test_a_clean_run_is_json_too(tmp_path: Path, output_format: str) -> None:
    folder = written(tmp_path, a=b"")
    result = jobready("check", f"--output-format={output_format}", folder)
    assert result.exit_code == 0
    json.loads(result.stdout)


def test_github_annotations(script: Path) -> None:
    result = jobready("check", "--output-format=github", script)
    assert result.stdout.startswith(f"::error file={script},line=7,col=8,endLine=7")


# -- the jobs that are expected


def expect(folder: Path, script: str, source: str) -> None:
    (folder / "pyproject.toml").write_text(
        f'[tool.jobready]\n\n[tool.jobready.jobs."{script}"]\nsource = "{source}"\n'
    )


def test_a_script_that_becomes_another_job_than_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.py").write_text("import wandb\n\nwandb.init()\n")
    expect(tmp_path, "train.py", "repo")
    monkeypatch.chdir(tmp_path)
    ran = jobready("check", "--select=JR409")
    assert ran.exit_code == 1
    assert "train.py:3:1: JR409 the job's source is none, not repo: " in ran.stdout


def test_a_script_that_is_to_become_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.py").write_text("import wandb\n\nwandb.init()\n")
    expect(tmp_path, "train.py", "none")
    monkeypatch.chdir(tmp_path)
    assert jobready("check", "--select=JR4").exit_code == 1  # JR401 is selected too
    assert jobready("check").exit_code == 0


def test_a_job_is_expected_of_a_script_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.py").write_text("import wandb\n\nwandb.init()\n")
    expect(tmp_path, "trian.py", "none")
    monkeypatch.chdir(tmp_path)
    ran = jobready("check")
    assert ran.exit_code == 2
    assert 'pyproject.toml:3: jobs."trian.py" is about a file that is not' in ran.stderr
    assert jobready("check", "train.py").exit_code == 0


def test_a_project_without_jobs_costs_no_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git that would be called would be this one, which leaves a trace."""
    (tmp_path / "train.py").write_text("import wandb\n\nwandb.init()\n")
    (tmp_path / ".git").mkdir()
    program = tmp_path / "git"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n")
    program.chmod(0o755)
    monkeypatch.setenv("GIT_PYTHON_GIT_EXECUTABLE", str(program))
    jobready("check", "--no-cache", str(tmp_path))
    assert not (tmp_path / "called").exists()
    monkeypatch.setenv("WANDB_DISABLE_JOB_CREATION", "false")
    jobready("check", "--no-cache", str(tmp_path))
    assert (tmp_path / "called").exists()
