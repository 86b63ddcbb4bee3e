"""Asking git about a repository, without letting the repository run anything."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

SECONDS = 20.0  # that git may take
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# A repository's configuration can name programs; what is asked for here needs none.
SAFE = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.untrackedCache=false",
    "-c",
    "submodule.recurse=false",
)
# Variables that lead git elsewhere than to the repository of the folder it runs in.
LEAD_ASTRAY = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE")
)
LISTS = ("ls-tree", "--name-only", "-z", "HEAD", "--")
REMOTES = r"^(remote\..*\.url|filter\..*\.(clean|process))$"


@dataclass(frozen=True)
class Repository:
    """A repository as it is checked out.

    ``root`` is the folder at its top, ``commit`` None before the first. ``remotes`` are
    the addresses as they are configured, which may hold credentials: they are handed to
    `remote.recorded` and never shown. ``filters`` are the names of its content filters.
    """

    root: str
    commit: str | None
    remotes: Mapping[str, str] = field(default_factory=dict, repr=False)
    filters: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class NoRepository:
    """There is none; ``reason`` says why, as the middle of a sentence."""

    reason: str


@dataclass(frozen=True)
class State:
    """What of a checkout a job would not have.

    ``changed`` are tracked files that differ from the commit, up to `SHOWN` of them;
    ``pushed`` says whether a branch of the remote holds the commit, as far as is known
    here, and is None where nothing is known of the remote's branches. ``committed`` says
    whether the commit holds the script, None where nobody asked.
    """

    changed: tuple[str, ...]
    pushed: bool | None
    committed: bool | None = None


SHOWN = 20


def read_repository(folder: Path) -> Repository | NoRepository:
    """The repository that a folder is in; two calls of git, side by side."""
    known, configured = _ask(
        folder,
        ("rev-parse", "--show-toplevel", "HEAD"),
        ("config", "--null", "--get-regexp", REMOTES),
    )
    if isinstance(known, NoRepository):
        return known
    if isinstance(configured, NoRepository):
        return configured
    lines = known.printed.splitlines()
    if not lines:
        return NoRepository(_said(known.complained, folder))
    commit = lines.pop() if COMMIT.fullmatch(lines[-1]) else None
    # Where HEAD leads nowhere, git says HEAD after the folder.
    root = "\n".join(line for line in lines if line != "HEAD")
    remotes: dict[str, str] = {}
    filters: list[str] = []
    for entry in configured.printed.split("\0"):
        key, newline, value = entry.partition("\n")
        if not newline:
            continue
        section, _, name = key.partition(".")
        name = name.rpartition(".")[0]
        if section == "remote":
            remotes[name] = value.strip()  # of several, git and the SDK take the last
        elif name not in filters:
            filters.append(name)
    return Repository(root, commit, remotes, tuple(filters))


def read_state(repository: Repository, remote: str, path: str | None = None) -> State:
    """What of a checkout a job would not have; four calls of git, side by side.

    ``path`` is the script's, relative to the root.
    """
    # A content filter is a program that the repository's configuration names.
    unfiltered = [
        word
        for name in repository.filters
        for kind in ("clean", "process")
        for word in ("-c", f"filter.{name}.{kind}=", "-c", f"filter.{name}.required=false")
    ]
    branches = ("for-each-ref", "--count=1", f"refs/remotes/{remote}")
    status, known, holding, listed = _ask(
        Path(repository.root),
        (
            *unfiltered,
            "status",
            "--porcelain",
            "-z",
            "--untracked-files=no",
            "--ignore-submodules=dirty",
            "--no-renames",
        ),
        branches,
        (*branches, "--contains=HEAD"),
        (*LISTS, path or "."),
    )
    changed = tuple(entry[3:] for entry in _printed(status).split("\0") if entry)
    return State(
        changed[:SHOWN],
        pushed=bool(_printed(holding)) if _printed(known) else None,
        committed=None if path is None else bool(_printed(listed)),
    )


def is_committed(repository: Repository, path: str) -> bool:
    """Whether the commit holds a file, whose path is relative to the root."""
    (listed,) = _ask(Path(repository.root), (*LISTS, path))
    return bool(_printed(listed))


@dataclass(frozen=True)
class _Answer:
    """What git printed, and what it complained of."""

    printed: str
    complained: str


def _printed(answer: _Answer | NoRepository) -> str:
    return answer.printed if isinstance(answer, _Answer) else ""


def _ask(folder: Path, *questions: tuple[str, ...]) -> list[_Answer | NoRepository]:
    """Run git in a folder once for each question, all at once; nobody sees its output."""
    import subprocess  # 10 ms, for those who ask git

    program = os.environ.get("GIT_PYTHON_GIT_EXECUTABLE") or "git"  # as for the SDK
    environment = {k: v for k, v in os.environ.items() if k not in LEAD_ASTRAY}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    running: list[subprocess.Popen[str] | NoRepository] = []
    for question in questions:
        try:
            running.append(
                subprocess.Popen(
                    [program, *SAFE, *question],
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    errors="replace",
                )
            )
        except OSError as error:
            running.append(_not_run(error, folder))
    return [each if isinstance(each, NoRepository) else _answer(each) for each in running]


def _answer(process: subprocess.Popen[str]) -> _Answer | NoRepository:
    import subprocess

    with process:
        try:
            return _Answer(*process.communicate(timeout=SECONDS))
        except subprocess.TimeoutExpired:
            process.kill()
            return NoRepository(f"git did not answer within {SECONDS:.0f} seconds")


def _not_run(error: OSError, folder: Path) -> NoRepository:
    if not folder.is_dir():
        return NoRepository(f"there is no folder {folder}")
    if isinstance(error, FileNotFoundError):
        return NoRepository("git is not installed: install it, or put it on PATH")
    return NoRepository(f"git could not be run: {error.strerror}")


def _said(stderr: str, folder: Path) -> str:
    """Why git found no repository, in words that hold nothing of its configuration."""
    if "dubious ownership" in stderr:
        return (
            f"git refuses the repository of {folder}, which is somebody else's: "
            "git config --global --add safe.directory"
        )
    if "must be run in a work tree" in stderr:
        return f"{folder} is in a bare repository, which has no files"
    if "bad config" in stderr or "bad numeric" in stderr or "unable to access" in stderr:
        return f"git can't read the configuration of the repository of {folder}"
    return f"{folder} is not in a git repository"
