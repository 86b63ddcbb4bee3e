"""JR101: the script goes on reading its own values when a job launches others."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.outcome import Refused, Unchanged
from jobready.project.mentions import PARSES, STARTS_A_RUN
from jobready.rules.model import Finding, Fix, Migration, Rule, Subject
from jobready.script.model import Place
from jobready.script.read import FOREIGN


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a parse that a migration would mend, or one a reason why it can't."""
    decision = subject.decision
    if isinstance(decision, Unchanged):
        return
    if isinstance(decision, Refused):
        for reason in decision.reasons:
            yield Finding(
                RULE.code,
                f"a launched job's values don't reach the arguments: {reason.message}",
                Place(reason.line or 1, reason.column or 1),
                no_fix="jobready migrate refuses the script for this reason",
            )
        return
    sentence = f"rewrites the script in form {decision.form}, as jobready migrate does"
    for parse in subject.script.parses:
        yield subject.finding(
            RULE,
            parse.call,
            "a launched job's values don't reach these arguments",
            fix=Fix("safe", sentence, Migration()),
        )


# The words by which `FOREIGN` libraries are imported.
OTHERS = tuple(w + name.encode() for name in FOREIGN for w in (b"import ", b"from "))

RULE = Rule(
    code="JR101",
    name="args-not-routed",
    summary="A launched job's values don't reach the arguments that the script reads.",
    why=(
        "A job's values arrive in wandb.config. A script that reads its argparse values "
        "trains with the old ones, while the run's page shows the new ones: nothing fails, "
        "the result is just wrong."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
print("training with", args.lr)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
print("training with", args.lr)
""",
    safety="safe",
    fix=(
        "Rewrites the script in the lightest form that changes nothing without a launch: "
        "the example's line, or the job's config joins the command line. What can't be "
        "rewritten safely is left as it was, with the line and the reason."
    ),
    sources=("wandb 0.13.8 to 0.31.0, run with a launched config",),
    find=find,
    words=(*STARTS_A_RUN, (*PARSES, *OTHERS, b"HfArgumentParser")),
)
