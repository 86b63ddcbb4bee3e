"""JR407: a setting keeps the run from making a job, though it is about something else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.edits.writing.text import without_argument
from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.script.starts.wandb_settings import Spot

KINDS = frozenset(("killed", "git-disabled", "code-disabled", "init-raises"))
SETTINGS = ("disable_git", "disable_code", "job_source", "mode")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding: the first of such settings is the reason for there being no job."""
    made = subject.wanted_job
    if made is None or made.missing is None or made.missing.code not in KINDS:
        return
    reason = made.missing.reason
    raises = made.missing.code == "init-raises"
    message = reason if raises else f"a run makes no job: {reason}"
    spot = _spot(subject, reason)
    if spot is None:
        yield subject.at_start(RULE, message, no_fix="take the setting out where it is set")
        return
    edits = None
    if spot.call is not None and spot.keyword is not None and not raises:
        edits = without_argument(spot.call, spot.keyword, subject.script.syntax)
    fix = Fix("unsafe", "takes the setting out", edits) if edits else None
    no_fix = None if fix else "take the setting out, or give it another value"
    node: ast.expr | ast.stmt = spot.value
    yield subject.finding(RULE, node, message, fix=fix, no_fix=no_fix)


def _spot(subject: Subject, reason: str) -> Spot | None:
    """The place in the script that the reason is about, if it is about the script."""
    from jobready.jobs.predict import KILLERS
    from jobready.script.starts.wandb_settings import spots_of

    for key in (*KILLERS, *SETTINGS):
        if key not in reason and not (key == "disable_git" and "git is switched" in reason):
            continue
        for spot in spots_of(subject.script, key):
            line = subject.script.syntax.place(spot.value).line
            if f"line {line}" in reason:
                return spot
    return None


RULE = Rule(
    code="JR407",
    name="job-killers",
    summary="A setting for something else keeps the run from making a job.",
    why=(
        "A job is made of what the run records: without its metadata, its list of "
        "requirements, or git, wandb makes none and says nothing. A value that a setting "
        "can't have ends `wandb.init` with an error. The rule speaks where a run is to "
        "make a job, as JR402 does."
    ),
    bad="""\
import wandb

settings = wandb.Settings(disable_job_creation=False, x_disable_meta=True)
run = wandb.init(settings=settings)
run.log_code()
""",
    good="""\
import wandb

settings = wandb.Settings(disable_job_creation=False)
run = wandb.init(settings=settings)
run.log_code()
""",
    safety="unsafe",
    fix=(
        "Takes the setting out. It is unsafe: the run then records what somebody didn't "
        "want it to, the host's name for one."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0, each setting run against a loopback backend",
        "https://github.com/wandb/wandb/blob/v0.31.0/core/pkg/launch/job_builder.go",
    ),
    find=find,
    when=may_make_job,
)
