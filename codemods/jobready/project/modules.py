"""Finding the files of a repository that its scripts import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from itertools import islice
from pathlib import Path

from jobready.project.search_path import Entry, entry_of
from jobready.project.upwards import exists, folder_of, folders_of_repository

MOST = 100  # modules that a name may stand for
# What a folder has that pip can install.
INSTALLED_BY = ("pyproject.toml", "setup.py", "setup.cfg")


def imported_file(
    dotted: str, importer: Path, entry: Path, planned: frozenset[Path] = frozenset()
) -> Path | None:
    """Return the file that a module's name stands for, None for one of elsewhere.

    ``dotted`` has a dot at its start for each level of a relative import, which is looked
    up from ``importer``, the file that it stands in. Other names are looked up as Python
    does for ``entry``, the script that is run, and as it does where the repository is
    installed or on the path: beside the script, at the root, in ``src``, beside the
    outermost package that the importer is in, and in the project around the script. A
    script that is started inside of a package (``python -m training.main``) may call the
    part that it is in itself by the short name.
    ``planned`` are files that count as there.
    """
    return imported_from(dotted, folder_of(importer), entry_of(entry), planned)


@cache
def imported_from(
    dotted: str, importer: Path, entry: Entry, planned: frozenset[Path]
) -> Path | None:
    """Return the same where the importer is in this (real) folder.

    What the script itself puts on ``sys.path`` is looked into as well.
    """
    name = dotted.lstrip(".")
    parts = name.split(".") if name else []
    level = len(dotted) - len(name)
    if level:
        for _ in range(level - 1):
            importer = importer.parent
        return _module_in(importer, tuple(parts), planned)
    for folder in _search_path(importer, entry):
        found = _module_in(folder, tuple(parts), planned)
        if found is not None:
            return found
    own = _own_package(entry.folder, parts[0]) if parts else None
    return None if own is None else _module_in(own.parent, tuple(parts), planned)


@cache
def may_be_here(
    dotted: str, importer: Path, entry: Entry, planned: frozenset[Path]
) -> bool:
    """Whether a module, or one inside it, may be found by `imported_from`."""
    if planned or dotted.startswith("."):
        return True
    top = dotted.partition(".")[0]
    if any(_holds(folder, top) for folder in _search_path(importer, entry)):
        return True
    return _own_package(entry.folder, top) is not None


@cache
def modules_like(
    dotted: str, importer: Path, entry: Entry, planned: frozenset[Path]
) -> tuple[str, ...]:
    """Return the modules whose name has any text without a dot for each ``*``.

    They are looked for in the folders of the package that the name begins with, as those
    of `imported_from` are; there are none where it begins with a ``*``, or of too many.
    """
    first, *others = dotted.split(".")
    found = [first] if "*" not in first else []
    for part in others:
        below = [
            (f, [part] if "*" not in part else _below(f, importer, entry)) for f in found
        ]
        found = [f"{f}.{n}" for f, names in below for n in names if fnmatchcase(n, part)]
    found = found if len(found) <= MOST else []
    return tuple(n for n in found if imported_from(n, importer, entry, planned))


def _below(dotted: str, importer: Path, entry: Entry) -> list[str]:
    """Return the names of what is in the folders of a package."""
    name = dotted.lstrip(".")
    level = len(dotted) - len(name) + (not name)
    folders = [importer]
    if level:
        folders = [importer, *importer.parents][level - 1 : level]
    else:
        own = _own_package(entry.folder, name.partition(".")[0])
        folders = [*_search_path(importer, entry), *([own.parent] if own else [])]
    inside = [folder.joinpath(*filter(None, name.split("."))) for folder in folders]
    names = {each.removesuffix(".py") for folder in inside for each in _names_in(folder)}
    return sorted(n for n in names if n.isidentifier() and not n.startswith("__"))


def look_again() -> None:
    """Forget what folders held: a module has been created."""
    found = (imported_from, may_be_here, modules_like, _search_path, _own_packages)
    for known in (*found, _module_in, _names_in):
        known.cache_clear()


@cache
def _search_path(importer: Path, entry: Entry) -> tuple[Path, ...]:
    folder = entry.folder
    around = folders_of_repository(folder)
    root = around[-1]
    found = [*entry.before, outermost_package(folder), outermost_package(importer)]
    projects = (f for f in around if any(exists(f / name) for name in INSTALLED_BY))
    for project in islice(projects, 1):
        found += [project, project / "src"]
    if (root / ".git").exists() or (root / ".hg").exists():
        found += [root, root / "src"]
    found += entry.behind
    return tuple(dict.fromkeys(found))


def _own_package(entry: Path, name: str) -> Path | None:
    """Return the package of that name that a script is in, which another package holds."""
    return _own_packages(entry).get(name)


@cache
def _own_packages(entry: Path) -> Mapping[str, Path]:
    outermost = outermost_package(entry)
    inside = [f for f in (entry, *entry.parents) if outermost in f.parent.parents]
    return {folder.name: folder for folder in reversed(inside)}  # the nearest counts


def outermost_package(folder: Path) -> Path:
    """Return the folder that holds the outermost package which a folder is part of."""
    while (folder / "__init__.py").exists() and folder.parent != folder:
        folder = folder.parent
    return folder


@cache
def _module_in(
    folder: Path, parts: tuple[str, ...], planned: frozenset[Path]
) -> Path | None:
    if parts and not planned and not _holds(folder, parts[0]):
        return None  # where most imports end, which are of what is installed
    place = folder.joinpath(*parts)
    package = place / "__init__.py"
    if parts:
        found = place.with_name(f"{place.name}.py")
        if found in planned or found.is_file():
            return package if package.is_file() else found  # as Python prefers it
    return package if package.is_file() else None


def _holds(folder: Path, name: str) -> bool:
    """Whether there may be a package, or a module, of that name in a folder."""
    there = _names_in(folder)
    return name in there or f"{name}.py" in there


@cache
def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names will do
    except OSError:
        return frozenset()
