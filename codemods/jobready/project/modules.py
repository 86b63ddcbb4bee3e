"""Finding the files of a repository that its scripts import."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jobready.project.upwards import folder_of, folders_of_repository

# What the root of a repository has, and the folder of a project that can be installed.
REPOSITORY = (".git", ".hg")
PROJECT = ("pyproject.toml", "setup.py", "setup.cfg")


def imported_file(dotted: str, importer: Path, entry: Path) -> Path | None:
    """Return the file that a module's name stands for, None for one of elsewhere.

    ``dotted`` has a dot at its start for each level of a relative import, which is looked
    up from ``importer``, the file that it stands in. Other names are looked up as Python
    does for ``entry``, the script that is run, and as it does where the repository is
    installed or on the path: beside the script, at the root and where a project in it
    begins, in the ``src`` there, and beside the outermost package that the importer is in.
    """
    return _imported_file(dotted, importer.absolute(), entry.absolute())


@cache
def _imported_file(dotted: str, importer: Path, entry: Path) -> Path | None:
    name = dotted.lstrip(".")
    parts = name.split(".") if name else []
    level = len(dotted) - len(name)
    if level:
        folder = folder_of(importer)
        for _ in range(level - 1):
            folder = folder.parent
        return _module_in(folder, tuple(parts))
    for folder in _search_path(folder_of(importer), folder_of(entry)):
        found = _module_in(folder, tuple(parts))
        if found is not None:
            return found
    return None


@cache
def _search_path(importer: Path, entry: Path) -> tuple[Path, ...]:
    above = folders_of_repository(entry)
    found = [entry, _outermost_package(entry), _outermost_package(importer)]
    for folder in above:
        marks = PROJECT if folder is not above[-1] else REPOSITORY
        if any((folder / mark).exists() for mark in marks):
            found += [folder, folder / "src"]
    return tuple(dict.fromkeys(found))


def _outermost_package(folder: Path) -> Path:
    """The folder that holds the outermost package which a folder is part of."""
    while (folder / "__init__.py").exists() and folder.parent != folder:
        folder = folder.parent
    return folder


@cache
def _module_in(folder: Path, parts: tuple[str, ...]) -> Path | None:
    place = folder.joinpath(*parts)
    if parts and (found := place.with_name(f"{place.name}.py")).is_file():
        return found
    found = place / "__init__.py"
    return found if found.is_file() else None
