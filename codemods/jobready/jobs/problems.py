"""What is wrong, or worth knowing, of the job that a script becomes.

Every function is pure and gives its problems one by one; `problems_of` has them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobready.jobs.code_problems import code_problems
from jobready.jobs.create import created
from jobready.jobs.git import State
from jobready.jobs.image_problems import image_problems
from jobready.jobs.model import Job, NoJob, Prediction, Surroundings
from jobready.jobs.name_problems import name_problems
from jobready.jobs.problem import Problem
from jobready.jobs.recording import remote
from jobready.jobs.remote import Remote
from jobready.jobs.repository_problems import remote_problems, state_problems
from jobready.jobs.requirements import Requirements, requirements_problems
from jobready.jobs.versions import CREATE_WITHOUT_PATH, OFF_BY_DEFAULT


@dataclass(frozen=True)
class Found:
    """What was found beside the surroundings; None where nobody looked."""

    state: State | None = None
    requirements: Requirements | None = None


def problems_of(
    around: Surroundings, prediction: Prediction, found: Found | None = None
) -> tuple[Problem, ...]:
    """All problems of one script's job, those that keep it from being made first."""
    found = found or Found()
    outcome = prediction.outcome
    if isinstance(outcome, NoJob):
        return (Problem(outcome.code, outcome.reason),)
    problems = [
        *creation_problems(around, prediction),
        *entrypoint_problems(around, outcome),
    ]
    problems += name_problems(around, outcome)
    problems += code_problems(around, outcome)
    if outcome.source == "repo":
        recorded = remote(around)
        assert isinstance(recorded, Remote)
        problems += remote_problems(recorded, around.version)
        problems += state_problems(found.state, saved=around.settings.on("save_code"))
    if outcome.source == "image":
        problems += image_problems(around.settings.text("docker") or "")
    elif found.requirements is not None:
        problems += requirements_problems(found.requirements)
    return tuple(problems)


def creation_problems(around: Surroundings, prediction: Prediction) -> Iterator[Problem]:
    """A run makes no job, since nobody told it to, or somebody told it not to."""
    if prediction.created:
        return
    if prediction.switch is not None:
        said = f"runs make no job: disable_job_creation is on ({prediction.switch})"
        yield Problem("creation-off", said)
        return
    said = "since wandb 0.19 a run makes no job unless it is told to: set"
    said += " WANDB_DISABLE_JOB_CREATION=false, or use `wandb job create`"
    recorded = remote(around)
    job = prediction.job
    if job is not None and job.source == "repo" and isinstance(recorded, Remote):
        other = created("git", recorded.shown, "python x.py", around.version).name
        if other is not None and around.version >= CREATE_WITHOUT_PATH:
            said += f" with -n NAME (without, it takes {other} for any script)"
    yield Problem("not-created", said)


def entrypoint_problems(around: Surroundings, job: Job) -> Iterator[Problem]:
    """The entrypoint that runs write since 0.19 is no program."""
    if job.entrypoint and around.version >= OFF_BY_DEFAULT:
        yield Problem(
            "bad-entrypoint",
            f"the run writes {job.entrypoint[0]!r} into the entrypoint, which no shell can "
            "start: launch with an entry_point, or use `wandb job create`",
        )
