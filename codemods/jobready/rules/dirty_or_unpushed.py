"""JR404: the job runs a commit, and what is on this disk isn't in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.edits.writing.text import with_argument
from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.jobs.problem import Problem
    from jobready.script.job import ScriptJob

ADVICE = {
    "not-committed": "git add and git commit",
    "dirty": "commit, or stash what the job need not have",
    "not-pushed": "git push",
}


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each way in which the remote lacks what stands here."""
    from jobready.jobs.repository_problems import state_problems

    made = subject.wanted_job
    state = None if made is None else made.state()
    if made is None or state is None:
        return
    saved = made.around.settings.on("save_code")
    for problem in state_problems(state, saved=saved):
        fix = _fix(problem, subject, made)
        no_fix = None if fix else ADVICE[problem.code]
        message = problem.message.partition(": commit it")[0].partition(": push it")[0]
        yield subject.at_start(RULE, message, fix=fix, no_fix=no_fix)


def _fix(problem: Problem, subject: Subject, made: ScriptJob) -> Fix | None:
    """Have the job carry the changes along, which it does with the code that is saved."""
    inits = subject.script.inits
    if problem.code != "dirty" or len(inits) != 1 or inits[0].place.file is not None:
        return None
    if made.around.settings.get("save_code") is not None:
        return None
    edits = with_argument(inits[0].call, "save_code=True", subject.script.syntax)
    if edits is None or any(k.arg is None for k in inits[0].call.keywords):
        return None
    return Fix("unsafe", "saves the code, so that the job has the changes", edits)


RULE = Rule(
    code="JR404",
    name="dirty-or-unpushed",
    summary="A job of the repository would lack what isn't committed, or isn't pushed.",
    why=(
        "An agent clones the commit that the run was started from. Changes that aren't "
        "committed are only in the job with `save_code=True`, files that git doesn't know "
        "never are, and a commit that is on no branch of the remote can't be cloned. The "
        "rule is off by default, since somebody who edits always has changes: select it "
        "where a run is about to be started, `jobready check --select JR404`. It speaks "
        "where a run is to make a job, as JR402 does."
    ),
    bad="""\
import wandb

# in a file that git doesn't know yet
wandb.init(settings=wandb.Settings(disable_job_creation=False))
""",
    good="""\
import wandb

# in a file that git doesn't know yet
run = wandb.init(settings=wandb.Settings(disable_job_creation=False, job_source="artifact"))
run.log_code()
""",
    safety="unsafe",
    fix=(
        "Adds `save_code=True` where tracked files have changes, which the job then holds "
        "as diff.patch. It is unsafe, since it sends the script and the changes to W&B. "
        "What isn't committed or pushed at all, git must be told."
    ),
    sources=(
        "wandb 0.31.0: diff.patch is in the job with save_code=True only",
        "https://github.com/wandb/wandb/issues/11155",
    ),
    find=find,
    default=False,
    uses_git=True,
    when=may_make_job,
    once=True,
)
