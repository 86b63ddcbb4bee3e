"""``jobready migrate``: what it writes, prints and returns."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.calling import BROKEN, CLEAN, CLEAN_AFTER, REFUSED, jobready, report, written

SCHEMA = {
    "type": "object",
    "required": ["version", "files", "summary"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "summary": {"type": "object"},
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    *("path", "outcome", "created", "forms", "through", "reasons"),
                ],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string"},
                    "outcome": {"enum": ["rewritten", "unchanged", "refused", "failed"]},
                    "created": {"type": "boolean"},
                    "forms": {"items": {"enum": ["config", "argv", "agent"]}},
                    "through": {"items": {"type": "string"}},
                    "reasons": {
                        "items": {
                            "required": ["line", "column", "message"],
                            "additionalProperties": False,
                            "properties": {
                                "file": {"type": "string"},
                                "line": {"type": ["integer", "null"], "minimum": 1},
                                "column": {"type": ["integer", "null"], "minimum": 1},
                                "message": {"type": "string", "minLength": 1},
                            },
                        }
                    },
                },
            },
        },
    },
}


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return written(tmp_path, train=CLEAN) / "train.py"


def test_a_script_is_rewritten_in_place(script: Path) -> None:
    result = jobready("migrate", script)
    assert script.read_bytes() == CLEAN_AFTER
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0]
    assert first == (
        f"{script}: rewritten, config:"
        " every parameter is only read, after wandb.init (line 8)"
    )
    assert "1 file looked at: 1 rewritten, 0 unchanged, 0 refused." in result.stdout


def test_a_rewritten_script_is_told_how_it_becomes_a_job(script: Path) -> None:
    output = jobready("migrate", script).stdout
    for way in ("wandb job create", "wandb launch -u", "WANDB_DISABLE_JOB_CREATION=false"):
        assert way in output


def test_a_second_run_changes_nothing(script: Path) -> None:
    jobready("migrate", script)
    result = jobready("migrate", script)
    assert result.exit_code == 0
    assert script.read_bytes() == CLEAN_AFTER
    assert "unchanged: takes its values back from wandb.config (line 9)" in result.stdout


def test_diff_prints_and_writes_nothing(script: Path) -> None:
    result = jobready("migrate", "--diff", script)
    assert result.exit_code == 1
    assert script.read_bytes() == CLEAN
    lines = result.stdout.splitlines()
    assert lines[0].startswith("--- a/")
    assert [line for line in lines[2:] if line.startswith(("+", "-"))] == [
        "+args = wandb.config"
    ]
    assert "would be rewritten" in result.stderr


def test_check_says_what_it_would_do_and_writes_nothing(script: Path) -> None:
    result = jobready("migrate", "--check", script)
    assert result.exit_code == 1
    assert script.read_bytes() == CLEAN
    assert f"{script}: would be rewritten, config: " in result.stdout
    assert "1 would be rewritten" in result.stdout


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_nothing_pending_is_exit_0(tmp_path: Path, option: str) -> None:
    folder = written(tmp_path, train=CLEAN_AFTER)
    assert jobready("migrate", option, folder).exit_code == 0


@pytest.mark.parametrize(
    ("form", "code", "outcome"),
    [("config", 0, "rewritten"), ("argv", 0, "rewritten"), ("agent", 1, "refused")],
)
def test_a_form_can_be_forced(script: Path, form: str, code: int, outcome: str) -> None:
    found = report("migrate", "--form", form, script)
    assert found["exit"] == code
    assert found["files"][0]["outcome"] == outcome
    assert found["files"][0]["forms"] == ([form] if code == 0 else [])


def test_a_form_that_would_break_the_script_is_refused(tmp_path: Path) -> None:
    needy = CLEAN.replace(b"default=0.05", b"required=True")
    path = written(tmp_path, train=needy) / "train.py"
    found = report("migrate", "--form=config", path)
    assert found["exit"] == 1
    assert path.read_bytes() == needy
    assert found["files"][0]["reasons"] == [
        {
            "line": 6,
            "column": 1,
            "message": "form config would break: --lr is required",
        }
    ]


def test_a_refusal_is_exit_1_and_the_file_stays(tmp_path: Path) -> None:
    path = written(tmp_path, train=REFUSED) / "train.py"
    result = jobready("migrate", path)
    assert result.exit_code == 1
    assert path.read_bytes() == REFUSED
    assert f"{path}: refused: " in result.stdout
    assert "(line 4)" in result.stdout


def test_refusals_can_be_warnings(tmp_path: Path) -> None:
    result = jobready("migrate", "--refusals=warn", written(tmp_path, train=REFUSED))
    assert result.exit_code == 0
    assert "refused" in result.stdout


def test_warnings_do_not_hide_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    folder = written(tmp_path, train=REFUSED, other=BROKEN)
    assert jobready("migrate", "--refusals=warn", folder).exit_code == 2


def test_add_init_is_never_implied(tmp_path: Path) -> None:
    bare = CLEAN.replace(b"wandb.init(config=args)\n", b"").replace(
        b"import wandb\n\n", b""
    )
    path = written(tmp_path, train=bare) / "train.py"
    assert report("migrate", path)["files"][0]["outcome"] == "unchanged"
    assert path.read_bytes() == bare
    found = report("migrate", "--add-init", path)
    assert found["files"][0]["outcome"] == "rewritten"
    assert path.read_bytes() == CLEAN_AFTER


def test_stdin_goes_to_stdout(tmp_path: Path) -> None:
    result = jobready("migrate", "-", stdin=CLEAN)
    assert result.exit_code == 0
    assert result.stdout_bytes == CLEAN_AFTER
    assert result.stderr.startswith("-: rewritten, config: ")


def test_stdin_that_is_refused_goes_through_as_it_came() -> None:
    result = jobready("migrate", "-", "--stdin-filename=src/train.py", stdin=REFUSED)
    assert result.exit_code == 1
    assert result.stdout_bytes == REFUSED
    assert result.stderr.startswith("src/train.py: refused: ")


def test_stdin_that_is_no_python_goes_through_as_it_came() -> None:
    result = jobready("migrate", "-", stdin=BROKEN)
    assert result.exit_code == 2
    assert result.stdout_bytes == BROKEN


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_stdin_with_check_or_diff_writes_no_script(option: str) -> None:
    result = jobready("migrate", option, "-", stdin=CLEAN)
    assert result.exit_code == 1
    assert b"import argparse\n\nimport wandb" not in result.stdout_bytes
    assert "would be rewritten" in result.stderr


def test_several_files_of_which_one_is_broken(tmp_path: Path) -> None:
    folder = written(tmp_path, broken=BROKEN, good=CLEAN, refused=REFUSED)
    found = report("migrate", folder)
    outcomes = {Path(f["path"]).name: f["outcome"] for f in found["files"]}
    assert outcomes == {
        "broken.py": "failed",
        "good.py": "rewritten",
        "refused.py": "refused",
    }
    assert found["exit"] == 2
    assert found["summary"] == {
        "files": 3,
        "rewritten": 1,
        "unchanged": 0,
        "refused": 1,
        "failed": 1,
    }
    assert (folder / "good.py").read_bytes() == CLEAN_AFTER
    assert (folder / "broken.py").read_bytes() == BROKEN


def test_the_report_is_as_documented(tmp_path: Path) -> None:
    folder = written(tmp_path, a=BROKEN, b=CLEAN, c=REFUSED, d=b"import wandb\n", e=b"")
    result = jobready("migrate", "--output-format=json", folder, folder / "e.py")
    jsonschema.validate(json.loads(result.stdout), SCHEMA)


def test_columns_of_a_report_count_code_points(tmp_path: Path) -> None:
    source = REFUSED.replace(b"args = parser", "ü = '𝄞'; args = parser".encode())
    found = report("migrate", written(tmp_path, train=source))
    assert (found["files"][0]["reasons"][0]["line"]) == 4
    assert (found["files"][0]["reasons"][0]["column"]) == len("ü = '𝄞'; args = ") + 1


def test_a_folder_is_walked_and_only_files_that_matter_are_named(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    written(inner, train=CLEAN)
    written(tmp_path, helpers=b"x = 1\n")
    result = jobready("migrate", tmp_path)
    assert (inner / "train.py").read_bytes() == CLEAN_AFTER
    assert "helpers.py" not in result.stdout
    assert "2 files looked at: 1 rewritten, 1 unchanged" in result.stdout


def test_a_script_whose_run_is_not_seen_is_named(tmp_path: Path) -> None:
    parse = b"import argparse\n\nparser = argparse.ArgumentParser()\n"
    option = b"parser.add_argument('--use_wandb')\n"
    end = b"print(parser.parse_args())\n"
    written(tmp_path, ray=parse + option + end)
    written(tmp_path, plain=b"# no wandb\n" + parse + end)
    result = jobready("migrate", tmp_path)
    assert result.exit_code == 0
    assert (
        "use_wandb among them, but no run is seen that it starts: "
        "--run-in FILE says where (line 4)" in result.stdout
    )
    assert "plain.py" not in result.stdout
    assert not jobready("migrate", "--quiet", tmp_path).stdout


def test_scripts_that_are_done_are_counted(tmp_path: Path) -> None:
    written(tmp_path, train=CLEAN.replace(b"wandb.init", b"print(args)\nwandb.init"))
    jobready("migrate", tmp_path)
    assert "1 script takes launched values already." in jobready("migrate", tmp_path).stdout
    named = jobready("migrate", tmp_path / "train.py").stdout
    assert named.count("launched values already") == 1  # its own line says it


def test_a_file_given_twice_is_looked_at_once(script: Path) -> None:
    found = report("migrate", script, script.parent)
    assert len(found["files"]) == 1


def test_quiet_says_only_what_needs_a_hand(tmp_path: Path) -> None:
    written(tmp_path, good=CLEAN, refused=REFUSED)
    lines = jobready("migrate", "-q", tmp_path).stdout.splitlines()
    assert [line for line in lines if "refused" not in line] == []
    assert len(lines) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + CLEAN,
        CLEAN.replace(b"\n", b"\r\n"),
        b"# -*- coding: latin-1 -*-\n# \xfc\n" + CLEAN,
        (b"# -*- coding: cp1252 -*-\n# \x80\n" + CLEAN).replace(b"\n", b"\r\n"),
        b"#!/usr/bin/env python3\n" + CLEAN,
        CLEAN.removesuffix(b"\n"),
        CLEAN.replace(b"import wandb", b"\x0c\nimport wandb"),
        "# für später\n".encode() + CLEAN,
    ],
    ids=["bom", "crlf", "latin-1", "cp1252", "shebang", "no-newline", "form-feed", "utf-8"],
)
def test_encoding_and_newlines_stay(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, train=data) / "train.py"
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    assert jobready("migrate", path).exit_code == 0
    assert path.read_bytes() == data.replace(
        b"print", b"args = wandb.config" + newline + b"print"
    )


def test_mode_and_symlink_stay(tmp_path: Path) -> None:
    path = written(tmp_path, train=CLEAN) / "train.py"
    path.chmod(0o755)
    link = tmp_path / "link.py"
    link.symlink_to("train.py")
    assert jobready("migrate", link).exit_code == 0
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o755
    assert path.read_bytes() == CLEAN_AFTER


def test_a_file_with_two_names_is_refused(script: Path) -> None:
    (script.parent / "other_name.py").hardlink_to(script)
    result = jobready("migrate", script)
    assert result.exit_code == 1
    assert "2 names (hard links)" in result.stdout
    assert script.read_bytes() == CLEAN


def test_a_script_that_only_lacks_a_run_is_told_how_to_get_one(tmp_path: Path) -> None:
    path = (
        written(tmp_path, train=CLEAN.replace(b"wandb.init(config=args)\n", b""))
        / "train.py"
    )
    path.write_bytes(path.read_bytes().replace(b"import wandb\n\n", b""))
    assert "--add-init would add one" in jobready("migrate", path).stdout


def test_a_named_file_that_is_excluded_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, train=CLEAN) / "train.py"
    config = tmp_path / "pyproject.toml"
    config.write_text('[tool.jobready]\nexclude = ["train.py"]\n')
    result = jobready("migrate", "--config", config, path)
    assert (result.exit_code, path.read_bytes()) == (0, CLEAN)
    assert f"{path}: unchanged: excluded by [tool.jobready]" in result.stdout


def test_what_comes_next_names_the_script_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "src").mkdir()
    written(tmp_path / "src", train=CLEAN)
    monkeypatch.chdir(tmp_path / "src")
    assert "-E 'python src/train.py' git" in jobready("migrate", "train.py").stdout


def test_add_init_looks_at_one_file_at_a_time(tmp_path: Path) -> None:
    """A script that parses itself gets a run, one whose arguments come from another not."""
    module = b"import argparse\n\nparser = argparse.ArgumentParser()\n"
    module += b'parser.add_argument("--lr", type=float)\n\n\n'
    module += b"def given():\n    return parser.parse_args()\n"
    first = b"from options import given, parser\n\nargs = given()\nprint(args.lr)\n"
    second = b"import argparse\nfrom options import given\n\n"
    second += b"own = argparse.ArgumentParser()\nown.add_argument('--n', type=int)\n"
    second += b"args = own.parse_args()\nprint(args.n, given)\n"
    folder = written(tmp_path, options=module, first=first, second=second)
    names = [folder / f"{name}.py" for name in ("first", "second")]
    found = report("migrate", "--add-init", *names)
    assert [f["outcome"] for f in found["files"]] == ["refused", "rewritten"]
    assert "parses the arguments itself" in found["files"][0]["reasons"][0]["message"]
    assert b"wandb.init(config=args)" in names[1].read_bytes()
