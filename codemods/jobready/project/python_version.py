"""Which Pythons a project runs on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.toml import read_table
from jobready.project.upwards import folder_of, folders_of_repository

OLDEST = (3, 10)
# https://packaging.python.org/en/latest/guides/dropping-older-python-versions/
STATED = re.compile(rb"""python_requires\s*=\s*["']?([^"'\n#]+)""")


def oldest_python(path: Path) -> tuple[int, int]:
    """Return the oldest 3.x that the project of a file allows; `OLDEST` if none is said."""
    return _oldest(folder_of(path))


@cache
def _oldest(folder: Path) -> tuple[int, int]:
    for above in folders_of_repository(folder):
        stated = _stated_in(above)
        if stated is not None:
            return _lowest(stated) or OLDEST
    return OLDEST


@cache
def _stated_in(folder: Path) -> str | None:
    project = folder / "pyproject.toml"
    table = read_table(project, "project") or {}
    stated = table.get("requires-python")
    if not isinstance(stated, str):
        poetry = read_table(project, "tool", "poetry", "dependencies") or {}
        stated = poetry.get("python")
    if isinstance(stated, str):
        return stated
    for name in ("setup.cfg", "setup.py"):
        data = read_bytes(folder / name)
        if not isinstance(data, Failed) and (found := STATED.search(data)):
            return found[1].decode("utf-8", "replace")
    return None


def _lowest(stated: str) -> tuple[int, int] | None:
    """The first minor version that a constraint names as its lower end."""
    ends = re.findall(r"(?:>=?|~=|==|\^|~|^)\s*3\.(\d+)", stated)
    return (3, min(map(int, ends))) if ends else None
