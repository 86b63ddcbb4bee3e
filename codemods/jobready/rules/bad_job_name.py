"""JR502: the script names its job, or its code, as nothing can be named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.edits.writing.text import replaced
from jobready.jobs import naming
from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.script.job import ScriptJob

KINDS = frozenset(("code-raises", "crash"))


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for ``job_name``, or for the name of logged code."""
    from jobready.jobs.code import VALID

    made = subject.wanted_job
    if made is None:
        return
    yield from _of_job(subject, made)
    if made.missing is not None and made.missing.code in KINDS:
        reason, _, line = made.missing.reason.partition(" (line ")
        if "job_name" not in reason:
            number = int(line[:-1]) if line[:-1].isdigit() else None
            advice = "use letters, digits, - _ and . only"
            yield subject.at_line(RULE, number, reason, no_fix=advice)
    for code in made.around.code:
        name = code.name
        if isinstance(name, str) and not VALID.fullmatch(name) and made.missing is None:
            said = f"a name can't hold all of {name!r}, so that wandb adds something random"
            fix = _renamed(subject, code.line, name, made)
            no_fix = None if fix else "use letters, digits, - _ and . only"
            yield subject.at_line(RULE, code.line, said, fix=fix, no_fix=no_fix)


def _of_job(subject: Subject, made: ScriptJob) -> Iterator[Finding]:
    from jobready.jobs.name_problems import raw_name_problems
    from jobready.jobs.versions import JOB_NAME
    from jobready.script.starts.wandb_settings import spots_of

    own = made.around.settings.text("job_name")
    if own is None or made.around.version < JOB_NAME:
        return
    for problem in raw_name_problems(own):
        for spot in spots_of(subject.script, "job_name"):
            if isinstance(spot.value, ast.Constant) and spot.value.value == own:
                fix = _fix(spot.value, own, subject, made)
                yield subject.finding(RULE, spot.value, problem.message, fix=fix)
                return
        origin = made.around.settings.origin("job_name")
        advice = f"set {origin} to letters, digits, - _ and . only"
        yield subject.at_start(RULE, problem.message, no_fix=advice)


def _fix(node: ast.expr, name: str, subject: Subject, made: ScriptJob) -> Fix:
    safe = re.sub(r"__+", "_", naming.safe_name(name, made.around.version)).strip("_")
    text = f'"{safe or "job"}"'
    edits = replaced(node, text, subject.script.syntax)
    return Fix("safe", f"writes {text}", edits)


def _renamed(subject: Subject, line: int | None, name: str, made: ScriptJob) -> Fix | None:
    """The same for the ``name`` of a log_code call, where that is spelled out."""
    for call in subject.script.syntax.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "log_code":
            continue
        given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "name")]
        for node in given:
            if isinstance(node, ast.Constant) and node.value == name:
                return _fix(node, name, subject, made)
    return None


RULE = Rule(
    code="JR502",
    name="bad-job-name",
    summary="A job or its code is given a name that W&B doesn't take.",
    why=(
        "wandb sends `job_name` as it is: W&B refuses what isn't letters, digits, - _ and "
        "., or has more than 128 characters, and wandb 0.15 to 0.17 end with an error. A "
        "name of logged code is an error before 0.20, and since then loses those "
        "characters and gets random ones, so that every run makes another job. The rule "
        "speaks where a run is to make a job, as JR402 does."
    ),
    bad="""\
import wandb

settings = wandb.Settings(disable_job_creation=False, job_name="mnist/train:v1")
run = wandb.init(settings=settings)
run.log_code()
""",
    good="""\
import wandb

settings = wandb.Settings(disable_job_creation=False, job_name="mnist_train_v1")
run = wandb.init(settings=settings)
run.log_code()
""",
    safety="safe",
    fix=(
        "Writes `_` for what a name can't have: no job has the name that was there. Where "
        "it comes from the environment, it must be set there."
    ),
    sources=("wandb 0.15.6 to 0.31.0, run against a loopback backend",),
    find=find,
    when=may_make_job,
)
