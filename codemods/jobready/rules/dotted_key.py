"""JR208: a parameter has a point in its name, which W&B reads as a level."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal
from jobready.script.values.config_items import display

ADVICE = "use an underscore instead"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each script: at its first option, or the first key of a config."""
    script = subject.script
    if not script.inits:
        return
    dotted = [p for p in script.parameters if p.named and "." in p.name]
    if dotted and any(i.records or not i.problems for i in script.inits):
        message = _message([p.name for p in dotted])
        yield subject.about(RULE, dotted[0], message, no_fix=ADVICE)
    for init in script.inits:
        for keyword in init.call.keywords:
            if keyword.arg != "config":
                continue
            keys = [k for k, _ in display(keyword.value) or () if k is not None]
            found = [(k, str(literal(k))) for k in keys if _is_dotted(k)]
            if found:
                message = _message([name for _, name in found])
                yield subject.finding(RULE, found[0][0], message, no_fix=ADVICE)


def _is_dotted(key: ast.expr) -> bool:
    name = literal(key)
    return isinstance(name, str) and "." in name


def _message(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    level = names[0].partition(".")[0]
    return f"{names[0]}{more} looks like a level of {level} to W&B, and is a key of its own"


RULE = Rule(
    code="JR208",
    name="dotted-key",
    summary="A parameter has a point in its name, which W&B reads as a level.",
    why=(
        "The pages of W&B, sweeps and the schema of a job write nested values with points. "
        "A key with one is another thing: launching optim.lr where the config has optim "
        "with lr in it adds a second key that nobody reads, and the other way round."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--optim.lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--optim_lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
""",
    safety=None,
    fix="The name is part of the command line and of the runs that there are already.",
    sources=(
        "https://docs.wandb.ai/models/track/config",
        "https://github.com/wandb/wandb/issues/982",
    ),
    find=find,
    words=CALLS_INIT,
)
