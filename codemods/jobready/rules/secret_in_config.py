"""JR605: a key, a token or a password gets into the run's config."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.shown.secrets import looks_secret, secret_name
from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal
from jobready.script.values.config_items import display

ADVICE = "read it from the environment where it is used, and leave it out of the config"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter or key that the run shows."""
    script = subject.script
    renamed = {name for i in script.inits for name, _ in i.renamed}
    recording = [i for i in script.inits if i.records]
    for parameter in script.parameters:
        if not looks_secret(parameter):
            continue
        if any(i.whole or parameter.name in {*i.shown, *renamed} for i in recording):
            message = (
                f"{parameter.name} is recorded, so everybody who sees the run reads it"
            )
            yield subject.about(RULE, parameter, message, no_fix=ADVICE)
    for init in script.inits:
        for keyword in init.call.keywords:
            if keyword.arg == "config":
                yield from _keys(keyword.value, subject)


def _keys(config: ast.expr, subject: Subject) -> Iterator[Finding]:
    """The keys of a config that is spelled out whose values aren't None or empty."""
    for key, value in display(config) or ():
        name = literal(key) if key is not None else None
        if not isinstance(name, str) or not secret_name(name):
            continue
        if isinstance(value, ast.Constant) and not isinstance(value.value, str):
            continue
        message = f"{name} is recorded, so everybody who sees the run reads it"
        assert key is not None
        yield subject.finding(RULE, key, message, no_fix=ADVICE)


RULE = Rule(
    code="JR605",
    name="secret-in-config",
    summary="A key, a token or a password gets into the run's config.",
    why=(
        "The config is shown on the run's page, is part of each job that is made of the "
        "run, and fills the launch drawer: whoever may see the project reads the secret."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--hf_token")
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=vars(args))
""",
    good="""\
import argparse
import os

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
token = os.environ.get("HF_TOKEN")
wandb.init(config=vars(args))
""",
    safety=None,
    fix=(
        "Where a job is to get the secret from is for the author to say. jobready migrate "
        "leaves such parameters out of a config that it adds itself."
    ),
    sources=("https://docs.wandb.ai/platform/secrets",),
    find=find,
    words=CALLS_INIT,
)
