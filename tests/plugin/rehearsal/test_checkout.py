"""The commit as a folder: what somebody gets who clones it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_jobready.rehearsal import CannotRehearseError, copying
from pytest_jobready.rehearsal.checkout import check_out
from tests.plugin.rehearsal.repository import git, repository
from tests.plugin.rehearsal.test_tree import names


def test_it_has_what_is_committed_and_nothing_else(tmp_path: Path) -> None:
    files = {"train.py": "1", "lib/a.py": "", "gone.py": "2", ".gitignore": "data/\n"}
    root = repository(tmp_path / "shop", files)
    (root / "train.py").write_text("changed")
    (root / "gone.py").unlink()
    (root / "forgotten.py").write_text("")
    (root / "data").mkdir()
    (root / "data" / "x").write_text("")
    found = check_out(root, tmp_path / "shared")
    assert names(found) == {"train.py", "lib", "lib/a.py", "gone.py", ".gitignore"}
    assert (found / "train.py").read_text() == "1"
    assert found.name == "shop"


def test_git_knows_the_same_commit_and_remotes_and_no_changes(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"train.py": "1"})
    (root / "train.py").write_text("2")
    git(root, "add", ".")
    found = check_out(root, tmp_path / "shared")
    for question in (("rev-parse", "HEAD"), ("remote", "get-url", "origin")):
        assert git(found, *question) == git(root, *question)
    assert git(found, "status", "--porcelain") == ""


def test_it_is_made_once(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"src/train.py": "1"})
    first = check_out(root, tmp_path / "shared")
    assert check_out(root / "src", tmp_path / "shared") == first / "src"
    git(root, "commit", "-q", "--allow-empty", "-m", "second")
    assert check_out(root, tmp_path / "shared") != first


def test_large_files_are_linked_to_unless_they_were_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LARGE", 10)
    root = repository(tmp_path / "shop", {"same": "x" * 11, "other": "x" * 12})
    (root / "other").write_text("y" * 12)
    found = check_out(root, tmp_path / "shared")
    assert (found / "same").readlink() == root / "same"
    assert (found / "other").read_text() == "x" * 12


def test_line_ends_are_those_of_a_checkout(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {".gitattributes": "*.bat eol=crlf\n"})
    (root / "a.bat").write_bytes(b"x\r\n")
    git(root, "add", ".")
    git(root, "commit", "-qm", "second")
    (root / "a.bat").write_bytes(b"changed\r\n")
    found = check_out(root, tmp_path / "shared")
    assert (found / "a.bat").read_bytes() == b"x\r\n"


def test_before_the_first_commit_there_is_nothing_to_rehearse(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    git(root, "init", "-q")
    for folder in (root, tmp_path):
        with pytest.raises(CannotRehearseError, match="there is no commit"):
            check_out(folder, tmp_path / "shared")
