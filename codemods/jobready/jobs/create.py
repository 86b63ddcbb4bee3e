"""The other road to a job: ``wandb job create git|code|image``, which names differently.

Source: ``wandb/sdk/launch/create_job.py``; run with 0.16.6, 0.17.9, 0.18.7, 0.22.3 and
0.31.0. The name is None where the command refuses.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Literal

from jobready.jobs import naming
from jobready.jobs.versions import (
    CHECKS_LENGTH,
    CREATE,
    CREATE_WANTS_PROGRAM,
    CREATE_WITHOUT_PATH,
    Version,
    shown,
)

Kind = Literal["git", "code", "image"]
GIT_URL = re.compile(r"^[^/|^~|^\.].*(git|bitbucket|dev\.azure\.com|\.visualstudio\.com)")


@dataclass(frozen=True)
class Created:
    """The job that the command makes, or why it makes none.

    ``name`` may hold a credential of the URL, which the command leaves in.
    """

    name: str | None = field(repr=False)
    aliases: tuple[str, ...] = ()
    refusal: str | None = None


def created(
    kind: Kind,
    path: str,
    entrypoint: str | None,
    version: Version,
    name: str | None = None,
) -> Created:
    """The job of ``wandb job create KIND PATH -E ENTRYPOINT [-n NAME]``."""
    if version < CREATE:
        return _refused(f"wandb {shown(version)} has no `wandb job create`")
    if name and name != naming.safe_name(name, version):
        return _refused(f"{name!r} is no name: {naming.safe_name(name, version)} is")
    if kind == "image":
        return _of_image(path, version, name)
    if entrypoint is None:
        return _refused(f"a job of {kind} needs an entrypoint: -E 'python train.py'")
    start = _started(entrypoint, version)
    if start is None:
        return _refused(f"{entrypoint!r} starts no file: give a command, python train.py")
    if kind == "git":
        if GIT_URL.match(path) is None:
            return _refused("the path must be the URL of a git repository")
        return Created(name or _git_name(path, start, version), ("latest",))
    return _of_code(path, start, version, name)


def _refused(reason: str) -> Created:
    return Created(None, (), reason)


def _of_image(image: str, version: Version, name: str | None) -> Created:
    found = naming.image_job(image, version, core=False)
    if found is None:
        return _refused(f"wandb {shown(version)} breaks down over two colons: {image}")
    aliases = found.aliases if "latest" in found.aliases else (*found.aliases, "latest")
    return Created(name or found.name, aliases)


def _git_name(remote: str, start: str, version: Version) -> str:
    path = "" if version >= CREATE_WITHOUT_PATH else start
    return naming.safe_name(naming.repo_job(remote, path), version)


def _of_code(path: str, start: str, version: Version, name: str | None) -> Created:
    """The name is that of the code artifact, with every "code" in it as "job"."""
    if name:
        return Created(name, ("latest",))
    clean = posixpath.join(path, start).replace("./", "")
    clean = clean.removeprefix("/").removesuffix("/")
    code = f"code-{naming.safe_name(clean, version)}"
    if len(code) > naming.LONGEST and version >= CHECKS_LENGTH:
        return _refused("the path makes a name of more than 128 characters: give it -n")
    return Created(code.replace("code", "job"), ("latest",))


def _started(entrypoint: str, version: Version) -> str | None:
    """The file of an entrypoint, as the command takes it for one."""
    words = entrypoint.split(" ")
    if version >= CREATE_WITHOUT_PATH:
        return words[-1]
    if version < CREATE_WANTS_PROGRAM:
        return entrypoint
    if words[0].endswith((".py", ".sh")):
        return words[0]
    return words[1] if len(words) > 1 else None
