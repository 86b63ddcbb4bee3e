"""The versions of wandb in which jobs came to be different.

Each was found in the released source and run on both sides; where the two sides are not
neighbours, the note names what was run.
"""

from __future__ import annotations

import re

from jobready.project.requirements import LAST_PATCH

Version = tuple[int, int, int]

FIRST: Version = (0, 13, 8)  # a run creates its job (#4660)
NEWEST: Version = (0, 31, 0)  # the last that was run here

# `make_artifact_name_safe` cuts at 128, the job of logged code goes through it, a job
# gets the alias `latest` (#4884), and `disable_job_creation` exists (#4901).
CUTS: Version = (0, 13, 10)
JOB_SOURCE: Version = (0, 15, 4)  # the setting `job_source` (#5442)
SPLITS_TAG: Version = (0, 15, 5)  # an image's tag becomes an alias (#5718)
JOB_NAME: Version = (0, 15, 6)  # the setting `job_name` (#5791)
# A setting that isn't known, or has no value of its kind, is an error; before, the first
# was passed over, and the second counted as the text that it is (#5786).
STRICT: Version = (0, 15, 8)
CREATE: Version = (0, 15, 8)  # `wandb job create` (#5661)
CREATE_WANTS_PROGRAM: Version = (0, 16, 6)  # its entrypoint is a command (#7139)
# It names the job of a repository after the remote alone, for the path is gone (#7394).
CREATE_WITHOUT_PATH: Version = (0, 17, 0)
# The source is chosen before the path is looked at, a job of logged code starts where the
# script was started, and an empty program has no path (#5903).
SOURCE_FIRST: Version = (0, 15, 10)
MACHINE_INFO: Version = (0, 15, 10)  # the setting `_disable_machine_info` (#6230)
LOGS_DOCKERFILE: Version = (0, 15, 10)  # log_code takes Dockerfile* too (#6104)
CHECKS_TAG: Version = (0, 16, 0)  # only what looks like a tag is one (#6294)
# The service in Go builds the job: `pythonX.Y` in the entrypoint, an empty `job_name`
# is a name, only the first tag is taken out of an image.
CORE: Version = (0, 18, 0)
LOGS_REQUIREMENTS: Version = (0, 18, 1)  # log_code takes requirements.txt too (#7864)
# Off by default (#8907); settings are pydantic's (#8649), so that their names and how they
# are read changed; `pythonCPython X.Y` in the entrypoint.
OFF_BY_DEFAULT: Version = (0, 19, 0)
# A remote and a commit that are named count where git is off, too.
NAMED_WITHOUT_GIT: Version = (0, 19, 1)
GIT_OFF_IS_OFF: Version = (0, 19, 6)  # `disable_git` moves the path's root too (#9397)
CHECKS_LENGTH: Version = (0, 19, 11)  # a name of more than 128 is an error (#8773)
# What a name of logged code can't have is dropped, and something random added (#9943).
RENAMES_CODE: Version = (0, 20, 0)
# A settings file that can't be read, or has a wrong value, is passed over (#10995).
FILES_MAY_BE_WRONG: Version = (0, 24, 0)
GIT_OF_RUNS: Version = (0, 28, 0)  # the repository is looked for from WANDB_DIR (#11967)
# The SDK asks git itself instead of GitPython (#11983), which kept a scheme's case.
OWN_GIT: Version = (0, 28, 1)
AGENTS_CHOOSE: Version = (0, 28, 2)  # agents clone from some addresses only (#12221)


def parse_version(text: str) -> Version | None:
    """The version that a text names; ``0.16`` is the last of them; None for no version."""
    found = re.match(r"\s*v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?![\d])", text)
    if found is None:
        return None
    major, minor = int(found[1]), int(found[2])
    if found[3] is None:
        return major, minor, LAST_PATCH.get(minor, 0) if major == 0 else 0
    return major, minor, int(found[3])


def shown(version: Version) -> str:
    """The version as people write it."""
    return ".".join(map(str, version))
