"""Copying a folder: what is small is copied, what is large is linked to."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

LARGE = 4 * 1024 * 1024  # bytes of a file that is linked to
MANY = 400  # entries of a folder that is linked to as a whole
MOST_BYTES = 256 * 1024 * 1024  # after so much, the rest is linked to
# What no script reads, or reads only by being run: caches, environments, earlier runs.
PASSED_OVER = frozenset(
    (
        *(".git", ".hg", ".svn", "__pycache__", "node_modules", "wandb"),
        *(".eggs", ".hypothesis", ".jobready_cache", ".mypy_cache"),
        *(".nox", ".pytest_cache", ".ruff_cache", ".tox"),
    )
)
ENVIRONMENT = ("pyvenv.cfg", "conda-meta")


class Copying:
    """Brings what lies in ``original`` to ``copy``; names are relative to both."""

    def __init__(self, original: Path, copy: Path) -> None:
        self.original = original
        self.copy = copy
        self.bytes = 0

    def file(self, name: str) -> None:
        """One entry that is wanted; a folder is a repository within the repository."""
        source, target = self.original / name, self.copy / name
        if source.is_symlink():
            self._symlink(source, target)
        elif source.is_dir():
            self.folder(name)
        elif source.is_file():
            self._file(source, target)

    def ignored(self, name: str) -> None:
        """An entry that git ignores: left out where it is no data."""
        source = self.original / name
        if source.name in PASSED_OVER or source.name.startswith(".env"):
            # Secrets may be in .env: they are read where they are, and not spread.
            if source.is_file():
                self._link(source, self.copy / name)
            return
        self.file(name)

    def folder(self, name: str) -> None:
        """All of a folder, unless it is an environment."""
        source, target = self.original / name, self.copy / name
        if any((source / sign).exists() for sign in ENVIRONMENT):
            return
        try:
            entries = sorted(each.name for each in source.iterdir())
        except OSError:
            return
        if len(entries) > MANY and name:
            self._link(source, target)
            return
        target.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            self.ignored(os.path.join(name, entry))  # noqa: PTH118

    def _file(self, source: Path, target: Path) -> None:
        size = source.stat().st_size
        if size > LARGE or self.bytes + size > MOST_BYTES:
            self._link(source, target)
            return
        self.bytes += size
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # unreadable: the script will say so itself
            shutil.copy2(source, target)

    def _symlink(self, source: Path, target: Path) -> None:
        """A link that leads elsewhere in the tree does so in the copy, too."""
        to = source.readlink()
        real = source.resolve()
        if to.is_absolute() or not real.is_relative_to(self.original):
            self._link(real, target)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            target.symlink_to(to, target_is_directory=real.is_dir())

    def _link(self, source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.symlink_to(source, target_is_directory=source.is_dir())
        except OSError:
            _without_symlinks(source, target)


def _without_symlinks(source: Path, target: Path) -> None:
    """Where the system grants them to few, as Windows does."""
    if source.is_dir():
        try:
            import _winapi

            _winapi.CreateJunction(str(source), str(target))  # type: ignore[attr-defined,unused-ignore]
        except (ImportError, OSError):
            shutil.copytree(source, target, dirs_exist_ok=True)
        return
    shutil.copy2(source, target)
