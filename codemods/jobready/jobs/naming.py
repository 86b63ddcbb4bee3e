"""How W&B makes the name of a job: the rules of the SDK, as functions of text.

W&B documents ``job-<git-remote-url>-<path-to-script>``; what the SDK writes is
``job-<remote>_<path>``, with every character that a name can't have as ``_``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobready.jobs.versions import (
    CHECKS_TAG,
    CORE,
    CUTS,
    SPLITS_TAG,
    Version,
)

LONGEST = 128  # characters
UNSAFE = re.compile(r"[^a-zA-Z0-9_\-.]")
TAG = re.compile(r"[a-zA-Z0-9_\-.]+")
SECRET = "***"  # what a credential is shown as


@dataclass(frozen=True)
class ImageName:
    """The name of an image's job, and the aliases that its tag brings."""

    name: str
    aliases: tuple[str, ...]


def safe_name(text: str, version: Version) -> str:
    """The text as the name of an artifact (`wandb.util.make_artifact_name_safe`).

    Since 0.13.10 a name of more than 128 characters loses its middle.
    """
    cleaned = UNSAFE.sub("_", text)
    return cut(cleaned) if version >= CUTS else cleaned


def cut(name: str) -> str:
    """A name with at most 128 characters: the first 63, two dots and the last 63."""
    return name if len(name) <= LONGEST else f"{name[:63]}..{name[-63:]}"


def is_cut(text: str, version: Version) -> bool:
    """Whether `safe_name` takes the middle out of a text."""
    return version >= CUTS and len(text) > LONGEST


def repo_job(remote: str, path: str) -> str:
    """The text that `safe_name` makes the name of a repository's job."""
    return f"job-{remote}_{path}"


def code_artifact(project: str, path: str | None) -> str:
    """The text of the name that ``run.log_code()`` gives the code without ``name=``."""
    return f"source-{project}-{path}"


def artifact_job(code: str, version: Version) -> str:
    """The name of the job of logged code, of which the name is given.

    0.13.8 and 0.13.9 took it as it was.
    """
    text = f"job-{code}"
    return safe_name(text, version) if version >= CUTS else text


def image_job(
    image: str, version: Version, *, core: bool | None = None
) -> ImageName | None:
    """The name of an image's job, and what its tag becomes.

    ``core`` says whether the service in Go makes it, which is so for runs since 0.18. None
    is returned where the SDK breaks down: 0.15.5 to 0.15.12 can't take two colons.
    """
    if version < SPLITS_TAG or ":" not in image:
        return ImageName(safe_name(f"job-{image}", version), ())
    if version < CHECKS_TAG:
        if image.count(":") != 1:
            return None
        name, tag = image.split(":")
        return ImageName(safe_name(f"job-{name}", version), (tag,))
    tag = image.rpartition(":")[2]
    if TAG.fullmatch(tag) is None:
        return ImageName(safe_name(f"job-{image}", version), ())
    # Go takes the first of them out, Python takes all.
    once = version >= CORE if core is None else core
    name = image.replace(f":{tag}", "", 1 if once else -1)
    return ImageName(safe_name(f"job-{name}", version), (tag,))


def shown_name(text: str, exact: str) -> str:
    """A name for people to see, of a text in which credentials are `SECRET`."""
    if SECRET not in text:
        return exact
    cleaned = re.sub(r"[^a-zA-Z0-9_\-.*]", "_", text)
    return cut(cleaned) if len(exact) == LONGEST else cleaned
