"""``[tool.jobready.jobs."train.py"]``: the job that a script is expected to become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jobready.project.rehearsed import (
    DEFAULT,
    REHEARSAL_KEYS,
    RehearsalSettings,
    WrongValue,
)

SOURCES = ("repo", "artifact", "image", "none")
# What a script's table may hold.
KEYS = ("name", "source", *REHEARSAL_KEYS)


@dataclass(frozen=True)
class ExpectedJob:
    """What is expected of the job of one script; None where nothing is said.

    ``script`` is relative to the root of the project. ``name`` is the name of the job, or
    a pattern of it in which ``*`` stands for any text and ``?`` for one character, neither
    of which a name can have. ``source`` is none for a script that is to become no job.
    ``rehearsal`` says how it is tried out.
    """

    script: str
    source: str | None = None
    name: str | None = None
    rehearsal: RehearsalSettings = DEFAULT

    @property
    def stated(self) -> dict[str, Any]:
        """What is said, by its key."""
        said = {"source": self.source, "name": self.name}
        named = {key: value for key, value in said.items() if value is not None}
        return named | self.rehearsal.stated


@dataclass(frozen=True)
class WrongJob:
    """What is wrong with such a table: ``said`` says it of ``key`` of ``script``."""

    said: str
    script: str | None = None
    key: str | None = None


def expected_jobs(tables: object) -> tuple[ExpectedJob, ...] | WrongJob:
    """The expectations that a table states, by script."""
    if not isinstance(tables, dict):
        return WrongJob('jobs must be a table for each script: [tool.jobready.jobs."a.py"]')
    found = []
    for script, table in tables.items():
        if not isinstance(table, dict):
            said = f'jobs."{script}" must be a table, like {{source = "repo"}}'
            return WrongJob(said, script)
        rehearsal: dict[str, Any] = {}
        for key, given in table.items():
            if key not in KEYS:
                return WrongJob(
                    f'jobs."{script}" has no setting {key!r}: {_near(key)}', script, key
                )
            if key in REHEARSAL_KEYS:
                value = REHEARSAL_KEYS[key](given)
                if isinstance(value, WrongValue):
                    said = f'jobs."{script}" {key} must be {value.expected}'
                    return WrongJob(said, script, key)
                rehearsal[key.replace("-", "_")] = value
            elif not isinstance(given, str) or not given:
                said = f'jobs."{script}" {key} must be a text that isn\'t empty'
                return WrongJob(said, script, key)
        source = table.get("source")
        if source is not None and source not in SOURCES:
            listed = ", ".join(SOURCES[:-1]) + f" or {SOURCES[-1]}"
            said = f'jobs."{script}" source must be {listed}, not {source!r}'
            return WrongJob(said, script, "source")
        how = RehearsalSettings(**rehearsal)
        found.append(ExpectedJob(script, source, table.get("name"), how))
    return tuple(found)


def line_of(text: str, script: str | None, key: str | None = None) -> int | None:
    """The line of a script's table, or of a key in it, as nearly as a search tells."""
    start: int | None = None
    inside = script is None
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\s*\[[^=]*\]\s*(#|$)", line):
            inside = "jobready" in line and "jobs" in line
            inside = inside and (script is None or script in line)
        elif script is not None and re.search(
            rf"""["']?{re.escape(script)}["']?\s*[.=]""", line
        ):
            inside = True
        if not inside:
            continue
        start = start or number
        if key is not None and re.search(
            rf"""(^|[\s{{.,"'])["']?{re.escape(key)}["']?\s*=""", line
        ):
            return number
    return start


def _near(key: str) -> str:
    from difflib import get_close_matches  # only a mistake pays for it

    near = get_close_matches(key, KEYS, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(KEYS)}"
