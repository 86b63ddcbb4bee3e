"""Whether a type checker's settings cover a file: mypy, pyright and the newer ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.toml import read_table
from jobready.project.upwards import exists, folder_of, folders_of_repository

Settings = dict[str, Any]


@dataclass(frozen=True)
class Checker:
    """A type checker: its settings in a folder, None for none, and what they cover."""

    settings_in: Callable[[Path], Settings | None]
    covers: Callable[[Settings, str], bool]


def type_checked(path: Path) -> bool:
    """Whether the nearest settings of any type checker cover a file; in doubt, True."""
    folder = folder_of(path)
    for checker in CHECKERS:
        for above in folders_of_repository(folder):
            if (settings := checker.settings_in(above)) is not None:
                relative = (folder / path.name).relative_to(above).as_posix()
                if checker.covers(settings, relative):
                    return True
                break
    return False


@cache
def _mypy_in(folder: Path) -> Settings | None:
    """Return mypy's settings, from the files and in the order that mypy knows."""
    for name in ("mypy.ini", ".mypy.ini"):
        if (found := _ini(folder / name)) is not None:
            return found
    found = read_table(folder / "pyproject.toml", "tool", "mypy")
    if found is not None:
        return found
    return _ini(folder / "setup.cfg")


def _ini(path: Path) -> Settings | None:
    data = read_bytes(path)
    if isinstance(data, Failed) or b"[mypy]" not in data:
        return None
    from configparser import Error, RawConfigParser  # not every project has an ini

    parser = RawConfigParser()
    try:
        parser.read_string(data.decode("utf-8", "replace"))
    except Error:
        return {}  # mypy runs all the same
    return dict(parser["mypy"]) if parser.has_section("mypy") else {}


def _mypy_covers(settings: Settings, path: str) -> bool:
    """Judge a path that is relative to the folder of the settings.

    mypy applies ``exclude`` to what it finds in folders, not to files that are named:
    https://mypy.readthedocs.io/en/stable/config_file.html#confval-exclude
    """
    files = [_here(name) for name in _words(settings.get("files"))]
    modules = _words(settings.get("packages")), _words(settings.get("modules"))
    if path in files:
        return True
    if files or any(modules):
        packages, single = modules
        named = _within(path, files)
        named |= any(_is_module(path, package, True) for package in packages)
        named |= any(_is_module(path, module, False) for module in single)
        if not named:
            return False
    excludes = settings.get("exclude", ())
    patterns = [excludes] if isinstance(excludes, str) else excludes
    if not isinstance(patterns, (list, tuple)):
        return True  # mypy passes over what is neither
    return not any(_excluded(path, str(pattern)) for pattern in patterns if pattern)


def _words(value: object) -> list[str]:
    """Return the items of a setting that is an array, or a text with commas."""
    if isinstance(value, str):
        return [word.strip() for word in re.split(r"[,\n]", value) if word.strip()]
    return [str(item) for item in value] if isinstance(value, list) else []


def _here(name: str) -> str:
    for start in ("$MYPY_CONFIG_FILE_DIR/", "${MYPY_CONFIG_FILE_DIR}/", "./"):
        name = name.removeprefix(start)
    return "**" if "$" in name or name.startswith("~") else name.rstrip("/")


def _is_module(path: str, module: str, below: bool) -> bool:
    """Whether a file is a module, or with ``below`` in a package, of that name."""
    place = re.escape(module.replace(".", "/"))
    end = r"(/.*)?" if below else r"(/__init__)?"
    return re.search(rf"(^|/){place}{end}\.py$", path) is not None


def _excluded(path: str, pattern: str) -> bool:
    """Whether mypy's ``exclude`` matches the path or a folder on its way."""
    ends = [match.end() for match in re.finditer("/", path)]
    try:
        return any(re.search(pattern, path[:end]) for end in (*ends, len(path)))
    except re.error:
        return False


@cache
def _pyright_in(folder: Path) -> Settings | None:
    data = read_bytes(folder / "pyrightconfig.json")
    if not isinstance(data, Failed):
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):  # it may have comments
            return {}
        return found if isinstance(found, dict) else {}
    for name in ("basedpyright", "pyright"):
        table = read_table(folder / "pyproject.toml", "tool", name)
        if table is not None:
            return table
    return None


def _pyright_covers(settings: Settings, path: str) -> bool:
    """Judge a path that is relative to the folder of the settings.

    https://microsoft.github.io/pyright/#/configuration
    """
    if settings.get("typeCheckingMode") == "off":
        return False
    include = _words_of(settings, "include")
    left_out = [*_words_of(settings, "exclude"), *_words_of(settings, "ignore")]
    if "exclude" not in settings:
        left_out += ["**/node_modules", "**/__pycache__", "**/.*"]
    return (not include or _within(path, include)) and not _within(path, left_out)


def _words_of(settings: Settings, key: str) -> list[str]:
    value = settings.get(key)
    items = value if isinstance(value, list) else []
    return [str(item).removeprefix("./").rstrip("/") for item in items]


def _within(path: str, places: Iterable[str]) -> bool:
    """Whether a path is one of the places, which may be globs, or below one."""
    return any(re.match(_glob(place), path) for place in places)


@cache
def _glob(place: str) -> str:
    if place in ("", "."):
        return ""
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", place)
    return "".join(tokens.get(part) or re.escape(part) for part in parts) + "(?:/|$)"


@cache
def _others_in(folder: Path) -> Settings | None:
    """Return settings of ty or pyrefly, of which only their being there counts."""
    if exists(folder / "ty.toml") or exists(folder / "pyrefly.toml"):
        return {}
    project = folder / "pyproject.toml"
    tables = (read_table(project, "tool", name) for name in ("ty", "pyrefly"))
    return next((table for table in tables if table is not None), None)


CHECKERS = (
    Checker(_mypy_in, _mypy_covers),
    Checker(_pyright_in, _pyright_covers),
    Checker(_others_in, lambda settings, path: True),
)
