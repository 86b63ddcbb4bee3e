"""JR402: there is nothing that a job could be made of."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

# What is missing, and what other rules have to say of it.
MISSING = frozenset(
    (
        "no-repository",
        "no-remote",
        "no-commit",
        "remote-unreadable",
        "no-code",
        "no-image",
        "no-program",
        "outside",
    )
)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding, with the reason why the run makes no job."""
    from jobready.edits.writing.init_settings import with_logged_code

    made = subject.wanted_job
    if made is None or made.missing is None or made.missing.code not in MISSING:
        return
    message = f"a run makes no job: {made.missing.reason}"
    edits = None
    if made.missing.source in (None, "artifact") and not made.around.code:
        edits = with_logged_code(subject.script)
    if edits is None:
        advice = "give it what is missing, or set job_source to what is there"
        yield subject.at_start(RULE, message, no_fix=advice)
        return
    sentence = "logs the code, which sends the Python files of the folder to W&B"
    yield subject.at_start(RULE, message, fix=Fix("unsafe", sentence, edits))


RULE = Rule(
    code="JR402",
    name="no-source",
    summary="A run has neither repository, nor logged code, nor image for a job.",
    why=(
        "A job is made of a git repository with a commit and a remote called origin, of "
        "code that the run logs, or of the image that WANDB_DOCKER names. Without any of "
        "them, or without the one that `job_source` asks for, wandb makes none and says "
        "nothing. The rule speaks where a run is to make a job: with wandb before 0.19, "
        "where `disable_job_creation` is set to false, or where the project states the "
        "job that it expects."
    ),
    bad="""\
import wandb

# in a folder that is in no git repository
run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log({"loss": 0.1})
""",
    good="""\
import wandb

# in a folder that is in no git repository
run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code()
run.log({"loss": 0.1})
""",
    safety="unsafe",
    fix=(
        "Adds `run.log_code()`. It is unsafe, since it sends the Python files of the "
        "folder that the script is started in to W&B. A remote is better where there can "
        "be one: `git remote add origin URL`."
    ),
    sources=("wandb 0.13.8 to 0.31.0, run against a loopback backend",),
    find=find,
    when=may_make_job,
    once=True,
)
