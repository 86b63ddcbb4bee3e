"""What is wrong with the image of a job."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.jobs.image import read_image
from jobready.jobs.problem import Problem


def image_problems(reference: str) -> Iterator[Problem]:
    """What keeps an agent from pulling the image, or from pulling the same one again."""
    image = read_image(reference)
    if image is None:
        yield Problem("image-invalid", f"{reference!r} is no name of an image")
        return
    if image.registry is None:
        said = f"{reference} names no registry, so that agents look on Docker Hub"
        yield Problem("image-without-registry", said)
    if image.digest is not None:
        said = "the digest becomes an alias, and the name of the job ends in its algorithm"
        yield Problem("image-by-digest", said)
    elif image.tag is None:
        said = f"{reference} has no tag: the job's image changes with every push"
        yield Problem("image-without-tag", said)
