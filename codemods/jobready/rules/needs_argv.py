"""JR301: the script can't start without a command line, and a job has none."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.outcome import Refused, Unchanged
from jobready.project.mentions import PARSES, STARTS_A_RUN
from jobready.rules.finding import Finding, Fix, Migration
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.expected import may_be_missing
from jobready.script.model import Expression, Parameter
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter, group and word that must be on the command line."""
    if subject.script.inits:
        yield from _parameters(subject)
        yield from _words(subject)


def _parameters(subject: Subject) -> Iterator[Finding]:
    parameters = subject.script.parameters
    required = [p for p in parameters if p.required is True and not _takes_nothing(p)]
    group = [p for p in parameters if p.group == "required exclusive"]
    if not (required or group) or isinstance(subject.decision, Unchanged):
        return
    fix = no_fix = None
    if isinstance(subject.decision, Refused):
        no_fix = "jobready migrate refuses the script, as JR101 says"
    else:
        sentence = "lets the job's config give it, as jobready migrate does"
        fix = Fix("safe", sentence, Migration())
    found = [(p, f"{_shown(p)} is required") for p in required]
    if group:
        found.append((group[0], f"one of {', '.join(map(_shown, group))} is required"))
    for parameter, text in found:
        message = f"{text}, but a launched job has no command line"
        yield subject.about(RULE, parameter, message, fix=fix, no_fix=no_fix)


def _takes_nothing(parameter: Parameter) -> bool:
    """Whether no word will do, though argparse calls the positional required."""
    nargs = parameter.nargs
    written = nargs.source if isinstance(nargs, Expression) else str(nargs)
    rest = written in ("*", "...") or written.endswith(("ZERO_OR_MORE", "REMAINDER"))
    return parameter.positional and (rest or written.endswith("OPTIONAL"))


def _shown(parameter: Parameter) -> str:
    return parameter.flags[-1] if parameter.flags else parameter.name


def _words(subject: Subject) -> Iterator[Finding]:
    """The first ``sys.argv[1]`` that nothing in the script makes depend on a test."""
    syntax: Syntax = subject.script.syntax
    for node in syntax.named.get("argv", ()):
        parent = syntax.parent[node]
        if not isinstance(node, (ast.Attribute, ast.Name)):
            continue
        if not isinstance(parent, ast.Subscript) or not isinstance(parent.ctx, ast.Load):
            continue
        index = literal(parent.slice)
        if (
            not isinstance(index, int)
            or index < 1
            or may_be_missing(parent, "argv", syntax)
        ):
            continue
        if subject.script.flow.qualified(node) == "sys.argv":
            message = f"sys.argv[{index}] is needed, but a launched job has no command line"
            advice = "make it a parameter with argparse, or a key of the run's config"
            yield subject.finding(RULE, parent, message, no_fix=advice)
            return


RULE = Rule(
    code="JR301",
    name="needs-argv",
    summary="A parameter is required on the command line, which a job doesn't have.",
    why=(
        "A job records its script without the arguments, so argparse ends it with exit "
        "code 2 before wandb.init is reached, or sys.argv[1] with an IndexError."
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
        "what is required. A default, as in the example, does without that. Words that "
        "the script takes from sys.argv itself have no name that a config could use."
    ),
    sources=("wandb 0.13.8 to 0.31.0: a job's entrypoint is recorded without arguments",),
    find=find,
    words=(*STARTS_A_RUN, (*PARSES, b"argv[")),
    patterns=(
        rb"required",
        rb"parse_args_(?:into_dataclasses|and_config)",
        rb"add_argument\(\s*(?:#.*\s*)*['\"][^-'\"]",
        rb"argv\[\s*[1-9]",
    ),
)
