"""JR504: an image that agents can't pull, or that isn't the same each time."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject

ADVICE = {
    "image-invalid": "give one like registry.io/team/image:v1",
    "image-without-registry": "begin it with the registry's host",
    "image-without-tag": "add a tag",
    "image-by-digest": "give it by a tag",
}


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each thing that is wrong with the image of a job."""
    from jobready.jobs.image_problems import image_problems
    from jobready.script.starts.wandb_settings import spots_of

    made = subject.wanted_job
    image = None if made is None else made.around.settings.text("docker")
    if made is None or not image or made.job is None or made.job.source != "image":
        return
    spot = next(spots_of(subject.script, "docker"), None)
    for problem in image_problems(image):
        advice = f"{ADVICE[problem.code]} ({made.around.settings.origin('docker')})"
        if spot is None:
            yield subject.at_start(RULE, problem.message, no_fix=advice)
        else:
            yield subject.finding(RULE, spot.value, problem.message, no_fix=advice)


RULE = Rule(
    code="JR504",
    name="image-name",
    summary="The image of a job has no registry, no tag, or is given by digest.",
    why=(
        "The job is named after the image in WANDB_DOCKER. Without a registry's host "
        "agents look for it on Docker Hub; without a tag each push changes what the job "
        "runs; of a digest only `_sha256` gets into the name, and the digest becomes an "
        "alias, so that all images of a repository share one job. The rule speaks where a "
        "run is to make a job, as JR402 does."
    ),
    bad="""\
import os

import wandb

os.environ["WANDB_DOCKER"] = "team/trainer"
wandb.init(settings=wandb.Settings(disable_job_creation=False, job_source="image"))
""",
    good="""\
import os

import wandb

os.environ["WANDB_DOCKER"] = "registry.io/team/trainer:v1"
wandb.init(settings=wandb.Settings(disable_job_creation=False, job_source="image"))
""",
    safety=None,
    fix="Where the image is pushed to can't be told.",
    sources=(
        "wandb 0.13.8 to 0.31.0, images run against a loopback backend",
        "https://github.com/distribution/reference/blob/main/reference.go",
    ),
    find=find,
    when=may_make_job,
    once=True,
)
