"""Repositories of every kind: what git says of them, and what they can't make it do."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import version as installed
from pathlib import Path

import pytest

from jobready.jobs.git import (
    NoRepository,
    Repository,
    State,
    is_committed,
    read_repository,
    read_state,
)
from jobready.jobs.model import Interpreter
from jobready.jobs.versions import parse_version
from tests.jobs.case import HTTPS, SCRIPT, git
from tests.jobs.predicting import difference, predicted
from tests.jobs.sdk import Started, capture, environment_of

TEXT = SCRIPT.format(before="", init="", after="")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a script, a commit and a remote."""
    root = tmp_path.resolve() / "repo"
    root.mkdir()
    (root / "train.py").write_text(TEXT)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    git(root, "remote", "add", "origin", HTTPS)
    return root


def read(folder: Path) -> Repository:
    found = read_repository(folder)
    assert isinstance(found, Repository), found
    return found


def state(root: Path, path: str | None = None) -> State:
    return read_state(read(root), "origin", path)


def reason(folder: Path) -> str:
    found = read_repository(folder)
    assert isinstance(found, NoRepository)
    return found.reason


def head_of(root: Path) -> str:
    return (root / ".git/refs/heads/main").read_text().strip()


def test_a_repository(repository: Path) -> None:
    found = read(repository)
    assert found.root == str(repository)
    assert found.commit == head_of(repository)
    assert found.remotes == {"origin": HTTPS}


def test_a_folder_below_the_root(repository: Path) -> None:
    (repository / "a" / "b").mkdir(parents=True)
    assert read(repository / "a" / "b").root == str(repository)


def test_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert read(tmp_path).commit is None


def test_a_name_with_dots_and_the_last_of_several_addresses(repository: Path) -> None:
    git(repository, "config", "--add", "remote.a.b.url", "one")
    git(repository, "config", "--add", "remote.a.b.url", "two")
    assert read(repository).remotes["a.b"] == "two"


def test_an_address_is_not_in_the_repr(repository: Path) -> None:
    git(repository, "remote", "set-url", "origin", "https://user:hunter2@host/r")
    assert "hunter2" not in repr(read(repository))


def detached(root: Path) -> Path:
    git(root, "checkout", "-q", "--detach")
    return root


def without_branches(root: Path) -> Path:
    """As a CI system checks out a commit: on no branch, and with no other."""
    git(root, "checkout", "-q", "--detach")
    git(root, "branch", "-q", "-D", "main")
    return root


def packed(root: Path) -> Path:
    git(root, "pack-refs", "--all")
    return root


def worktree(root: Path) -> Path:
    git(root, "worktree", "add", "-q", "../other", "-b", "other")
    return root.parent / "other"


def submodule(root: Path) -> Path:
    outer = root.parent / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    allowed = ("-c", "protocol.file.allow=always")
    git(outer, *allowed, "submodule", "add", "-q", str(root), "inner")
    git(outer / "inner", "remote", "set-url", "origin", HTTPS)
    return outer / "inner"


def conditional(root: Path) -> Path:
    git(root, "remote", "remove", "origin")
    (root / "more").write_text(f'[remote "origin"]\n\turl = {HTTPS}\n')
    git(root, "config", "include.path", "../more")
    return root


KINDS = [detached, without_branches, packed, worktree, submodule, conditional]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_kinds_of_checkouts(repository: Path, kind: Callable[[Path], Path]) -> None:
    commit = head_of(repository)
    root = kind(repository)
    found = read(root)
    assert (found.root, found.commit, found.remotes["origin"]) == (str(root), commit, HTTPS)


def test_the_sdk_agrees_about_every_kind_of_checkout(
    repository: Path, tmp_path: Path
) -> None:
    base = tmp_path.resolve()
    started = []
    for kind in KINDS:
        folder = base / f"for-{kind.__name__}"
        folder.mkdir()
        shutil.copytree(repository, folder / "repo")
        root = kind(folder / "repo")
        started.append(Started(kind.__name__, root, root / "train.py"))
    # Started through a symlink to its folder, a script is outside of the repository.
    (base / "link").symlink_to(repository)
    started.append(Started("symlink", repository, base / "link" / "train.py"))
    (repository / "alias.py").symlink_to("train.py")
    started.append(Started("symlinked file", repository, repository / "alias.py"))
    number = parse_version(installed("wandb"))
    assert number is not None
    python = Interpreter(
        platform.python_version(),
        platform.python_implementation(),
        Path(sys.executable).name,
    )
    captured = capture(started, base)
    for each in started:
        environ = environment_of(base, each.env)
        prediction = predicted(each, TEXT, number, python, environ)
        assert difference(prediction, captured[each.case]) is None


# -- what is not a repository


def test_a_folder_that_is_in_none(tmp_path: Path) -> None:
    assert reason(tmp_path) == f"{tmp_path} is not in a git repository"


def test_a_bare_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare")
    assert "bare repository" in reason(tmp_path)


def test_a_configuration_that_can_not_be_read(repository: Path) -> None:
    with (repository / ".git/config").open("a") as config:
        config.write('[remote "x"\nurl = https://user:hunter2@host\n')
    assert "can't read the configuration" in reason(repository)
    assert "hunter2" not in reason(repository)


def test_git_is_not_installed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert "git is not installed" in reason(repository)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    assert "there is no folder" in reason(tmp_path / "gone")


def test_a_repository_of_somebody_else(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "somebody else's" in reason(repository)


def test_variables_that_lead_elsewhere_do_not(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert read(repository).root == str(repository)


# -- what a job would not have


def test_a_clean_checkout(repository: Path) -> None:
    assert state(repository, "train.py") == State((), None, committed=True)


def test_changes_that_are_not_committed(repository: Path) -> None:
    (repository / "train.py").write_text("changed\n")
    (repository / "untracked.py").write_text("")
    assert state(repository).changed == ("train.py",)


def test_a_script_that_is_not_committed(repository: Path) -> None:
    (repository / "new.py").write_text("")
    assert state(repository, "new.py").committed is False
    assert not is_committed(read(repository), "new.py")
    assert is_committed(read(repository), "train.py")


def test_a_commit_that_is_pushed_and_one_that_is_not(repository: Path) -> None:
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert state(repository).pushed is True
    git(repository, "commit", "-q", "--allow-empty", "-m", "more")
    assert state(repository).pushed is False


def test_nothing_is_known_of_a_remote_that_nobody_fetched(repository: Path) -> None:
    git(repository, "update-ref", "refs/remotes/other/main", "HEAD")
    assert state(repository).pushed is None


# -- what a repository may not do


def trap(folder: Path) -> tuple[Path, Path]:
    """A program that leaves a trace when it is run: the program and the trace."""
    program, trace = folder / "trap.sh", folder / "trace"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(0o755)
    return program, trace


def test_its_configuration_runs_nothing(repository: Path, tmp_path: Path) -> None:
    program, trace = trap(tmp_path)
    for key in (
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "diff.external",
        "filter.evil.clean",
        "filter.evil.process",
        "filter.evil.smudge",
    ):
        git(repository, "config", key, str(program))
    git(repository, "config", "filter.evil.required", "true")
    (repository / ".gitattributes").write_text("* filter=evil\n")
    hooks = repository / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(program, hooks / hook)
    git(repository, "config", "core.hooksPath", str(hooks))
    os.utime(repository / "train.py", (1, 1))  # so that git must look inside
    read(repository)
    state(repository, "train.py")
    assert not trace.exists()


def test_the_trap_is_one(repository: Path, tmp_path: Path) -> None:
    program, trace = trap(tmp_path)
    git(repository, "config", "core.fsmonitor", str(program))
    git(repository, "status")
    assert trace.exists()


def test_nothing_is_written(repository: Path) -> None:
    os.utime(repository / "train.py", (1, 1))
    index = (repository / ".git/index").read_bytes()
    read(repository)
    state(repository, "train.py")
    assert (repository / ".git/index").read_bytes() == index
