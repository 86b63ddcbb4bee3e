"""JR601: what an agent would install lacks wandb, or can't be installed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.jobs.circumstances import Circumstances, are_made
from jobready.project.environment import Environment
from jobready.project.upwards import exists
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.jobs.problem import Problem

ADVICE = {
    "no-requirements": "add a requirements.txt that names wandb",
    "wandb-not-required": "add wandb to it",
    "wandb-too-old": "allow a newer one",
    "local-requirement": "name the release of a package index",
}


def when(data: bytes, environment: Environment, circumstances: Circumstances) -> str | None:
    """The problems in short; None where the requirements have none."""
    found = problems(data, environment, circumstances)
    return "\0".join(problem.message for problem in found) if found else None


def problems(
    data: bytes, environment: Environment, circumstances: Circumstances
) -> list[Problem]:
    """What is wrong with the requirements at the root of what an agent gets."""
    from jobready.jobs.requirements import requirements_problems

    path = environment.path
    if path is None or exists(path.parent / "Dockerfile.wandb"):
        return []  # which installs what it likes
    found = circumstances.requirements(path, environment.config)
    every = list(requirements_problems(found)) if found is not None else []
    if every and found is not None and found.file != "requirements.txt":
        return every if are_made(data, environment) else []
    return every


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each thing that is wrong with them."""
    from jobready.script.job import is_started

    if not subject.starts_run or not is_started(subject.script):
        return
    data = subject.script.syntax.text.encode("utf-8", "surrogatepass")
    around = subject.circumstances or Circumstances()
    for problem in problems(data, subject.environment, around):
        yield subject.at_start(RULE, problem.message, no_fix=ADVICE[problem.code])


RULE = Rule(
    code="JR601",
    name="requirements",
    summary="The requirements lack wandb, or name what can't be installed elsewhere.",
    why=(
        "An agent installs the requirements.txt at the root of the repository or of the "
        "logged code, else the [project] dependencies in pyproject.toml, Poetry's not, "
        "else what the run had installed, which jobs of `wandb job create` and `wandb "
        "launch -u` don't know. "
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
    when=when,
    once=True,
)
