"""An error that nobody expected, a signal, an output that is closed or can't say it all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jobready.edits.writing import rewrite
from jobready.net import TRACEBACK
from tests.cli.calling import CLEAN, CLEAN_AFTER, jobready, report, written

BAD = CLEAN.replace(b"wandb.init(", b"wandb.init(project='bad', ")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours, for one kind of script."""
    whole = rewrite.rewrite

    def of_some(text: str, *rest: object) -> object:
        if "'bad'" in text:
            raise ValueError("no such\nthing")
        return whole(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(rewrite, "rewrite", of_some)


@pytest.mark.usefixtures("broken")
def test_an_error_in_one_file_leaves_the_others_alone(tmp_path: Path) -> None:
    folder = written(tmp_path, a=CLEAN, b=BAD, c=CLEAN)
    result = jobready("migrate", folder)
    assert result.exit_code == 2
    said = f"{folder}/b.py: failed: jobready itself failed (ValueError: no such thing in"
    assert said in result.output
    assert "please report this, with the file" in result.output
    assert "3 files looked at: 2 rewritten, 0 unchanged, 0 refused, 1 failed." in (
        result.output
    )
    assert (folder / "b.py").read_bytes() == BAD
    assert (folder / "c.py").read_bytes() == CLEAN_AFTER


@pytest.mark.usefixtures("broken")
def test_an_error_is_in_the_json_report(tmp_path: Path) -> None:
    found = report("migrate", "--check", written(tmp_path, a=CLEAN, b=BAD))
    assert [f["outcome"] for f in found["files"]] == ["rewritten", "failed"]
    assert found["exit"] == 2


@pytest.mark.usefixtures("broken")
def test_an_error_while_a_file_is_fixed(tmp_path: Path) -> None:
    folder = written(tmp_path, a=CLEAN, b=BAD, c=CLEAN)
    result = jobready("check", "--fix", folder)
    assert result.exit_code == 2
    assert "b.py: jobready itself failed" in result.output
    assert "2 fixed" in result.output
    assert (folder / "c.py").read_bytes() == CLEAN_AFTER


@pytest.mark.usefixtures("broken")
def test_an_error_over_stdin_gives_the_text_back() -> None:
    result = jobready("migrate", "-", stdin=BAD)
    assert (result.exit_code, result.stdout) == (2, BAD.decode())


@pytest.mark.usefixtures("broken")
def test_who_mends_it_gets_the_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(ValueError, match="no such"):
        jobready("migrate", written(tmp_path, b=BAD))


def test_a_signal_between_files(tmp_path: Path) -> None:
    """What was written is said, each file is whole, and nothing else lies about."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        folder = tmp_path / stop.name
        folder.mkdir()
        names = [f"train_{number:03}" for number in range(300)]
        written(folder, **dict.fromkeys(names, CLEAN))
        process = subprocess.Popen(
            [sys.executable, "-m", "jobready", "migrate", folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while (folder / "train_003.py").read_bytes() == CLEAN:
            time.sleep(0.005)
        process.send_signal(stop)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 128 + stop
        assert "of 300 files; every file is whole" in said
        assert said.count("stopped") == 1
        assert "Traceback" not in said
        found = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert set(found) == {f"{name}.py" for name in names}
        assert set(found.values()) == {CLEAN, CLEAN_AFTER}
        done = {name for name, data in found.items() if data == CLEAN_AFTER}
        assert done == {n for n in found if f"{n}: rewritten" in said}


def test_a_signal_to_the_other_commands(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    command = f"exec {sys.executable} -m jobready check - <{tmp_path}/pipe"
    process = subprocess.Popen(
        ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with (tmp_path / "pipe").open("wb"):  # it starts when this is open, and reads on
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (130, "", "jobready: stopped\n")


def shell(command: str, folder: Path, **environment: str) -> tuple[int, str, str]:
    """What bash says of a command line; ``jobready`` is this Python's."""
    ran = subprocess.run(
        ["bash", "-c", f'jobready() {{ "{sys.executable}" -m jobready "$@"; }}; {command}'],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    out, err = ran.stdout, ran.stderr
    return ran.returncode, out.decode(errors="replace"), err.decode(errors="replace")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("jobready migrate train.py 2>&-", 0),
        ("jobready migrate train.py >&-", 0),
        ("jobready migrate --diff train.py >&- 2>&-", 1),
        ("jobready check train.py >&-", 1),
        ("jobready migrate - <train.py >&-", 2),
        ("jobready check --fix - <train.py >&-", 2),
        ("jobready migrate --check - <train.py >&-", 1),
    ],
)
def test_a_closed_stream(tmp_path: Path, command: str, code: int) -> None:
    written(tmp_path, train=CLEAN)
    returned, out, err = shell(command, tmp_path)
    assert returned == code, out + err
    assert "Traceback" not in out + err


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"s\xff.py")
    try:
        (tmp_path / name).write_bytes(CLEAN)
    except OSError:
        pytest.skip("this file system has no such names")
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    code, out, _ = shell("jobready migrate --diff .", tmp_path, **strict)
    assert (code, out.splitlines()[0]) == (1, r'--- "a/s\377.py"')
    code, out, _ = shell("jobready migrate --output-format=json .", tmp_path, **strict)
    assert (code, json.loads(out)["files"][0]["path"]) == (0, name)


def test_a_character_that_the_terminal_lacks(tmp_path: Path) -> None:
    script = CLEAN.replace(b"0.05", '0.05, help="日é\\ud800"'.encode())
    written(tmp_path, train=script)
    command = "jobready params --output-format=json train.py"
    for encoding in ("cp1252", "utf-8"):
        code, out, _ = shell(command, tmp_path, PYTHONIOENCODING=encoding)
        assert (code, json.loads(out)[0]["help"][::2]) == (0, "日\ud800")


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    command = "mkdir gone && cd gone && rmdir ../gone && jobready check"
    code, out, err = shell(command, tmp_path)
    assert code == 2
    assert out == ""
    assert err == "jobready: the current folder is gone: change to another\n"
