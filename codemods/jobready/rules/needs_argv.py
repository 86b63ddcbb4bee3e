"""JR301: the script can't start without a command line, and a job has none."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.outcome import Refused, Unchanged
from jobready.project.mentions import PARSES, STARTS_A_RUN
from jobready.rules.model import Finding, Fix, Migration, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter that must be given on the command line."""
    script = subject.script
    required = [p for p in script.parameters if p.required is True]
    if not required or not script.inits or isinstance(subject.decision, Unchanged):
        return
    fix = no_fix = None
    if isinstance(subject.decision, Refused):
        no_fix = "jobready migrate refuses the script, as JR101 says"
    else:
        sentence = "lets the job's config give it, as jobready migrate does"
        fix = Fix("safe", sentence, Migration())
    for parameter in required:
        shown = parameter.flags[-1] if parameter.flags else parameter.name
        yield subject.finding(
            RULE,
            subject.added(parameter),
            f"{shown} is required, but a launched job has no command line",
            fix=fix,
            no_fix=no_fix,
        )


RULE = Rule(
    code="JR301",
    name="needs-argv",
    summary="A parameter is required on the command line, which a job doesn't have.",
    why=(
        "A job records its script without the arguments, so argparse ends it with exit "
        "code 2 before wandb.init is reached."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", default="data/train.csv")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    safety="safe",
    fix=(
        "Lets the job's config join the command line at the parse, so that it can give "
        "what is required. A default, as in the example, does without that."
    ),
    sources=("wandb 0.13.8 to 0.31.0: a job's entrypoint is recorded without arguments",),
    find=find,
    words=(*STARTS_A_RUN, PARSES),
)
