"""Writing: whatever happens, a file is whole, the old one or the new one."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jobready.outcome import Failed, Refused
from jobready.project.files import hard_links, replace_file

OLD = b"x = 1\r\n"
NEW = b"x = 2\r\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A file in a folder of its own."""
    path = tmp_path / "train.py"
    path.write_bytes(OLD)
    return path


def message_of(outcome: Failed | None) -> str:
    """Return what a failure says."""
    assert isinstance(outcome, Failed)
    return outcome.reasons[0].message


def left_alone(script: Path) -> bool:
    """Whether the file is as it was, with nothing beside it."""
    return script.read_bytes() == OLD and names_in(script.parent) == [script.name]


def names_in(folder: Path) -> list[str]:
    """Return what a folder holds."""
    return sorted(path.name for path in folder.iterdir())


def test_the_new_text_takes_the_place_of_the_old(script: Path) -> None:
    assert replace_file(script, NEW, OLD) is None
    assert script.read_bytes() == NEW
    assert names_in(script.parent) == [script.name]


def test_the_mode_is_kept(script: Path) -> None:
    script.chmod(0o4751)
    assert replace_file(script, NEW) is None
    assert stat.S_IMODE(script.stat().st_mode) == 0o4751


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="root gives files")
def test_the_owner_is_kept(script: Path) -> None:
    os.chown(script, 1234, 4321)
    assert replace_file(script, NEW) is None
    assert (script.stat().st_uid, script.stat().st_gid) == (1234, 4321)


def test_a_symlink_stays_a_symlink(script: Path) -> None:
    (script.parent / "links").mkdir()
    link = script.parent / "links" / "train.py"
    link.symlink_to("../train.py")
    assert replace_file(link, NEW, OLD) is None
    assert link.is_symlink()
    assert script.read_bytes() == NEW
    assert names_in(link.parent) == ["train.py"]


def test_a_relative_path(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(script.parent)
    assert replace_file(Path("train.py"), NEW) is None
    assert script.read_bytes() == NEW


@pytest.mark.parametrize("now", [b"x = 3\r\n", OLD + b"# more", b""])
def test_a_file_that_changed_meanwhile_is_not_overwritten(script: Path, now: bytes) -> None:
    script.write_bytes(now)
    assert "changed" in message_of(replace_file(script, NEW, OLD))
    assert script.read_bytes() == now
    assert names_in(script.parent) == [script.name]


def test_a_file_that_is_gone_does_not_come_back(script: Path) -> None:
    script.unlink()
    assert "gone" in message_of(replace_file(script, NEW, OLD))
    assert names_in(script.parent) == []


def test_a_folder_that_took_the_files_place(script: Path) -> None:
    script.unlink()
    script.mkdir()
    assert "no regular file" in message_of(replace_file(script, NEW))


def test_a_loop_of_symlinks(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("a.py")
    assert isinstance(replace_file(tmp_path / "a.py", NEW), Failed)


def test_a_file_with_several_hard_links_is_refused(script: Path) -> None:
    os.link(script, script.parent / "same.py")
    refused = hard_links(script)
    assert isinstance(refused, Refused)
    assert "2 names" in refused.reasons[0].message
    assert isinstance(replace_file(script, NEW), Failed)
    assert script.samefile(script.parent / "same.py")
    assert script.read_bytes() == OLD


def test_a_file_with_one_name_is_not_refused(script: Path) -> None:
    assert hard_links(script) is None
    assert hard_links(script.parent / "missing.py") is None


def test_a_read_only_file_is_left_alone_also_by_root(script: Path) -> None:
    script.chmod(0o444)
    assert "read-only" in message_of(replace_file(script, NEW))
    assert left_alone(script)


def test_a_read_only_folder_is_left_alone_also_by_root(script: Path) -> None:
    script.parent.chmod(0o555)
    try:
        assert "folder is read-only" in message_of(replace_file(script, NEW))
        assert left_alone(script)
    finally:
        script.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_trouble_of_the_disk(
    script: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    assert said in message_of(replace_file(script, NEW))
    assert left_alone(script)


LIMITED = """
import pathlib, resource, sys
from jobready.project.files import replace_file
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
failed = replace_file(pathlib.Path(sys.argv[1]), b"#" * 300_000)
print(failed.reasons[0].message)
"""


def test_a_file_size_limit_leaves_the_old_file(script: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "file size limit" in done.stdout
    assert left_alone(script)


REWRITING = """
import itertools, pathlib, sys
from jobready.project.files import replace_file
print("ready", flush=True)
for letter in itertools.cycle((b"a", b"b")):
    for path in sys.argv[1:]:
        assert replace_file(pathlib.Path(path), letter * 1_500_000) is None
"""


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_file_is_whole_when_the_process_is_stopped(
    tmp_path: Path, stop: signal.Signals
) -> None:
    scripts = [tmp_path / f"{name}.py" for name in "xyz"]
    for pause in (0.03, 0.05, 0.08):
        for script in scripts:
            script.write_bytes(b"a" * 1_500_000)
        process = subprocess.Popen(
            [sys.executable, "-c", REWRITING, *scripts],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(pause)
        process.send_signal(stop)
        process.communicate()
        for script in scripts:
            data = script.read_bytes()
            assert data in (b"a" * 1_500_000, b"b" * 1_500_000), script
    if stop == signal.SIGINT:
        assert names_in(tmp_path) == ["x.py", "y.py", "z.py"]
