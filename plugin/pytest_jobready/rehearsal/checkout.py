"""What a commit holds, as a folder of its own: what somebody gets who clones it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jobready.jobs.git import LEAD_ASTRAY, Repository, read_repository
from pytest_jobready.rehearsal.copying import Copying
from pytest_jobready.rehearsal.git_folder import make_git_folder
from pytest_jobready.rehearsal.take import CannotRehearseError

HELD = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD")
CHANGED = ("diff", "-z", "--name-only", "--no-renames", "--ignore-submodules", "HEAD")


def check_out(folder: Path, into: Path) -> Path:
    """Where ``folder``, which lies in a repository, is in a checkout of its HEAD.

    The checkout is a repository with the same remotes and commit, in a folder of the same
    name, and is made once below ``into``, whoever asks. What the working tree has like the
    commit is taken from there, so that large files are linked to, and those that git keeps
    elsewhere (LFS) are themselves. What git ignores or doesn't know is not there.

    Raises `CannotRehearseError` where there is no commit.
    """
    repository = read_repository(folder)
    if not isinstance(repository, Repository) or repository.commit is None:
        raise CannotRehearseError(f'checkout = "HEAD": there is no commit in {folder}')
    original = Path(repository.root).resolve()
    place = into / f"checkout-{repository.commit}" / (original.name or "root")
    if not place.exists():
        _make(repository, original, place)
    return place / folder.resolve().relative_to(original)


def _make(repository: Repository, original: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    top = Path(tempfile.mkdtemp(dir=place.parent))
    copying = Copying(original, top)
    changed = set(_names(original, CHANGED))
    written = []
    for name in _names(original, HELD):
        if name in changed or not os.path.lexists(original / name):
            written.append(name)
        else:
            copying.file(name)
    make_git_folder(repository, original, top)
    _git(top, ("read-tree", "HEAD"))
    names = b"".join(os.fsencode(name) + b"\0" for name in written)
    _git(top, ("checkout-index", "-f", "-z", "--stdin"), names)
    try:
        top.rename(place)
    except OSError:  # another worker was faster
        if not place.exists():
            raise


def _names(folder: Path, question: Sequence[str]) -> list[str]:
    # The names are from the root of the repository, also where this is run in a folder.
    return [os.fsdecode(name) for name in _git(folder, question).split(b"\0") if name]


def _git(folder: Path, words: Sequence[str], given: bytes = b"") -> bytes:
    env = {k: v for k, v in os.environ.items() if k not in LEAD_ASTRAY}
    env["GIT_LFS_SKIP_SMUDGE"] = "1"  # which would fetch
    said = subprocess.run(
        ["git", *words], cwd=folder, env=env, input=given, capture_output=True
    )
    if said.returncode:
        complaint = said.stderr.decode(errors="replace").strip()
        raise CannotRehearseError(f"git {words[0]} failed in {folder}: {complaint}")
    return said.stdout
