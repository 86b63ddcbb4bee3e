"""How long a line may be where a project's formatter is concerned."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jobready.project.toml import read_table
from jobready.project.upwards import folder_of, folders_of_repository

DEFAULT = 88  # of black and of ruff


def line_length(path: Path) -> int:
    """Return the line length that the nearest settings of black or ruff ask for."""
    return _line_length(folder_of(path))


@cache
def _line_length(folder: Path) -> int:
    for above in folders_of_repository(folder):
        if (length := _stated_in(above)) is not None:
            return length
    return DEFAULT


@cache
def _stated_in(folder: Path) -> int | None:
    """Return what one folder's settings say; None where it has none."""
    project = folder / "pyproject.toml"
    # Who has black as well lets it format, and ruff's length be a limit for the rest.
    black = read_table(project, "tool", "black")
    if (length := _length(black)) is not None:
        return length
    # In the order in which ruff looks for its settings.
    for path, table in (
        (folder / ".ruff.toml", ()),
        (folder / "ruff.toml", ()),
        (project, ("tool", "ruff")),
    ):
        ruff = read_table(path, *table)
        for _ in range(10):  # a chain of `extend` that ends, also where it is a circle
            if (length := _length(ruff)) is not None:
                return length
            extended = ruff.get("extend") if ruff else None
            if not isinstance(extended, str):
                break
            path = path.parent / extended
            ruff = read_table(path, *_table_of_ruff(path))
        if ruff is not None:
            return DEFAULT
    return None if black is None else DEFAULT


def _table_of_ruff(path: Path) -> tuple[str, ...]:
    return ("tool", "ruff") if path.name == "pyproject.toml" else ()


def _length(table: dict[str, Any] | None) -> int | None:
    if table is None:
        return None
    length = table.get("line-length", table.get("line_length"))
    return length if type(length) is int and length > 0 else None
