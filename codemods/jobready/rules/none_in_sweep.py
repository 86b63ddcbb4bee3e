"""JR211: a sweep gives None on the command line, which is the text None there."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.project.sweeps import WITH_HYPHENS
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Project, sweep_finding


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding for each null of a sweep that its program takes as text or number."""
    for path, sweep, script in project.sweeps:
        if not sweep.writes(*WITH_HYPHENS):
            continue
        plain = {
            flag
            for parameter in script.parameters
            if parameter.action == "store"
            and parameter.type_kind in ("none", "number", "str")
            for flag in parameter.flags
        }
        for key in sweep.keys:
            if "null" in key.kinds and f"--{key.name}" in plain:
                yield sweep_finding(
                    RULE,
                    path,
                    key,
                    f"the sweep runs {sweep.program} with --{key.name}=None, which argparse"
                    " takes for the text None",
                    "give it a value that the program takes for none, or a type= that"
                    " reads it",
                )


RULE = Rule(
    code="JR211",
    name="none-in-sweep",
    summary="A sweep gives its program None, which arrives as text.",
    why=(
        "A sweep's command writes null as --seed=None. argparse refuses it where the type "
        "is a number, and elsewhere the parameter is the text 'None', which is true."
    ),
    bad={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  seed:
    values: [1, 2, null]
""",
    },
    good={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=-1)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  seed:
    values: [1, 2, -1]
""",
    },
    safety=None,
    fix="Which value is to stand for none is for the author to say.",
    sources=("https://github.com/wandb/wandb/issues/4016",),
    find_in_project=find_in_project,
)
