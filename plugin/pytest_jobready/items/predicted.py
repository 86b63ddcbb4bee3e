"""The item for a script's job: what ``jobready name`` predicts, and what is expected."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from jobready.jobs.answer import Answer, answer
from jobready.jobs.gather import Lookup, Question
from jobready.jobs.versions import NEWEST, Version, parse_version
from jobready.outcome import Failed, Reason
from jobready.project.config import Config
from jobready.project.files import read_source
from jobready.project.requirements import pinned_wandb
from jobready.report.findings import problem_line
from jobready.script.read import read
from jobready.script.starts.captures import read_captures
from pytest_jobready.verdicts.excerpts import excerpt
from pytest_jobready.verdicts.verdict import Good, Red, Verdict


def predicted_job(path: Path, name: str, settings: Config) -> Verdict:
    """Red where the script becomes no job, or another than the project expects."""
    found = prediction(path, settings, os.environ, _version(path, settings))
    if isinstance(found, Failed):
        return Red(problem_line(name, found.reasons[0]))
    if found.failure is not None:
        return Red(f"{name}: no job: {found.failure}\n{_way_out(name)}")
    if found.is_good:
        job = found.prediction.job
        return Good(() if job is None else (("jobready_job", job.shown),))
    text = [problem_line(name, Reason(p.message, p.line)) for p in found.unmet]
    if not text:
        for problem in found.problems:
            text.append(problem_line(name, Reason(f"no job: {problem.message}")))
            if problem.line:
                text.append(excerpt(path, problem.line))
        text.append(_way_out(name))
    elif found.prediction.job is not None:
        text.append(f"  = it comes about by {found.prediction.job.how}")
    return Red("\n".join(text))


def prediction(
    path: Path, settings: Config, environ: Mapping[str, str], version: Version
) -> Answer | Failed:
    """What is known beforehand of the job of a run that is started in the root folder."""
    source = read_source(path)
    script = source if isinstance(source, Failed) else read(source.text)
    if isinstance(script, Failed):
        return script
    captures = read_captures(script)
    opaque = tuple((said, place.line) for said, place in captures.opaque)
    question = Question(settings.root, path, environ=environ, version=version)
    return answer(question, captures.settings, captures.code, Lookup(), settings, opaque)


def _version(path: Path, settings: Config) -> Version:
    text = settings.target_wandb or pinned_wandb(path)
    return (parse_version(text) if text else None) or NEWEST


def _way_out(name: str) -> str:
    return f'  = if it is not to become one: [tool.jobready.jobs."{name}"] source = "none"'
