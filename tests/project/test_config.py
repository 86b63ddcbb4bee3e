"""``[tool.jobready]``: found upwards, and wrong settings are named with their line."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from jobready.outcome import Failed
from jobready.project.config import SETTINGS, Config, load_config


def write(path: Path, text: str) -> Path:
    """Write a file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def loaded(start: Path, explicit: Path | None = None) -> Config:
    """Return the settings, which must be right."""
    config = load_config(start, explicit)
    assert isinstance(config, Config), config
    return config


def failure(folder: Path, text: str) -> tuple[str, int | None]:
    """Return what is said of a wrong file: the first message and its line."""
    write(folder / "pyproject.toml", text)
    failed = load_config(folder)
    assert isinstance(failed, Failed), failed
    reason = failed.reasons[0]
    assert reason.message.startswith(str(folder / "pyproject.toml"))
    if reason.line:
        assert f"pyproject.toml:{reason.line}: " in reason.message
    return reason.message, reason.line


def test_without_a_table_every_setting_has_its_default(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[project]\nname = 'jobready-user'\n")
    config = loaded(tmp_path)
    assert config == Config(root=tmp_path)
    assert (config.scripts, config.exclude, config.target_wandb) == ((), (), None)


def test_the_settings(tmp_path: Path) -> None:
    path = write(
        tmp_path / "pyproject.toml",
        "[tool.jobready]\n"
        "scripts = ['train.py', 'eval/*.py']\n"
        "exclude = ['legacy/']\n"
        "target-wandb = '0.16.6'\n"
        "select = ['JR1', 'ALL']\n"
        "ignore = ['JR105']\n"
        "[tool.jobready.per-file-ignores]\n"
        "'eval/*.py' = ['JR301']\n",
    )
    assert loaded(tmp_path / "src" / "train.py") == Config(
        root=tmp_path,
        path=path,
        scripts=("train.py", "eval/*.py"),
        exclude=("legacy/",),
        target_wandb="0.16.6",
        select=("JR1", "ALL"),
        ignore=(("JR105", ""),),
        per_file_ignores=(("eval/*.py", ("JR301",)),),
    )
    lines = loaded(tmp_path).lines
    assert (lines["scripts"], lines["ignore"], lines["per-file-ignores"]) == (2, 6, 7)


def test_ignore_as_a_table_with_reasons(tmp_path: Path) -> None:
    write(
        tmp_path / "pyproject.toml",
        "[tool.jobready.ignore]\nJR105 = 'we never read it'\nJR3 = ''\n",
    )
    assert loaded(tmp_path).ignore == (("JR105", "we never read it"), ("JR3", ""))


def test_the_nearest_file_with_the_table_counts(tmp_path: Path) -> None:
    table = "[tool.jobready]\nscripts = ['{}']\n"
    write(tmp_path / "pyproject.toml", table.format("outer.py"))
    write(tmp_path / "a" / "pyproject.toml", table.format("inner.py"))
    write(tmp_path / "a" / "b" / "pyproject.toml", "[tool.black]\n# not jobready\n")
    script = write(tmp_path / "a" / "b" / "train.py", "")
    assert loaded(script).scripts == ("inner.py",)
    assert loaded(script).root == tmp_path / "a"
    assert loaded(tmp_path).scripts == ("outer.py",)


def test_a_path_with_dots_does_not_lead_astray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "here" / "pyproject.toml", "[tool.jobready]\nscripts = []\n")
    write(tmp_path / "there" / "train.py", "")
    monkeypatch.chdir(tmp_path / "here")
    assert loaded(Path("../there/train.py")).path is None


def test_somebody_elses_broken_file_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.black\n")
    assert loaded(tmp_path).path is None


def test_an_explicit_file(tmp_path: Path) -> None:
    path = write(tmp_path / "ci" / "strict.toml", "[tool.jobready]\nexclude = ['x']\n")
    assert loaded(tmp_path, path).exclude == ("x",)
    assert loaded(tmp_path, path).root == tmp_path / "ci"


@pytest.mark.parametrize("name", ["missing.toml", "folder", "empty.toml"])
def test_an_explicit_file_must_have_the_table(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    write(tmp_path / "empty.toml", "")
    failed = load_config(tmp_path, tmp_path / name)
    assert isinstance(failed, Failed)
    assert name in failed.reasons[0].message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[tool.jobready]\n\nexlude = []\n", 3, "did you mean 'exclude'?"),
        ("[tool.jobready]\ntarget_wandb = '1.0'\n", 2, "did you mean 'target-wandb'?"),
        ("[tool.jobready]\nzzz = 1\n", 2, "there are scripts, exclude"),
        ("[tool.jobready]\nscripts = 'a.py'\n", 2, "must be an array of strings"),
        ("[tool.jobready]\nscripts = [\n  'a.py',\n  1,\n]\n", 2, "array of strings"),
        ("[tool.jobready]\ntarget-wandb = 0.16\n", 2, 'like "0.16.6"'),
        ("[tool.jobready]\ntarget-wandb = '>=0.16'\n", 2, "a version as a string"),
        ("[tool.jobready]\nselect = 'JR1'\n", 2, 'codes, like ["JR101", "JR2"]'),
        ("[tool.jobready]\nselect = ['JR1', 'E501']\n", 2, "'E501' is none"),
        ("[tool.jobready]\nselect = ['jr101']\n", 2, "'jr101' is none"),
        ("[tool.jobready]\nignore = 3\n", 2, 'JR101 = "the reason"'),
        ("[tool.jobready.ignore]\nJR1 = 'x'\nJR2 = 3\n", 3, 'JR2 = "the reason"'),
        ("[tool.jobready.ignore]\nE501 = 'x'\n", 2, "'E501' is none"),
        ("[tool.jobready]\nper-file-ignores = []\n", 2, "a table like"),
        (
            "[tool.jobready.per-file-ignores]\n'a.py' = ['JR1']\n'b.py' = 'JR1'\n",
            3,
            "a table in which 'b.py' has an array of codes",
        ),
        ("[tool.jobready]\nper_file_ignores = {}\n", 2, "mean 'per-file-ignores'?"),
        ("[tool]\njobready = 3\n", 2, "must be a table"),
        ("[tool]\njobready = {x = 3}\n", 2, "no setting 'x'"),
        ("tool.jobready.x = 3\n", 1, "no setting 'x'"),
        ("[tool.x]\nx = 3\n[tool.jobready.x]\n", 3, "no setting 'x'"),
        ("[tool.jobready]\nscripts = [\n", 3, "not valid TOML"),
        ("[tool.jobready]\nscripts = 1\nscripts = 2\n", 3, "not valid TOML"),
        ("[tool.jobready]\nx = " + "[" * 9999, None, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, text: str, line: int | None, said: str
) -> None:
    message, found = failure(tmp_path, text)
    assert said in message
    assert found == line


def test_every_wrong_setting_is_named(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.jobready]\nscripts = 1\nexclude = 2\n")
    failed = load_config(tmp_path)
    assert isinstance(failed, Failed)
    assert [reason.line for reason in failed.reasons] == [2, 3]


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(b"[tool.jobready]\nscripts = ['\xff']\n")
    failed = load_config(tmp_path)
    assert isinstance(failed, Failed)
    assert failed.reasons[0].message == f"{path}:2: this is not valid TOML: not UTF-8"


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    failed = load_config(tmp_path)
    assert isinstance(failed, Failed)
    assert "folder" in failed.reasons[0].message


def test_every_setting_is_a_field() -> None:
    fields = {field.name for field in dataclasses.fields(Config)}
    assert {key.replace("-", "_") for key in SETTINGS} == fields - {"root", "path", "lines"}


def test_looking_for_settings_imports_no_parser(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[project]\nname = 'x'\n")
    code = (
        "import sys, pathlib\n"
        "from jobready.project.config import load_config\n"
        "load_config(pathlib.Path(sys.argv[1]))\n"
        "print({'tomllib', 'tomli', 'difflib', 'pathspec'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("glob", ["/abs/x.py", "", ".", "**x", "../other/train.py"])
def test_a_glob_that_is_none_or_leads_out_of_the_project(tmp_path: Path, glob: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(f'[tool.jobready]\nscripts = ["train.py", "{glob}"]\n')
    found = load_config(tmp_path)
    assert isinstance(found, Failed)
    assert "pyproject.toml:2: scripts must be globs below its folder" in (
        found.reasons[0].message
    )
    assert repr(glob) in found.reasons[0].message
