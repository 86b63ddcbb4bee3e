"""JR209: values that come from the run's config pass by the choices of a parameter."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.project.mentions import INITS, PARSES
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter with choices in a script that takes values back."""
    chosen = [p for p in subject.script.parameters if p.choices is not None]
    if not chosen or not subject.takes_back:
        return
    for parameter in chosen:
        message = f"{parameter.name} has choices, and wandb.config isn't held to them"
        advice = "test the value, or try jobready migrate --form argv"
        yield subject.about(RULE, parameter, message, no_fix=advice)


RULE = Rule(
    code="JR209",
    name="choices-unchecked",
    summary="Values from the run's config aren't held to a parameter's choices.",
    why=(
        "argparse checks the command line, and a job's values come by wandb.config: a "
        "misspelled one is recorded, read, and taken for whatever the last else says."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
print("training with", args.optimizer)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--optimizer", default="sgd")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
if args.optimizer not in ("sgd", "adam"):
    raise SystemExit(f"unknown optimizer {args.optimizer!r}")
print("training with", args.optimizer)
""",
    safety=None,
    fix=(
        "`jobready migrate --form argv` hands a job's values to argparse, which checks "
        "them, but it is another way than the one that the script has taken."
    ),
    sources=("wandb 0.13.8 to 0.31.0: launched values are taken as they are",),
    find=find,
    words=(INITS, PARSES, (b"choices",), (b".config",)),
)
