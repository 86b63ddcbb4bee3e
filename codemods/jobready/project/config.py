"""``[tool.jobready]`` of the nearest ``pyproject.toml`` that has such a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from jobready.outcome import Failed, Reason
from jobready.project.expected import ExpectedJob, WrongJob, expected_jobs, line_of
from jobready.project.files import read_bytes
from jobready.project.rehearsed import (
    Checkout,
    StandIns,
    WrongValue,
    checkout,
    rehearse_flag,
    stand_ins,
)
from jobready.project.toml import parse_toml, wrong, wrong_line
from jobready.project.upwards import exists, folder_of, folders_up


@dataclass(frozen=True)
class Config:
    """The settings of a project; what is a path or a glob is relative to ``root``.

    ``path`` is the file that they come from, None where no file has the table, and
    ``lines`` the line of each setting that it has. ``select`` and ``ignore`` hold codes
    or their beginnings, None for the rules that are on by default; ``ignore`` pairs each
    with its reason, "" where none is given. ``per_file_ignores`` pairs a glob with codes.
    ``rehearse`` says whether pytest rehearses the scripts, ``checkout`` of which state of
    the repository, and ``stand_ins`` whether something stands in for missing libraries.
    ``shared`` is the module that gets the function of migrated scripts, None where each
    gets its own.
    """

    root: Path
    path: Path | None = None
    scripts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[tuple[str, str], ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    target_wandb: str | None = None
    rehearse: bool = False
    shared: str | None = None
    checkout: Checkout = "working-tree"
    stand_ins: StandIns = "none"
    jobs: tuple[ExpectedJob, ...] = ()
    lines: Mapping[str, int | None] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Wrong:
    """What a setting must be, said of one that is not; ``key`` is the part at fault."""

    expected: str
    key: str | None = None


def _strings(value: object) -> tuple[str, ...] | Wrong:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return Wrong('an array of strings, like ["train.py"]')


def _globs(value: object) -> tuple[str, ...] | Wrong:
    """Globs that stay in the project's folder, as `Path.glob` takes them."""
    found = _strings(value)
    if isinstance(found, Wrong):
        return found
    for glob in found:
        parts = PurePosixPath(glob).parts
        outside = PurePosixPath(glob).is_absolute() or Path(glob).is_absolute()
        if (
            not parts
            or outside
            or any(p != "**" and ("**" in p or p == "..") for p in parts)
        ):
            return Wrong(
                f'globs below its folder, like ["jobs/*.py"], and {glob!r} is none'
            )
    return found


def _version(value: object) -> str | Wrong:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d{1,9}){1,2}", value):
        return value
    return Wrong('a version as a string, like "0.16.6"')


def _codes(value: object) -> tuple[str, ...] | Wrong:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        strange = next((item for item in value if not CODE.fullmatch(item)), None)
        if strange is None:
            return tuple(value)
        return Wrong(f'an array of codes, like ["JR101", "JR2"], and {strange!r} is none')
    return Wrong('an array of codes, like ["JR101", "JR2"]')


def _ignored(value: object) -> tuple[tuple[str, str], ...] | Wrong:
    """An array of codes, or a table that gives each code its reason."""
    if not isinstance(value, dict):
        codes = _codes(value)
        if isinstance(codes, Wrong):
            return Wrong(f'{codes.expected}, or a table like {{JR101 = "the reason"}}')
        return tuple((code, "") for code in codes)
    for code, reason in value.items():
        if not CODE.fullmatch(code):
            return Wrong(f"a table of codes with their reasons, and {code!r} is none", code)
        if not isinstance(reason, str):
            return Wrong(f'a table like {{{code} = "the reason"}}', code)
    return tuple(value.items())


def _globs_with_codes(value: object) -> tuple[tuple[str, tuple[str, ...]], ...] | Wrong:
    if not isinstance(value, dict):
        return Wrong('a table like {"eval/*.py" = ["JR301"]}')
    found = []
    for glob, given in value.items():
        codes = _codes(given)
        if isinstance(codes, Wrong):
            return Wrong(f"a table in which {glob!r} has {codes.expected}", glob)
        found.append((glob, codes))
    return tuple(found)


def _rehearsal(check: Callable[[object], object]) -> Callable[[object], object]:
    """A check of rehearsals, as one of settings."""

    def checked(value: object) -> object:
        found = check(value)
        return Wrong(found.expected) if isinstance(found, WrongValue) else found

    return checked


def _module(value: object) -> str | Wrong:
    """The path of a module below the project's folder."""
    wrong = Wrong('the path of a module below its folder, like "src/proj/launch.py"')
    if not isinstance(value, str):
        return wrong
    path = PurePosixPath(value)
    outside = path.is_absolute() or Path(value).is_absolute() or ".." in path.parts
    return wrong if outside or path.suffix != ".py" else value


# A rule's code, the beginning of several, or all of them.
CODE = re.compile(r"ALL|JR\d{0,3}")
# One row a setting: its key, and what makes a value of `Config` of what the file says.
# The field of `Config` has the key's name, with underscores.
SETTINGS: dict[str, Callable[[object], object]] = {
    "scripts": _globs,
    "exclude": _strings,
    "select": _codes,
    "ignore": _ignored,
    "per-file-ignores": _globs_with_codes,
    "target-wandb": _version,
    "rehearse": _rehearsal(rehearse_flag),
    "shared": _module,
    "checkout": _rehearsal(checkout),
    "stand-ins": _rehearsal(stand_ins),
    "jobs": expected_jobs,
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
        if isinstance(value, WrongJob):
            line = line_of(text, value.script, value.key) or _line_of(key, text)
            reasons.append(wrong_line(path, line, value.said))
            continue
        if not isinstance(value, Wrong):
            values[key.replace("-", "_")] = value
            continue
        message = (
            f"{key} must be {value.expected}"
            if key in SETTINGS
            else f"[tool.jobready] has no setting {key!r}: {value.expected}"
        )
        line = _line_of(key, text)
        if value.key is not None:
            line = _line_of(value.key, text) or line
        reasons.append(wrong_line(path, line, message))
    if reasons:
        return Failed(tuple(reasons))
    lines = {key: _line_of(key, text) for key in table}
    return Config(root=folder_of(path), path=path, lines=lines, **values)


def setting_line(config: Config, key: str, part: str | None = None) -> int | None:
    """Return the line of a setting in the project's file, or of a part of its value."""
    if config.path is None:
        return None
    data = read_bytes(config.path)
    if part is None or isinstance(data, Failed):
        return config.lines.get(key)
    start = config.lines.get(key) or 1
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if number >= start and re.search(rf"\b{re.escape(part)}\b", line.partition("#")[0]):
            return number
    return start


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
