"""The jobs of scripts as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jobready.jobs.answer import Answer
from jobready.jobs.model import Job, NoJob
from jobready.jobs.name_problems import colliding
from jobready.jobs.problem import Problem

HEADS = ("script", "source", "name")


@dataclass(frozen=True)
class NamedScript:
    """A script as the user named it, and the answer.

    ``failure`` says why there is none, where that is so.
    """

    script: str
    answer: Answer | None = None
    failure: str | None = None

    @property
    def job(self) -> Job | None:
        """The job, None where there is none."""
        return self.answer.prediction.job if self.answer else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, what is not as expected included."""
        return (*self.answer.problems, *self.answer.unmet) if self.answer else ()


def with_collisions(found: Sequence[NamedScript]) -> list[NamedScript]:
    """The same, with the problem of those that share a name."""
    predictions = {e.script: e.answer.prediction for e in found if e.answer}
    shared = {script: group for group in colliding(predictions) for script in group}
    result = []
    for each in found:
        others = [other for other in shared.get(each.script, ()) if other != each.script]
        if others and each.answer is not None:
            said = f"{', '.join(others)} becomes the same job, as another version of it"
            problem = Problem("name-collides", said)
            known = (*each.answer.problems, problem)
            each = replace(each, answer=replace(each.answer, problems=known))
        result.append(each)
    return result


def as_lines(found: Sequence[NamedScript]) -> Iterator[str]:
    """A table of script, source and name, how each came about, and what is wrong.

    What holds for several scripts is said once.
    """
    answered = [each for each in found if each.failure is None]
    if not answered:
        return
    rows = [HEADS, *(_row(each) for each in answered)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    for each in answered:
        if each.job is not None:
            yield f"{each.script}: {_origin(each.job)}"
    said: dict[Problem, list[str]] = {}
    for each in answered:
        for problem in each.problems:
            said.setdefault(problem, []).append(each.script)
    for problem, scripts in said.items():
        everywhere = len(scripts) == len(answered) > 1
        where = "all of them" if everywhere else ", ".join(scripts)
        line = f" (line {problem.line})" if problem.line else ""
        yield f"{where}: {problem.message}{line} [{problem.code}]"


def _row(each: NamedScript) -> tuple[str, str, str]:
    job = each.job
    return (each.script, job.source if job else "none", job.shown if job else "-")


def _origin(job: Job) -> str:
    """How the name came about, and what else the job is."""
    aliases = f"; aliases {', '.join(job.aliases)}" if job.aliases else ""
    start = f"; starts {' '.join(job.entrypoint)}" if job.entrypoint else ""
    return f"{job.how}{aliases}{start}"


def as_report(found: Sequence[NamedScript]) -> str:
    """One JSON object a script; a credential in a name is shown as ``***``."""
    return json.dumps([_record(each) for each in found], indent=2, ensure_ascii=False)


def _record(each: NamedScript) -> dict[str, Any]:
    job = each.job
    problems = each.problems
    if each.failure is not None:
        outcome = each.answer.prediction.outcome if each.answer else None
        code = outcome.code if isinstance(outcome, NoJob) else "unreadable"
        problems = (Problem(code, each.failure),)
    return {
        "script": each.script,
        "source": job.source if job else "none",
        "name": job.shown if job else None,
        "aliases": list(job.aliases) if job else [],
        "entrypoint": list(job.entrypoint) if job else [],
        "problems": [
            {"code": p.code, "message": p.message, "line": p.line} for p in problems
        ],
    }
