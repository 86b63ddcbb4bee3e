"""JR506: one repository in two forms, of which each makes a job of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

if TYPE_CHECKING:
    from jobready.jobs.remote import Remote
    from jobready.script.job import ScriptJob


def find(subject: Subject) -> Iterator[Finding]:
    """One finding where another remote of the repository is the same in another form."""
    from jobready.jobs.recording import remote
    from jobready.jobs.remote import Remote
    from jobready.jobs.repository_problems import same_place

    made = subject.wanted_job
    own = None if made is None else remote(made.around)
    if made is None or made.job is None or made.job.source != "repo":
        return
    if made.around.settings.get("job_name") is not None or not isinstance(own, Remote):
        return
    for name, other in _others(made):
        if same_place(own, other):
            message = f"the job is named after {own.shown}, and {name} is {other.shown}"
            advice = f"write both alike: git remote set-url {name} URL, or set job_name"
            yield subject.at_start(RULE, message, no_fix=advice)
            return


def _others(made: ScriptJob) -> Iterator[tuple[str, Remote]]:
    """The remotes that the job is not made of, by name."""
    from jobready.jobs.git import Repository
    from jobready.jobs.recording import remote_name
    from jobready.jobs.remote import Remote, recorded

    repository = made.around.recorded_repository
    if not isinstance(repository, Repository):
        return
    told = made.around.settings.text("git_remote_url") is not None
    for name in sorted(repository.remotes):
        if told or name != remote_name(made.around):
            found = recorded(repository.remotes[name], made.around.version)
            if isinstance(found, Remote):
                yield name, found


RULE = Rule(
    code="JR506",
    name="remote-twice",
    summary="The repository has a remote in two forms, each of which names another job.",
    why=(
        "wandb names the job after the remote as it is written: runs from a clone by "
        "https make `job-https___github.com_…`, those from a clone by ssh "
        "`job-git_github.com_…`, and a URL without `.git` a third. Both forms in one "
        "repository, or another in WANDB_GIT_REMOTE_URL than in the clone, say that both "
        "are in use. The rule speaks where a run is to make a job, as JR402 does."
    ),
    bad="""\
import os

import wandb

# in a clone of https://github.com/acme/repo.git
os.environ["WANDB_GIT_REMOTE_URL"] = "git@github.com:acme/repo.git"
os.environ["WANDB_GIT_COMMIT"] = "8fda1d1c60e2aff0a4d9a2d9a1b4cbe9c0f5b0d7"
wandb.init(settings=wandb.Settings(disable_job_creation=False))
""",
    good="""\
import os

import wandb

# in a clone of https://github.com/acme/repo.git
os.environ["WANDB_GIT_REMOTE_URL"] = "https://github.com/acme/repo.git"
os.environ["WANDB_GIT_COMMIT"] = "8fda1d1c60e2aff0a4d9a2d9a1b4cbe9c0f5b0d7"
wandb.init(settings=wandb.Settings(disable_job_creation=False))
""",
    safety=None,
    fix="It is for git to mend: jobready edits Python files only.",
    sources=("wandb 0.13.8 to 0.31.0, remotes run against a loopback backend",),
    find=find,
    when=may_make_job,
    once=True,
)
