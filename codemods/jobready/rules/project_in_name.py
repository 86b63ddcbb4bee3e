"""JR505: a job of logged code is another one in each project."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.edits.writing.text import with_argument
from jobready.jobs import naming
from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.script.job import ScriptJob


def find(subject: Subject) -> Iterator[Finding]:
    """One finding, at the first ``log_code`` without a name."""
    from jobready.jobs.name_problems import project_problems

    made = subject.wanted_job
    if made is None or made.job is None or made.job.source != "artifact":
        return
    if made.around.settings.get("job_name") is not None:
        return
    for problem in project_problems(made.around):
        message = problem.message.rpartition(": ")[0]
        fix = _fix(subject, problem.line, made)
        no_fix = None if fix else "give log_code a name="
        yield subject.at_line(RULE, problem.line, message, fix=fix, no_fix=no_fix)


def _fix(subject: Subject, line: int | None, made: ScriptJob) -> Fix | None:
    """Name the code after the script alone."""
    from jobready.jobs.recording import local_path

    path = local_path(made.around)
    syntax = subject.script.syntax
    for call in syntax.of(ast.Call):
        logs = isinstance(call.func, ast.Attribute) and call.func.attr == "log_code"
        if logs and path is not None and syntax.place(call).line == line:
            name = naming.safe_name(f"source-{path}", made.around.version)
            edits = with_argument(call, f'name="{name}"', syntax)
            return Fix("unsafe", f"names the code {name}", edits) if edits else None
    return None


RULE = Rule(
    code="JR505",
    name="project-in-name",
    summary="The name of a job of logged code holds the project.",
    why=(
        "`run.log_code()` names the code `source-<project>-<path>`, and the job after it: "
        "a run in another project makes another job. The rule is off by default, since a "
        "job for each project is what many want. It speaks where a run is to make a job, "
        "as JR402 does."
    ),
    bad="""\
import wandb

run = wandb.init(project="mnist", settings=wandb.Settings(disable_job_creation=False))
run.log_code()
""",
    good="""\
import wandb

run = wandb.init(project="mnist", settings=wandb.Settings(disable_job_creation=False))
run.log_code(name="trainer")
""",
    safety="unsafe",
    fix=(
        "Names the code after the script's path. It is unsafe, since the job that was "
        "there goes on under its old name, without new versions."
    ),
    sources=("wandb 0.13.8 to 0.31.0, run against a loopback backend",),
    find=find,
    default=False,
    words=((b"log_code", b"save_code"),),
    when=may_make_job,
)
