"""What is wrong with the name of a job, and which scripts share one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jobready.jobs import naming
from jobready.jobs.code import VALID
from jobready.jobs.model import Job, Prediction, Surroundings
from jobready.jobs.problem import Problem
from jobready.jobs.recording import remote
from jobready.jobs.remote import Remote
from jobready.jobs.settings import Unknown
from jobready.jobs.versions import JOB_NAME


def name_problems(around: Surroundings, job: Job) -> Iterator[Problem]:
    """All that is wrong with the name itself."""
    own = around.settings.get("job_name")
    named = own is not None and around.version >= JOB_NAME
    if job.name is None:
        yield Problem("name-unknown", f"the name can't be told: {job.how}")
    elif named:
        yield from raw_name_problems(job.name)
    elif is_cut(around, job):
        said = (
            f"the name was longer than {naming.LONGEST} characters: its middle is cut out"
        )
        yield Problem("name-cut", f"{said}; set job_name")
    recorded = remote(around)
    if job.source == "repo" and not named and isinstance(recorded, Remote):
        if recorded.credential == "kept":
            said = (
                "the remote's credential, or a part of it, stands in the job and its name"
            )
            yield Problem("credential-in-name", f"{said}: take it out of {recorded.shown}")
    if job.source == "artifact" and not named:
        yield from project_problems(around)


def raw_name_problems(name: str) -> Iterator[Problem]:
    """What W&B refuses in a ``job_name``, which the SDK sends as it is."""
    if not VALID.fullmatch(name):
        said = f"job_name {name!r} is sent as it is, but a name has letters, digits, - _ ."
        yield Problem("name-invalid", f"{said} only")
    elif len(name) > naming.LONGEST:
        said = (
            f"job_name has {len(name)} characters, more than the {naming.LONGEST} allowed"
        )
        yield Problem("name-invalid", said)


def is_cut(around: Surroundings, job: Job) -> bool:
    """Whether a name that is made of others had more characters than a name can have."""
    return job.name is not None and len(job.name) == naming.LONGEST and ".." in job.name


def project_problems(around: Surroundings) -> Iterator[Problem]:
    """The project in the name of a job of logged code: another project, another job."""
    default = [code for code in around.code if code.found and code.name is None]
    if default:
        of = around.settings.get("project")
        word = of.expression if isinstance(of, Unknown) else "the project"
        said = f"the name holds {word}, so that each project gets a job of its own"
        yield Problem("project-in-name", f"{said}: give log_code a name=", default[0].line)


def colliding(predictions: Mapping[str, Prediction]) -> tuple[tuple[str, ...], ...]:
    """The scripts that become versions of one job, in groups: ``a/b.py`` and ``a_b.py``."""
    by_name: dict[str, list[str]] = {}
    for script, prediction in predictions.items():
        if prediction.job is not None and prediction.job.name is not None:
            by_name.setdefault(prediction.job.name, []).append(script)
    return tuple(tuple(scripts) for scripts in by_name.values() if len(scripts) > 1)
