"""Scripts in their repositories, as many as there are ways to become a job or none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.jobs.sdk import Started

HTTPS = "https://github.com/acme/repo.git"
SCRIPT = "import wandb\n\n{before}run = wandb.init({init})\n{after}run.finish()\n"


@dataclass(frozen=True)
class Case:
    """One script, how it is started, and what is around it.

    ``git`` is False for a folder without a repository. ``remotes`` are written into its
    configuration as they are; ``config`` is more of that. ``cwd`` and ``script`` are
    relative to the root of the repository.
    """

    name: str
    remote: str | None = HTTPS
    script: str = "src/train.py"
    cwd: str = "."
    module: str | None = None
    init: str = ""
    before: str = ""
    after: str = ""
    env: Mapping[str, str | None] = field(default_factory=dict)
    git: bool = True
    commit: bool = True
    remotes: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    folder: str = "folder"
    since: str = "0.13.8"

    @property
    def text(self) -> str:
        """The script."""
        return SCRIPT.format(before=self.before, init=self.init, after=self.after)


def git(folder: Path, *words: str) -> None:
    """One git command, with nobody's configuration."""
    subprocess.run(
        ["git", "-c", "user.name=n", "-c", "user.email=e@x", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
    )


def template(folder: Path) -> Path:
    """A repository with one commit, to be copied: a case costs no git of its own."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "README").write_text("a repository\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder / ".git"


def build(case: Case, number: int, base: Path, repository: Path) -> Started:
    """Make the files of a case under ``base`` and say how it is started."""
    root = base / f"c{number}" / case.folder
    path = root / case.script
    path.parent.mkdir(parents=True)
    (root / case.cwd).mkdir(parents=True, exist_ok=True)
    path.write_text(case.text, encoding="utf-8")
    for name, text in case.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    if case.git:
        if case.commit:
            shutil.copytree(repository, root / ".git")
        else:
            git(root, "init", "-q", "-b", "main")
        remote = ""
        if case.remote is not None:
            value = case.remote.replace("\\", "\\\\").replace('"', '\\"')
            remote = f'[remote "origin"]\n\turl = "{value}"\n'
        with (root / ".git" / "config").open("a", encoding="utf-8") as config:
            config.write(f"{remote}{case.remotes}")
    cwd = (root / case.cwd).resolve()
    env = {
        key: None if value is None else value.replace("{root}", str(root))
        for key, value in case.env.items()
    }
    # Python makes the path of a script absolute, and leaves dots in it (since 3.9).
    started = None if case.module else cwd / os.path.relpath(path, cwd)
    return Started(case.name, cwd, started, case.module, env)
