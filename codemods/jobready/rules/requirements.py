"""JR601: what an agent would install lacks wandb, or can't be installed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jobready.jobs.circumstances import ENABLES, version_of
from jobready.jobs.requirements import read_requirements, requirements_problems
from jobready.jobs.versions import OFF_BY_DEFAULT
from jobready.project.upwards import exists, folder_of, folders_of_repository
from jobready.rules.model import Finding, Rule, Subject
from jobready.script.job import is_started

ADVICE = {
    "no-requirements": "add a requirements.txt that names wandb",
    "wandb-not-required": "add wandb to it",
    "wandb-too-old": "allow a newer one",
    "local-requirement": "name the release of a package index",
}
# A requirements.txt is for whoever installs; these may well be a library's own affair.
OF_JOBS_ONLY = frozenset(("no-requirements",))


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each thing that is wrong with the requirements at the root."""
    path = subject.environment.path
    if path is None or not subject.starts_run or not is_started(subject.script):
        return
    root = _root(path, subject)
    if exists(root / "Dockerfile.wandb") or exists(path.parent / "Dockerfile.wandb"):
        return  # which installs what it likes
    for name in ("requirements.txt", "pyproject.toml"):
        subject.files.read(root / name)
    found = read_requirements(root)
    for problem in requirements_problems(found):
        of_jobs = problem.code in OF_JOBS_ONLY or found.file == "pyproject.toml"
        if of_jobs and not _makes_jobs(subject):
            continue
        said = problem.message
        yield subject.at_start(RULE, said, no_fix=ADVICE[problem.code])


def _root(path: Path, subject: Subject) -> Path:
    """The folder whose requirements count: the top of what an agent gets."""
    folder = folder_of(path.parent)
    top = folders_of_repository(folder)[-1]
    if exists(top / ".git"):
        return top
    config = subject.environment.config
    inside = config is not None and folder.is_relative_to(config.root)
    return config.root if config is not None and inside else folder


def _makes_jobs(subject: Subject) -> bool:
    """Whether the source or the settings say that a run is to make a job."""
    config = subject.environment.config
    data = subject.script.syntax.text.encode("utf-8", "surrogatepass")
    return (
        version_of(subject.environment) < OFF_BY_DEFAULT
        or (config is not None and bool(config.jobs))
        or any(word in data for word in ENABLES)
    )


RULE = Rule(
    code="JR601",
    name="requirements",
    summary="The requirements lack wandb, or name what can't be installed elsewhere.",
    why=(
        "An agent installs the requirements.txt at the root of the repository or of the "
        "logged code, else the dependencies in pyproject.toml, else what the run had "
        "installed, which jobs of `wandb job create` and `wandb launch -u` don't know. "
        "Without wandb the job ends at its import, with one older than 0.13.8 there is no "
        "job, and an editable package, a path or a local version like `+cu118` isn't "
        "there for the agent. Of a project without requirements.txt the rule speaks only "
        "where its scripts or settings say that runs are to make jobs; with a "
        "Dockerfile.wandb, never."
    ),
    bad={
        "train.py": """\
import torch
import wandb

wandb.init(project="mnist")
""",
        "requirements.txt": """\
torch>=2.2
""",
    },
    good={
        "train.py": """\
import torch
import wandb

wandb.init(project="mnist")
""",
        "requirements.txt": """\
torch>=2.2
wandb>=0.18
""",
    },
    safety=None,
    fix="jobready edits Python files only, and which versions are right can't be told.",
    sources=(
        "https://github.com/wandb/wandb/blob/v0.31.0/wandb/sdk/launch/builder/build.py",
        "https://github.com/wandb/wandb/pull/7653",
    ),
    find=find,
    once=True,
)
