"""The artifact that a run's code is logged as, which names the job of logged code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobready.jobs import naming
from jobready.jobs.model import LoggedCode, NoJob, Surroundings
from jobready.jobs.recording import project, script_path
from jobready.jobs.settings import Unknown
from jobready.jobs.versions import CHECKS_LENGTH, RENAMES_CODE

VALID = re.compile(r"[a-zA-Z0-9_\-.]+")


@dataclass(frozen=True)
class CodeName:
    """The name of the artifact; ``exact`` is None where it can't be known.

    ``shown`` then says as much of it as is, and ``why`` why no more is.
    """

    exact: str | None
    shown: str
    why: str = ""


def code_name(around: Surroundings) -> CodeName | NoJob | None:
    """The name, None where no code is logged, `NoJob` where logging it raises."""
    names: list[CodeName] = []
    for code in around.code:
        if not code.found:
            continue
        found = _name(around, code)
        if isinstance(found, NoJob):
            return found
        names.append(found)
    if not names:
        return None
    if len({each.shown for each in names}) > 1:
        why = "code is logged several times, and whichever is uploaded last counts"
        return CodeName(None, " or ".join(each.shown for each in names), why)
    return names[-1]


def _name(around: Surroundings, code: LoggedCode) -> CodeName | NoJob:
    name = code.name
    if isinstance(name, Unknown):
        why = f"the name of the code is only known when the script runs: {name.expression}"
        return CodeName(None, f"{{{name.expression}}}", why)
    if name is None:
        return _default(around)
    where = f" (line {code.line})" if code.line else ""
    valid = VALID.fullmatch(name) is not None
    if not name or (not valid and around.version < RENAMES_CODE):
        return NoJob("code-raises", f"log_code raises: {name!r} is no name{where}")
    if len(name) > naming.LONGEST and around.version >= CHECKS_LENGTH:
        said = f"log_code raises: its name has more than {naming.LONGEST} characters{where}"
        return NoJob("code-raises", said)
    if not valid:
        kept = naming.UNSAFE.sub("", name)
        why = f"a name can't hold all of {name!r}, so the SDK adds something random{where}"
        return CodeName(None, f"{kept}-??????", why)
    return CodeName(name, name)


def _default(around: Surroundings) -> CodeName:
    """The name without ``name=``: ``source-<project>-<path>``."""
    path = script_path(around)
    of = project(around)
    if isinstance(of, Unknown):
        why = f"the project is only known when the script runs: {of.expression}"
        return CodeName(None, f"source-{{{of.expression}}}-{path}", why)
    name = naming.safe_name(naming.code_artifact(of, path), around.version)
    return CodeName(name, name)
