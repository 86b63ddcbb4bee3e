"""JR501: the job's name loses its middle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.jobs import naming
from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.script.job import ScriptJob


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for a name that W&B makes, and makes shorter."""
    from jobready.jobs.name_problems import is_cut

    made = subject.wanted_job
    if made is None or made.job is None or not is_cut(made.around, made.job):
        return
    if made.around.settings.get("job_name") is not None:
        return
    message = (
        f"the job's name is cut to {naming.LONGEST} characters, "
        f"{made.job.shown[:20]}..{made.job.shown[-20:]}"
    )
    fix = _fix(subject, made)
    no_fix = None if fix else "set job_name, or log the code under a name="
    yield subject.at_start(RULE, message, fix=fix, no_fix=no_fix)


def _fix(subject: Subject, made: ScriptJob) -> Fix | None:
    """Name the job after the script's path, which tells it from those beside it."""
    from jobready.edits.writing.init_settings import with_setting
    from jobready.jobs.recording import script_path
    from jobready.jobs.versions import JOB_NAME

    path = script_path(made.around)
    if made.around.version < JOB_NAME or path is None:
        return None
    text = f"job-{path}"
    if naming.is_cut(text, made.around.version):
        return None
    name = naming.safe_name(text, made.around.version)
    edits = with_setting(subject.script, f'job_name="{name}"')
    return Fix("unsafe", f"names it {name}", edits) if edits else None


RULE = Rule(
    code="JR501",
    name="name-too-long",
    summary="The name that W&B gives the job is too long and loses its middle.",
    why=(
        "A name has at most 128 characters. Of a longer one wandb keeps the first 63 and "
        "the last 63, so that two scripts may become one job, and nobody recognises "
        "either. The rule speaks where a run is to make a job, as JR402 does."
    ),
    bad="""\
import wandb

run = wandb.init(
    project="the-models-of-the-department-of-applied-statistics-and-their-customers"
    "-in-the-second-half-of-last-year-or-the-first",
    settings=wandb.Settings(disable_job_creation=False),
)
run.log_code()
""",
    good="""\
import wandb

run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code(name="trainer")
""",
    safety="unsafe",
    fix=(
        "Sets `job_name` to the script's path, where that is short enough. It is unsafe, "
        "since the job that was there goes on under its old name, without new versions."
    ),
    sources=(
        "wandb 0.13.10 to 0.31.0: make_artifact_name_safe, thousands of names",
        "https://github.com/wandb/wandb/issues/4888",
    ),
    find=find,
    when=may_make_job,
)
