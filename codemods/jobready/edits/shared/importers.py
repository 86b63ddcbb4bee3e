"""Other files of a repository that import a file, and where they find it."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from jobready.project.discover import NOT_OURS
from jobready.project.modules import imported_file
from jobready.project.upwards import exists, folders_of_repository
from jobready.script.files.library import Library
from jobready.script.files.program import dotted_name


def loaded_otherwise(
    path: Path, dotted: str, folder: Path, library: Library
) -> Path | None:
    """A file that imports the one at ``path`` in a way in which a module isn't found.

    That module is looked up as ``dotted`` in ``folder``. Whoever imports the file from
    there finds it too, by the same package or where the folder itself is on the path.
    """
    top = dotted.partition(".")[0]
    for other in _files_of_repository(path):
        data = library.bytes_of(other)
        if other == path or data is None or path.stem.encode() not in data:
            continue
        for name, found in _names(other, path, library):
            same = name.partition(".")[0] == top or "." not in name
            if found != folder or not (same or other.parent == folder):
                return other
    return None


def _names(other: Path, path: Path, library: Library) -> Iterator[tuple[str, Path]]:
    """The names by which a file imports another, and the folder that each starts from."""
    syntax = library.syntax(other)
    if syntax is None:
        return
    names: list[str] = []
    for node in syntax.of(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        else:
            base = dotted_name(node)
            dot = "" if base.endswith(".") else "."
            names += [base, *(f"{base}{dot}{alias.name}" for alias in node.names)]
    for name in dict.fromkeys(names):
        found = imported_file(name, other, other, library.planned)
        if found is not None and found.resolve() == path:
            folder = path.parent
            for _ in name.strip(".").split(".")[1:]:
                folder = folder.parent
            yield name, folder


def _files_of_repository(path: Path) -> Iterator[Path]:
    top = folders_of_repository(path.parent)[-1]
    if not (exists(top / ".git") or exists(top / ".hg")):
        top = path.parent
    for folder, inner, names in os.walk(top):
        inner[:] = [n for n in inner if n not in NOT_OURS and not n.startswith(".")]
        yield from (Path(folder, name) for name in names if name.endswith(".py"))
