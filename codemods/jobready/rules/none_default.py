"""JR205: a number has no default, so that its job input takes nothing but None."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.project.mentions import INITS, PARSES
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each number that is None unless the command line gives it."""
    script = subject.script
    if not any(i.records or not i.problems for i in script.inits):
        return
    for parameter in script.parameters:
        if parameter.type_kind != "number" or parameter.required is not False:
            continue
        if parameter.action == "store" and parameter.default is None:
            shown = parameter.flags[-1] if parameter.flags else parameter.name
            message = f"{shown} is None by default, and the type of its job input is none"
            advice = "give it a number that stands for none"
            yield subject.about(RULE, parameter, message, no_fix=advice)


RULE = Rule(
    code="JR205",
    name="none-default",
    summary="A number is None by default, so that its job input takes nothing else.",
    why=(
        "A job's inputs have the types of the config that its first run recorded. One that "
        "was None then takes nothing but None when the job is called from Python; the "
        "launch drawer and the command line don't check it."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int)
args = parser.parse_args()
wandb.init(config=args)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=-1)
args = parser.parse_args()
wandb.init(config=args)
""",
    safety=None,
    fix="Which number is to stand for none is for the author to say.",
    sources=("wandb 0.31.0: Job.call refuses a number for an input of type none",),
    find=find,
    default=False,
    words=(INITS, PARSES, (b"add_argument",)),
)
