"""What is wrong with the remote of a job, and with what it doesn't hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobready.jobs.git import State
from jobready.jobs.problem import Problem
from jobready.jobs.remote import Remote, agents_accept
from jobready.jobs.versions import Version


def remote_problems(remote: Remote, version: Version) -> Iterator[Problem]:
    """What keeps an agent from cloning, and what it should not see."""
    if not agents_accept(remote, version):
        said = f"launch agents don't clone from {remote.shown}"
        yield Problem("remote-not-accepted", f"{said}: use https, ssh or git@host:path")
    if remote.credential == "dropped":
        said = f"the remote holds a credential, which the SDK leaves out: {remote.shown}"
        yield Problem("credential-in-remote", f"{said}; agents need one of their own")


def state_problems(state: State | None, *, saved: bool = False) -> Iterator[Problem]:
    """What a job would not have of the checkout: it runs the commit that was pushed.

    ``saved`` says that the run saves its code (``save_code``): then the job has a patch of
    the tracked files that differ, which agents apply (wandb 0.31.0).
    """
    if state is None:
        return
    if state.committed is False:
        yield Problem("not-committed", "the commit doesn't hold the script: commit it")
    if state.changed and not saved:
        files = ", ".join(state.changed[:3]) + (", …" if len(state.changed) > 3 else "")
        yield Problem(
            "dirty", f"changes that are not committed are not in the job: {files}"
        )
    if state.pushed is False:
        yield Problem("not-pushed", "the commit is on no branch of the remote: push it")


def same_place(first: Remote, second: Remote) -> bool:
    """Whether two remotes are one repository in two forms, which make two jobs."""
    return first.url != second.url and place_of(first.shown) == place_of(second.shown)


def place_of(url: str) -> str:
    """Host and path, whatever the form: ``github.com/acme/repo``."""
    bare = re.sub(r"^[a-z+]+://", "", url, flags=re.IGNORECASE)
    bare = bare.rpartition("@")[2] if "@" in bare.partition("/")[0] else bare
    if "://" not in url:
        bare = bare.replace(":", "/", 1)
    else:
        bare = re.sub(r"^([^/]+?):\d*(?=/|$)", r"\1", bare)
    host, slash, path = bare.partition("/")
    return f"{host.lower()}{slash}{path.rstrip('/').removesuffix('.git')}"
