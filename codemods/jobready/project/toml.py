"""TOML files as tables, or the line that is wrong."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from jobready.outcome import Failed, Reason
from jobready.project.files import read_bytes


def parse_toml(data: bytes, path: Path) -> dict[str, Any] | Failed:
    """Return the tables of a file, or where it is not TOML; messages name the file."""
    # Imported when a file is there to be parsed: it takes 10 ms.
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        tables: dict[str, Any] = toml.loads(data.decode().removeprefix("\ufeff"))
        return tables
    except UnicodeDecodeError as error:
        line: int | None = data.count(b"\n", 0, error.start) + 1
        said = "not UTF-8"
    except ValueError as error:
        found = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else data.count(b"\n") + 1
        said = str(error).partition(" (at ")[0]
    except RecursionError:
        line, said = None, "arrays or tables are nested too deeply"
    return wrong(path, line, f"this is not valid TOML: {said}")


def read_table(path: Path, *names: str) -> dict[str, Any] | None:
    """Return a table like ``tool.black``, None where file or table can't be had.

    For the settings of other tools: it is theirs to say what is wrong with them.
    """
    data = _bytes_of(path)
    if isinstance(data, Failed) or not all(name.encode() in data for name in names):
        return None
    found: Any = _tables_of(path)
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


@cache
def _bytes_of(path: Path) -> bytes | Failed:
    return read_bytes(path)


@cache
def _tables_of(path: Path) -> dict[str, Any] | Failed:
    data = _bytes_of(path)
    return data if isinstance(data, Failed) else parse_toml(data, path)


def wrong(path: Path, line: int | None, message: str) -> Failed:
    """Return a failure whose message names a settings file and its line."""
    return Failed((wrong_line(path, line, message),))


def wrong_line(path: Path, line: int | None, message: str) -> Reason:
    """Return a reason whose message names a settings file and its line."""
    place = f"{path}:{line}" if line else str(path)
    return Reason(f"{place}: {message}", line)
