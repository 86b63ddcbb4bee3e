"""``[tool.jobready]`` of the nearest ``pyproject.toml`` that has such a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobready.outcome import Failed, Reason
from jobready.project.files import read_bytes
from jobready.project.toml import parse_toml, wrong, wrong_line
from jobready.project.upwards import exists, folder_of, folders_up


@dataclass(frozen=True)
class Config:
    """The settings of a project; ``exclude`` and ``scripts`` are relative to ``root``.

    ``path`` is the file that they come from, None where no file has the table.
    """

    root: Path
    path: Path | None = None
    scripts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    target_wandb: str | None = None


@dataclass(frozen=True)
class Wrong:
    """What a setting must be, said of one that is not."""

    expected: str


def _strings(value: object) -> tuple[str, ...] | Wrong:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return Wrong('an array of strings, like ["train.py"]')


def _version(value: object) -> str | Wrong:
    if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+){1,2}", value):
        return value
    return Wrong('a version as a string, like "0.16.6"')


# One row a setting: its key, and what makes a value of `Config` of what the file says.
# The field of `Config` has the key's name, with underscores.
SETTINGS: dict[str, Callable[[object], object]] = {
    "scripts": _strings,
    "exclude": _strings,
    "target-wandb": _version,
}


def load_config(start: Path, explicit: Path | None = None) -> Config | Failed:
    """Return the settings that hold at ``start``, a file or a folder.

    They are those of the nearest ``pyproject.toml`` upwards that has the table, or of
    ``explicit``, which must have it. Every message of a failure names file and line.
    """
    if explicit is not None:
        found = _config_in(explicit)
        if found is None:
            return wrong(explicit, None, "there is no [tool.jobready] table: add one")
        return found
    folder = folder_of(start)
    for above in folders_up(folder):
        path = above / "pyproject.toml"
        if exists(path) and (found := _config_in(path)) is not None:
            return found
    return Config(root=folder)


def _config_in(path: Path) -> Config | Failed | None:
    """Return the settings of one file, None where it has no such table."""
    data = read_bytes(path)
    if isinstance(data, Failed):
        return wrong(path, None, data.reasons[0].message)
    if b"jobready" not in data:
        return None  # not parsed, so that other people's files cost nothing
    tables = parse_toml(data, path)
    if isinstance(tables, Failed):
        return tables
    tool = tables.get("tool")
    if not isinstance(tool, dict) or "jobready" not in tool:
        return None
    return _config_of(tool["jobready"], path, data.decode("utf-8"))


def _config_of(table: object, path: Path, text: str) -> Config | Failed:
    if not isinstance(table, dict):
        return wrong(path, _line_of("jobready", text), "tool.jobready must be a table")
    values: dict[str, Any] = {}
    reasons: list[Reason] = []
    for key, given in table.items():
        value = SETTINGS[key](given) if key in SETTINGS else Wrong(_nearest(key))
        if not isinstance(value, Wrong):
            values[key.replace("-", "_")] = value
            continue
        message = (
            f"{key} must be {value.expected}"
            if key in SETTINGS
            else f"[tool.jobready] has no setting {key!r}: {value.expected}"
        )
        reasons.append(wrong_line(path, _line_of(key, text), message))
    if reasons:
        return Failed(tuple(reasons))
    return Config(root=folder_of(path), path=path, **values)


def _nearest(key: str) -> str:
    """Return what to write instead of a key that there is not."""
    from difflib import get_close_matches  # only a mistake pays for it

    near = get_close_matches(key.replace("_", "-"), SETTINGS, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(SETTINGS)}"


def _line_of(key: str, text: str) -> int | None:
    """Return the line that sets the key, as nearly as a search of the text tells."""
    setting = re.compile(rf"""^[^#]*?["']?\b{re.escape(key)}["']?\s*[=.\]]""")
    inside = False
    fallback: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\s*\[[^=,]*\]\s*(#|$)", line):
            inside = "jobready" in line
        elif "jobready" in line and "=" in line:  # [tool] jobready = {...}
            inside = True
        if not inside:
            continue
        fallback = fallback or number
        if setting.match(line):
            return number
    return fallback
