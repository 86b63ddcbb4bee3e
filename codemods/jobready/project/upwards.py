"""The folders above a file, where its settings may be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path


def folder_of(path: Path) -> Path:
    """Return the real path of a folder, or of the folder that a file is in.

    A symlink to a file counts as where the link is: its settings are found there.
    """
    return _folder_of(path.absolute())


@cache
def _folder_of(path: Path) -> Path:
    try:
        return _real(path if path.is_dir() else path.parent)
    except (OSError, RuntimeError, ValueError):  # a loop of symlinks, a NUL in a name
        return path.parent


@cache
def _real(folder: Path) -> Path:
    return folder.resolve()


def folders_up(folder: Path) -> Iterator[Path]:
    """Give the folder and those above it, up to the root of the file system."""
    yield folder
    yield from folder.parents


@cache
def folders_of_repository(folder: Path) -> tuple[Path, ...]:
    """Return the folder and those above it, up to the root of its repository.

    Without a repository they go up to the root of the file system, as the tools whose
    settings are looked for there do.
    """
    found: list[Path] = []
    for above in folders_up(folder):
        found.append(above)
        if exists(above / ".git") or exists(above / ".hg"):
            break
    return tuple(found)


def path_in_repository(path: Path) -> str:
    """Return a file's path from the root of its repository; as it was outside of one."""
    folder = folder_of(path)
    top = folders_of_repository(folder)[-1]
    if not (exists(top / ".git") or exists(top / ".hg")):
        return path.as_posix()
    return (folder / path.name).relative_to(top).as_posix()


def exists(path: Path) -> bool:
    """Whether there is something of this name that we may know of."""
    try:
        return path.exists()
    except OSError:  # in a folder that we may not look into
        return False
