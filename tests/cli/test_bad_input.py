"""Bad input: one line that says what to do, exit code 2, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result

from jobready.project.files import MAX_BYTES, MAX_LINES
from jobready.script.source.tree import MAX_NODES
from tests.cli.calling import (
    BROKEN,
    CLEAN,
    CLEAN_AFTER,
    in_a_process,
    jobready,
    written,
)

NEEDY = CLEAN.replace(b"default=0.05", b"required=True")
COMMANDS = ["migrate", "check", "params"]


def assert_one_line(result: Result, *phrases: str) -> None:
    """Exit code 2, and one line of the output holds all phrases."""
    assert result.exit_code == 2, result.output
    lines = result.output.splitlines()
    assert "Traceback" not in result.output
    assert any(all(p in line for p in phrases) for line in lines), result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_that_is_not_there(tmp_path: Path, command: str) -> None:
    assert_one_line(jobready(command, tmp_path / "no.py"), "no.py", "no such file")


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_a_folder_without_python(tmp_path: Path, command: str) -> None:
    (tmp_path / "notes.txt").write_text("wandb")
    assert_one_line(jobready(command, tmp_path), str(tmp_path))


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_an_empty_path_is_not_the_current_folder(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, train=CLEAN))
    assert_one_line(jobready(command, ""), "''", "this is no path")
    assert (tmp_path / "train.py").read_bytes() == CLEAN


def test_params_of_a_folder(tmp_path: Path) -> None:
    assert_one_line(jobready("params", tmp_path), "this is a folder")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_syntax_error_has_its_line(tmp_path: Path, command: str) -> None:
    path = written(tmp_path, train=BROKEN) / "train.py"
    assert_one_line(jobready(command, path), str(path), "cannot read it", "2")


@pytest.mark.parametrize(
    "line", ["return 1", "def f(a, a): pass", "await x", "def g():\n    global a; a: int"]
)
def test_what_parses_but_does_not_compile(tmp_path: Path, line: str) -> None:
    script = NEEDY + f"{line}\n".encode()
    path = written(tmp_path, train=script) / "train.py"
    number = script.count(b"\n")
    assert_one_line(jobready("migrate", path), str(path), f"(line {number})")
    assert path.read_bytes() == script


@pytest.mark.parametrize("command", COMMANDS)
def test_syntax_newer_than_this_python(tmp_path: Path, command: str) -> None:
    newer = b"import wandb\nmatch x:\n    case 1 as y if y: z = t'{y}' @@ 3\n"
    path = written(tmp_path, train=newer) / "train.py"
    version = f"this Python, {sys.version_info.major}.{sys.version_info.minor}, cannot read"
    assert_one_line(jobready(command, path), version)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (b"import wandb\nx = '\xff\xfe'\n", "UTF-8"),
        (b"# coding: latin-9000\nimport wandb\n", "latin-9000"),
        ("import wandb\n".encode("utf-16"), "UTF-16"),
        (b"\x7fELF\x00\x01\x02wandb", "binary file"),
        (b"import wandb\nx = 1\x00\n", "binary file"),
        (b"# coding: rot13\nimport wandb\n", "rot13"),
    ],
    ids=["not-utf-8", "unknown-cookie", "utf-16", "elf", "nul", "no-text-encoding"],
)
def test_bytes_that_are_no_source(
    tmp_path: Path, command: str, data: bytes, phrase: str
) -> None:
    path = written(tmp_path, train=data) / "train.py"
    assert_one_line(jobready(command, path), str(path), phrase)
    assert path.read_bytes() == data


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_past_the_size_limit(tmp_path: Path, command: str) -> None:
    path = written(tmp_path, train=b"import wandb\n" + b"#" * MAX_BYTES) / "train.py"
    assert_one_line(jobready(command, path), str(path), f"at most {MAX_BYTES:,}")


@pytest.mark.parametrize("command", COMMANDS)
def test_data_on_one_line(tmp_path: Path, command: str) -> None:
    long = CLEAN + b"x = [" + b"1," * MAX_NODES + b"]\n"
    path = written(tmp_path, train=long) / "train.py"
    said = f"more than the {MAX_NODES:,}"
    assert_one_line(jobready(command, path), str(path), said, "exclude it")


def test_names_that_are_bound_a_thousand_times(tmp_path: Path) -> None:
    many = CLEAN.replace(b"print", b"args = args\n" * 1000 + b"print")
    path = written(tmp_path, train=many) / "train.py"
    started = time.process_time()
    assert jobready("params", path).exit_code == 0
    assert time.process_time() - started < 10  # it was a minute


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sum_of_50_000_terms_does_not_end_the_process(
    tmp_path: Path, command: str
) -> None:
    long = CLEAN + b"x = " + b" + ".join([b"1"] * 50_000) + b"\n"
    path = written(tmp_path, train=long) / "train.py"
    ran = in_a_process(command, path)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "split" in ran.stdout + ran.stderr
    assert path.read_bytes() == long


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_in_place_of_a_file(tmp_path: Path, command: str) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.py")
    assert_one_line(jobready(command, tmp_path / "pipe.py"), "pipe")


@pytest.mark.parametrize(
    "arguments",
    [
        ("migrate", "--form=best", "."),
        ("migrate", "--frobnicate", "."),
        ("migrate",),
        ("params",),
        ("params", "a.py", "b.py"),
        ("check", "--output-format=xml", "."),
        ("check", "--diff", "--output-format=json", "."),
        ("check", "--unsafe-fixes", "."),
        ("check", "--select=E501", "."),
        ("check", "--select=JR999", "."),
        ("check", "--ignore=JR101,JR998", "."),
        ("check", "-", "train.py"),
        ("check", "--stdin-filename=x.py", "train.py"),
        ("explain", "JR999"),
        ("config", "--config=missing.toml"),
        ("migrate", "-", "train.py"),
        ("migrate", "--stdin-filename=x.py", "train.py"),
        ("launch",),
    ],
)
def test_a_usage_error_says_what_is_wrong(arguments: tuple[str, ...]) -> None:
    result = jobready(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(("Usage: ", "jobready: "))
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_a_broken_configuration(tmp_path: Path, command: str) -> None:
    config = tmp_path / "pyproject.toml"
    config.write_text("[tool.jobready]\nscripts = 3\n")
    path = written(tmp_path, train=CLEAN) / "train.py"
    assert_one_line(jobready(command, "--config", config, path), "jobready: ", "scripts")
    assert path.read_bytes() == CLEAN


def test_other_files_are_still_processed(tmp_path: Path) -> None:
    folder = written(tmp_path, a=BROKEN, b=CLEAN, c=b"\xff")
    result = jobready("migrate", folder / "missing.py", folder)
    assert result.exit_code == 2
    assert (folder / "b.py").read_bytes() == CLEAN_AFTER


def test_a_file_in_a_read_only_folder_is_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = written(folder, train=CLEAN) / "train.py"
    folder.chmod(0o555)
    try:
        assert_one_line(jobready("migrate", path), "read-only")
        assert path.read_bytes() == CLEAN
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_a_loop_of_symlinks_among_the_files(tmp_path: Path, command: str) -> None:
    folder = written(tmp_path, train=CLEAN)
    (folder / "a.py").symlink_to("b.py")
    (folder / "b.py").symlink_to("a.py")
    result = jobready(command, folder)
    assert_one_line(result, "a.py", "cannot be read")
    assert "train.py" in result.output


def test_a_new_text_that_is_too_large(tmp_path: Path) -> None:
    script = NEEDY + b"#" * (MAX_BYTES - len(NEEDY) - 1) + b"\n"
    path = written(tmp_path, train=script) / "train.py"
    assert_one_line(jobready("migrate", path), "train.py", "the new text would be larger")
    assert path.read_bytes() == script


def test_too_many_lines(tmp_path: Path) -> None:
    path = written(tmp_path, train=CLEAN + b"\n" * MAX_LINES) / "train.py"
    assert_one_line(jobready("migrate", path), "train.py", "lines", "exclude it")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [("migrate",), ("migrate", "--diff"), ("check",), ("params",)]
)
def test_output_that_nothing_can_hold(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = written(tmp_path, train=CLEAN) / "train.py"
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "jobready", *arguments, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    (line,) = ran.stderr.splitlines()
    assert line.startswith("jobready: its output can't be written: ")


def test_no_standard_input() -> None:
    code = "import sys; sys.stdin = None; from jobready.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "migrate", "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr == "jobready: there is no standard input to read: give a file\n"
