"""JR401: since wandb 0.19 a run makes a job only if it is told to."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.circumstances import surroundings
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a script, unless somebody decided the matter one way or the other."""
    from jobready.edits.writing.init_settings import with_setting

    made = subject.job
    if made is None or made.prediction.created or made.prediction.switch is not None:
        return
    message = "since wandb 0.19 a run makes no job unless it is told to"
    edits = with_setting(subject.script, "disable_job_creation=False")
    roads = "`wandb job create`, `wandb launch -u` or an image make a job without a run"
    if edits is None:
        advice = (
            f"set WANDB_DISABLE_JOB_CREATION=false, for a job that JR408 finds; {roads}"
        )
        yield subject.at_start(RULE, message, no_fix=advice)
        return
    sentence = f"tells it to, for a job that no shell can start, as JR408 says; {roads}"
    yield subject.at_start(RULE, message, fix=Fix("unsafe", sentence, edits))


RULE = Rule(
    code="JR401",
    name="job-not-enabled",
    summary="A run makes no job, since nothing tells wandb 0.19 or newer to make one.",
    why=(
        "W&B's documentation says that a run in a repository becomes a job. Since 0.19.0 "
        "it doesn't, unless `disable_job_creation` is set to false. There are three ways "
        "around it, and they are the better ones, since the job of such a run can't be "
        "started (JR408): `wandb job create git URL -E 'python train.py' -n NAME`, `wandb "
        "launch -u URL -E 'python train.py'`, and an image that holds the code. The rule "
        "is off by default, since whoever goes one of these ways is right, and no source "
        "shows it: `jobready name` says the same for one script, and JR409 finds it by "
        "default where the project states which job it expects."
    ),
    bad="""\
import wandb

wandb.init(project="mnist")
""",
    good="""\
import wandb

wandb.init(project="mnist", settings=wandb.Settings(disable_job_creation=False))
""",
    safety="unsafe",
    fix=(
        "Sets `disable_job_creation=False`. It is unsafe: the run then makes a job whose "
        "entrypoint no shell can start, so that it must be launched with an entry point "
        "of its own. Said once of a project, whose other scripts are counted."
    ),
    sources=(
        "wandb 0.18.7, 0.19.11, 0.22.3 and 0.31.0, run against a loopback backend",
        "https://github.com/wandb/wandb/pull/8907",
    ),
    find=find,
    default=False,
    since="0.19.0",
    when=surroundings,
    once=True,
)
