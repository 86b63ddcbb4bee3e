"""The .git folder of a copy: the same remotes, commit and index, but no objects."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from jobready.jobs.git import LEAD_ASTRAY, Repository
from jobready.jobs.remote import Remote, recorded
from jobready.jobs.versions import OWN_GIT

ASKED = ("objects", "index", "HEAD", "shallow")
BRANCH = re.compile(r"ref: (refs/heads/(?!\.invalid)\S+)\s*")


def make_git_folder(repository: Repository, original: Path, copy: Path) -> None:
    """Make ``copy`` a repository like the one at ``original``.

    A remote loses its password, as it does where the SDK records it, so that no
    credential is written anywhere. Hooks, filters and includes stay behind.
    """
    paths = _paths(original)
    folder = copy / ".git"
    (folder / "objects" / "info").mkdir(parents=True)
    (folder / "refs" / "heads").mkdir(parents=True)
    alternates = folder / "objects" / "info" / "alternates"
    alternates.write_text(f"{paths['objects'].as_posix()}\n", encoding="utf-8")
    for name in ("index", "shallow"):
        if paths[name].is_file():
            shutil.copy2(paths[name], folder / name)
    head = paths["HEAD"].read_text(encoding="utf-8") if paths["HEAD"].is_file() else ""
    branch = BRANCH.fullmatch(head)
    if branch is None:
        head = f"{repository.commit}\n" if repository.commit else "ref: refs/heads/main\n"
    elif repository.commit:
        reference = folder / branch[1]
        reference.parent.mkdir(parents=True, exist_ok=True)
        reference.write_text(f"{repository.commit}\n", encoding="utf-8")
    (folder / "HEAD").write_text(head, encoding="utf-8")
    (folder / "config").write_text(_config(repository), encoding="utf-8")


def _paths(original: Path) -> dict[str, Path]:
    words = [word for name in ASKED for word in ("--git-path", name)]
    said = subprocess.run(
        ["git", "rev-parse", *words],
        cwd=original,
        env={k: v for k, v in os.environ.items() if k not in LEAD_ASTRAY},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
    )
    lines = said.stdout.splitlines()
    return {n: (original / line) for n, line in zip(ASKED, lines, strict=True)}


def _config(repository: Repository) -> str:
    sha256 = len(repository.commit or "") == 64
    lines = [
        "[core]",
        f"\trepositoryformatversion = {int(sha256)}",
        "\tbare = false",
        *(["[extensions]", "\tobjectformat = sha256"] if sha256 else []),
    ]
    for name, url in repository.remotes.items():
        remote = recorded(url, OWN_GIT)
        if isinstance(remote, Remote):
            lines += [f'[remote "{_escaped(name)}"]', f"\turl = {_value(remote.url)}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _value(url: str) -> str:
    # Older SDKs read the file by GitPython, which leaves quotes in place.
    return f'"{_escaped(url)}"' if re.search(r'[#;"\\]', url) else url
