"""JR409: the script becomes another job than the project's settings say."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.circumstances import Circumstances
from jobready.project.environment import Environment
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject


def is_expected(
    data: bytes, environment: Environment, circumstances: Circumstances
) -> str | None:
    """The surroundings in short; None where the project expects nothing of any job."""
    if environment.config is None or not environment.config.jobs:
        return None
    return circumstances.digest(environment)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each thing that is stated and isn't so."""
    from jobready.jobs.expectations import unmet

    made = subject.job
    if made is None or made.expected is None:
        return
    expected = made.expected
    advice = f'change the script, or [tool.jobready.jobs."{expected.script}"]'
    for problem in unmet(expected, made.prediction):
        yield subject.at_start(RULE, problem.message, no_fix=advice)
    if made.job is not None and made.is_wanted and not made.prediction.created:
        roads = "set disable_job_creation to false (see JR408), or use `wandb job create`"
        said = f"the job {made.job.shown} is expected, but no run makes it"
        yield subject.at_start(RULE, said, no_fix=roads)


RULE = Rule(
    code="JR409",
    name="job-not-expected",
    summary="A script becomes another job than the project's settings expect.",
    why=(
        "Queues and colleagues know a job by its name. `[tool.jobready.jobs]` states it, "
        "and what it is made of, so that a moved script, another remote or a new project "
        "is found before there is a second job. Nothing is found in projects that state "
        "nothing, so it is on by default."
    ),
    bad={
        "train.py": """\
import wandb

run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code(name="training")
""",
        "pyproject.toml": """\
[tool.jobready.jobs."train.py"]
source = "artifact"
name = "job-trainer"
""",
    },
    good={
        "train.py": """\
import wandb

run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code(name="trainer")
""",
        "pyproject.toml": """\
[tool.jobready.jobs."train.py"]
source = "artifact"
name = "job-trainer"
""",
    },
    safety=None,
    fix="Whether the script is wrong or the setting can't be told.",
    sources=("jobready's own settings",),
    find=find,
    when=is_expected,
)
