"""JR403: the code is logged, but the job is made of something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.script.job import ScriptJob


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each source that gives way to another without anybody saying so."""
    from jobready.jobs.code_problems import shadowed

    made = subject.wanted_job
    if made is None or made.job is None:
        return
    for problem in shadowed(made.around, made.job):
        fix = _fix(subject, made) if problem.line is not None else None
        said = problem.message.partition(": set")[0]
        yield subject.at_line(
            RULE,
            problem.line,
            said,
            fix=fix,
            no_fix=None if fix else "set job_source to the one that is meant",
        )


def _fix(subject: Subject, made: ScriptJob) -> Fix | None:
    """Ask for the source that the project expects, else for the code that is logged."""
    from jobready.edits.writing.init_settings import with_setting
    from jobready.jobs.versions import JOB_SOURCE

    assert made.job is not None
    wanted = made.expected.source if made.expected is not None else None
    source = wanted if wanted in ("repo", "artifact") else "artifact"
    unsure = any(code.guarded or not code.found for code in made.around.code)
    if made.around.version < JOB_SOURCE or (source == "artifact" and unsure):
        return None
    edits = with_setting(subject.script, f'job_source="{source}"')
    if edits is None:
        return None
    what = "logged code" if source == "artifact" else "repository"
    return Fix("safe", f'asks for the {what}: job_source="{source}"', edits)


RULE = Rule(
    code="JR403",
    name="source-shadowed",
    summary="A run logs its code, or has an image, but its job is made of another source.",
    why=(
        "Where there is a repository with a remote, the job is made of that, whatever "
        "else the run has: an agent clones the last commit, and the logged code is not "
        "used. `job_source` says which one is meant. The rule speaks where a run is to "
        "make a job, as JR402 does."
    ),
    bad="""\
import wandb

# in a repository whose remote is called origin
run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code(name="trainer")
""",
    good="""\
import wandb

# in a repository whose remote is called origin
run = wandb.init(settings=wandb.Settings(disable_job_creation=False, job_source="artifact"))
run.log_code(name="trainer")
""",
    safety="safe",
    fix=(
        'Asks for the logged code, `job_source="artifact"`, or for the source that '
        "`[tool.jobready.jobs]` states. The script does the same; its job is another, "
        'with another name. Where the repository is meant, write `job_source="repo"`. '
        "There is no fix where the code is logged under a condition, without which there "
        "would be no job."
    ),
    sources=("wandb 0.15.4 to 0.31.0, run against a loopback backend",),
    find=find,
    when=may_make_job,
)
