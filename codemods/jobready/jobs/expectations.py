"""What a project expects of a script's job, held against what the job will be."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from jobready.jobs.model import Prediction
from jobready.jobs.problem import Problem
from jobready.project.expected import ExpectedJob


def unmet(expected: ExpectedJob, prediction: Prediction) -> tuple[Problem, ...]:
    """What of an expectation a job doesn't meet; names are shown without credentials."""
    return tuple(_unmet(expected, prediction))


def _unmet(expected: ExpectedJob, prediction: Prediction) -> Iterator[Problem]:
    # No job is expected: then it suffices that no run makes the one that there could be.
    unmade = expected.source == "none" and not prediction.created
    job = None if unmade else prediction.job
    source = job.source if job is not None else "none"
    if expected.source is not None and expected.source != source:
        why = "" if job is not None else f": {prediction.outcome.reason}"  # type: ignore[union-attr]
        said = f"the job's source is {source}, not {expected.source}{why}"
        yield Problem("other-source", said)
    if expected.name is None:
        return
    if job is None:
        if expected.source in (None, source):
            yield Problem("other-name", f"there is no job to be called {expected.name}")
    elif job.name is None:
        said = f"the job's name can't be told: it should be {expected.name}"
        yield Problem("other-name", f"{said}, and is {job.shown}")
    elif not meets(expected.name, job.name):
        yield Problem("other-name", f"the job is called {job.shown}, not {expected.name}")


def meets(pattern: str, name: str) -> bool:
    """Whether a name is the expected one; ``*`` is any text, ``?`` one character."""
    return fnmatchcase(name, pattern.replace("[", "[[]"))
