"""Jobs that are made of an image."""

from __future__ import annotations

from tests.jobs.case import Case

IMAGES = [
    "acme/img:v1",
    "localhost:5000/acme/img",
    "reg:5000/img:5000",
    "acme/img:bad+tag",
]
MORE_IMAGES = [
    "acme/img",
    "acme/img:latest",
    "localhost:5000/acme/img:v1",
    "a:v1/b:v1",
    "ghcr.io/Acme/img:1.2.3-rc.1",
    "acme/img@sha256:" + "0" * 64,
    "acme/img:v1@sha256:" + "0" * 64,
    "img:",
    ":v1",
    "acme/my img:v1",
    "acme/" + "x" * 140 + ":v1",
]


def of(image: str) -> Case:
    return Case(f"image {image[:40]}", git=False, env={"WANDB_DOCKER": image})


OFTEN = [
    *map(of, IMAGES),
    Case(
        "an image beside logged code",
        git=False,
        after="run.log_code()\n",
        env={"WANDB_DOCKER": "acme/img:v1"},
    ),
    Case(
        "an image is the source",
        init="settings=wandb.Settings(job_source='image')",
        env={"WANDB_DOCKER": "acme/img:v1"},
    ),
    Case("an image of no name", git=False, env={"WANDB_DOCKER": ""}),
]
SELDOM = [
    *map(of, MORE_IMAGES),
    Case("an image beside git", env={"WANDB_DOCKER": "acme/img:v1"}),
    Case("an image is the source but there is none", env={"WANDB_JOB_SOURCE": "image"}),
    Case(
        "an image as a module",
        git=False,
        script="m.py",
        module="m",
        env={"WANDB_DOCKER": "i:1"},
    ),
    Case("an image in the source", git=False, init="settings=wandb.Settings(docker='i:2')"),
]
