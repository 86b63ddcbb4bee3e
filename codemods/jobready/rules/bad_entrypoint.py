"""JR408: the job of a run of wandb 0.19 or newer names a program that isn't one."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for a job of a repository or of logged code."""
    from jobready.jobs.versions import OFF_BY_DEFAULT

    made = subject.wanted_job
    if made is None or made.job is None or not made.prediction.created:
        return
    if not made.job.entrypoint or made.around.version < OFF_BY_DEFAULT:
        return
    yield subject.at_start(
        RULE,
        f"a run's job starts {made.job.entrypoint[0]!r}, which is no program",
        no_fix=(
            "launch it with an entry point of its own, or make the job by "
            "`wandb job create`, `wandb launch -u` or an image"
        ),
    )


RULE = Rule(
    code="JR408",
    name="bad-entrypoint",
    summary="A run of wandb 0.19 or newer makes a job that no shell can start.",
    why=(
        "Such a run records `pythonCPython 3.11` as the program of its job, so that an "
        "agent ends with `command not found`. An entry point that the launch gives "
        "(`overrides.entry_point`) stands in its place, where the agent isn't a "
        "local-container; `wandb job create` and `wandb launch -u` write one that works; "
        "an image's job has none. The rule is on by default, since it only speaks where a "
        "run is told to make a job; who launches with an entry point ignores it with that "
        "reason."
    ),
    bad="""\
import wandb

run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code()
""",
    good="""\
import wandb

# wandb job create code . -n trainer -E "python train.py"
run = wandb.init()
run.log_code()
""",
    safety=None,
    fix="It is wandb's: the source of the script can't mend it.",
    sources=(
        "wandb 0.18.7 (python3.11), 0.19.11, 0.22.3, 0.31.0 (pythonCPython 3.11)",
        "https://github.com/wandb/wandb/blob/v0.31.0/core/pkg/launch/job_builder.go",
    ),
    find=find,
    since="0.19.0",
    when=may_make_job,
    once=True,
)
