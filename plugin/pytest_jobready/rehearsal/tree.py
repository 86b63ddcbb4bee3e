"""A temporary copy of a working tree, for a script to read and to write in."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobready.jobs.git import LEAD_ASTRAY, Repository, read_repository
from pytest_jobready.rehearsal.copying import Copying
from pytest_jobready.rehearsal.git_folder import make_git_folder
from pytest_jobready.rehearsal.take import CannotRehearseError, Take

LISTED = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
IGNORED = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")


@dataclass(frozen=True)
class Tree:
    """Where a script is run: ``top`` is ``original`` itself, or a copy of it.

    ``cwd`` is the folder that the script is started in.
    """

    original: Path
    top: Path
    cwd: Path

    def inside(self, path: Path) -> Path:
        """Where a path of the original is in this tree."""
        return self.top / path.relative_to(self.original)

    def moved(self, value: Any) -> Any:
        """A value with the original's paths leading into this tree; also in containers."""
        return _replaced(value, str(self.original), str(self.top))

    def told(self, value: Any) -> Any:
        """A value with this tree's paths as those of the original."""
        return _replaced(value, str(self.top), str(self.original))

    def told_json(self, text: str) -> str:
        """The same in the text of a JSON document."""
        here, there = (json.dumps(str(p))[1:-1] for p in (self.top, self.original))
        return str(_replaced(text, here, there))


def make_tree(take: Take, into: Path) -> Tree:
    """The tree that a take runs in, made below ``into`` unless it runs in place.

    It is the repository that the script is in, as git lists it, with the same remotes and
    commit; else its root. What git ignores is there too, as data may be among it.
    """
    script = take.script.resolve()
    if not script.is_file():
        raise CannotRehearseError(f"{take.script}: there is no such script")
    folder = (take.root or script.parent).resolve()
    if not script.is_relative_to(folder):
        raise CannotRehearseError(f"{take.script} is not below {take.root}")
    repository = read_repository(folder)
    if isinstance(repository, Repository):
        original = Path(repository.root).resolve()
        cwd = folder if take.root else original
    else:
        original = cwd = folder
    if take.in_place:
        return Tree(original, original, cwd)
    top = into / (original.name or "root")
    top.mkdir()
    copying = Copying(original, top)
    if isinstance(repository, Repository):
        for name in _asked(original, *LISTED):
            copying.file(name)
        for name in _asked(original, *IGNORED):
            copying.ignored(name.rstrip("/"))
        make_git_folder(repository, original, top)
    else:
        copying.folder("")
    tree = Tree(original, top, top / cwd.relative_to(original))
    tree.cwd.mkdir(parents=True, exist_ok=True)
    if not tree.inside(script).exists():  # ignored, in a folder that isn't copied
        copying.file(str(script.relative_to(original)))
    return tree


def _asked(folder: Path, *question: str) -> Iterator[str]:
    env = {k: v for k, v in os.environ.items() if k not in LEAD_ASTRAY}
    said = subprocess.run(["git", *question], cwd=folder, env=env, capture_output=True)
    if said.returncode:
        complaint = said.stderr.decode(errors="replace").strip()
        raise CannotRehearseError(f"git ls-files failed in {folder}: {complaint}")
    yield from dict.fromkeys(os.fsdecode(n) for n in said.stdout.split(b"\0") if n)


def _replaced(value: Any, before: str, after: str) -> Any:
    if before == after:
        return value
    if isinstance(value, str):
        whole = re.escape(before) + r"(?![\w.-])"
        return re.sub(whole, lambda _: after, value) if before in value else value
    if isinstance(value, Mapping):
        return {k: _replaced(v, before, after) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_replaced(v, before, after) for v in value)
    return value
