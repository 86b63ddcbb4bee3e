"""From the call of the fixture ``launch_job``, or its marker, to a launched job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pytest_jobready.backend import Backend
from pytest_jobready.launched_job import LaunchedJob
from pytest_jobready.rehearsal import CannotRehearseError, Take, run

POSITIONAL = ("script", "overrides")
ALSO = ("args", "env", "in_place", "launched", "module", "root", "stop", "timeout")
STOPS = ("init", "first-log", "exit")


def asked(args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, by name; pytest's own error for what can't be."""
    __tracebackhide__ = True
    given = {**dict(zip(POSITIONAL, args, strict=False)), **kwargs}
    strange = sorted(set(given) - {*POSITIONAL, *ALSO})
    if strange or len(args) > len(POSITIONAL):
        what = (
            f"no {', '.join(strange)}" if strange else f"only {len(POSITIONAL)} positionals"
        )
        pytest.fail(f"launch_job takes {what}; it takes {', '.join((*POSITIONAL, *ALSO))}")
    return given


def launch(
    given: Mapping[str, Any], folders: Sequence[Path], backend: Backend
) -> LaunchedJob:
    """Run the script that is asked for; a relative path is looked for in ``folders``."""
    __tracebackhide__ = True
    if given.get("script") is None:
        pytest.fail("launch_job needs a script, in its call or in a marker launch_job")
    stop = given.get("stop", "first-log")
    if stop not in STOPS:
        pytest.fail(f"launch_job: stop={stop!r} is none of {', '.join(STOPS)}")
    root = given.get("root")
    config = dict(given.get("overrides") or {}) if given.get("launched", True) else None
    take = Take(
        script=_found(Path(given["script"]), folders),
        root=None if root is None else _found(Path(root), folders),
        args=tuple(str(word) for word in given.get("args") or ()),
        env=dict(given.get("env") or {}),
        config=config,
        stop=stop,
        timeout=given.get("timeout", Take.timeout),
        in_place=given.get("in_place", False),
        module=given.get("module"),
    )
    try:
        return LaunchedJob.of(take, run(take, backend))
    except CannotRehearseError as error:
        pytest.fail(f"launch_job: {error}")


def _found(path: Path, folders: Sequence[Path]) -> Path:
    __tracebackhide__ = True
    for folder in folders:
        if (folder / path).exists():
            return folder / path
    places = " or ".join(str(f) for f in dict.fromkeys(folders))
    pytest.fail(f"launch_job: there is no {path} in {places}")
