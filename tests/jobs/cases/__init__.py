"""The cases by what they are about."""

from __future__ import annotations

from tests.jobs.case import Case
from tests.jobs.cases import artifacts, images, paths, remotes, settings

TOPICS = {
    "remotes": remotes,
    "paths": paths,
    "artifacts": artifacts,
    "images": images,
    "settings": settings,
}
# Those that every run of the suite tries with the installed wandb, and the others.
OFTEN: dict[str, list[Case]] = {name: topic.OFTEN for name, topic in TOPICS.items()}
SELDOM: dict[str, list[Case]] = {name: topic.SELDOM for name, topic in TOPICS.items()}
CASES = [case for cases in (*OFTEN.values(), *SELDOM.values()) for case in cases]

# Those in which releases of wandb differ, and a few in which none does.
TELLING = frozenset(
    (
        "https",
        "a token and nothing behind it",
        "an alias of ssh",
        "a port that is none",
        "an empty remote",
        "long",
        "code is disabled",
        "as a module",
        "another path is named",
        "logged code",
        "logged code is the source, from a folder",
        "code with a slash in its name",
        "code with too long a name",
        "code and git disabled, from a folder",
        "code is disabled, yet logged",
        "image acme/img:v1",
        "image reg:5000/img:5000",
        "image acme/img:bad+tag",
        "an image of no name",
        "an image as a module",
        "a job's name with what a name can't have",
        "an empty name of a job",
        "a job's name as a dict",
        "a job's name by setup",
        "a source that is there no more",
        "creation by nothing",
        "creation on in the source, off in the environment",
        "creation as it comes",
        "no metadata by the new name",
        "no requirements",
    )
)
