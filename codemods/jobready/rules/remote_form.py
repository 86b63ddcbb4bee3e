"""JR604: a remote that agents don't clone from, or that holds a credential."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

ADVICE = {
    "remote-not-accepted": "use https, ssh or git@host:path",
    "credential-in-remote": "keep it in git's credential helper; agents need their own",
    "credential-in-name": "take it out of the remote, and revoke it if a run was made",
}


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each thing that is wrong with the remote of a job."""
    from jobready.jobs.name_problems import name_problems
    from jobready.jobs.recording import remote
    from jobready.jobs.remote import Remote
    from jobready.jobs.repository_problems import remote_problems

    made = subject.wanted_job
    if made is None or made.job is None or made.job.source != "repo":
        return
    recorded = remote(made.around)
    if not isinstance(recorded, Remote):
        return
    problems = [*remote_problems(recorded, made.around.version)]
    problems += name_problems(made.around, made.job)
    for problem in problems:
        if problem.code in ADVICE:
            message = problem.message.partition(": use ")[0].partition("; agents")[0]
            yield subject.at_start(RULE, message, no_fix=ADVICE[problem.code])


RULE = Rule(
    code="JR604",
    name="remote-form",
    summary="Agents don't clone from the remote, or it holds a credential.",
    why=(
        "Since wandb 0.28.2 an agent clones from https, ssh and `user@host:path` alone; a "
        "path of this machine or git:// it refuses. Of a credential in the remote wandb "
        "drops a password but keeps the user in front of it, and keeps all of it where "
        "WANDB_GIT_REMOTE_URL has it: it then stands in the job and in its name, for all "
        "who see the project. The rule speaks where a run is to make a job, as JR402 "
        "does, and shows nothing of a credential."
    ),
    bad="""\
import os

import wandb

os.environ["WANDB_GIT_REMOTE_URL"] = "git://github.com/acme/repo.git"
os.environ["WANDB_GIT_COMMIT"] = "8fda1d1c60e2aff0a4d9a2d9a1b4cbe9c0f5b0d7"
wandb.init(settings=wandb.Settings(disable_job_creation=False))
""",
    good="""\
import os

import wandb

os.environ["WANDB_GIT_REMOTE_URL"] = "https://github.com/acme/repo.git"
os.environ["WANDB_GIT_COMMIT"] = "8fda1d1c60e2aff0a4d9a2d9a1b4cbe9c0f5b0d7"
wandb.init(settings=wandb.Settings(disable_job_creation=False))
""",
    safety=None,
    fix="It is for git to mend: jobready edits Python files only.",
    sources=(
        "wandb 0.13.8 to 0.31.0, remotes run against a loopback backend",
        "https://github.com/wandb/wandb/pull/12221",
    ),
    find=find,
    when=may_make_job,
    once=True,
)
