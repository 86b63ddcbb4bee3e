"""JR602: a path that is on the machine of one person only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.project.mentions import STARTS_A_RUN
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.model import Parameter
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

HOME = re.compile(
    r"(?:/home/|/Users/)(?!(?:user|app|jovyan|ubuntu|root|data|datasets?|storage|shared|scratch)/)[\w.-]+/|[C-Z]:\\"
)
ABOVE = re.compile(r"(?:\./)?\.\./")
# Folders that are written into: one that is lost with the container breaks nothing.
WRITTEN = re.compile(r"out|log|save|result|checkpoint|ckpt|exp|tmp|cache|dump|wandb|plot")
READERS = frozenset(("open", "read_csv", "load", "loadtxt", "Path", "listdir", "glob"))
ADVICE = "take it from an artifact, or make it relative to the script"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each such default, and for the first such path that is opened."""
    if not subject.starts_run:
        return
    for parameter in subject.script.parameters:
        fault = _fault(parameter)
        if fault is not None:
            yield subject.about(RULE, parameter, fault, keyword="default", no_fix=ADVICE)
    syntax: Syntax = subject.script.syntax
    for call in syntax.of(ast.Call):
        if name_of(call.func) in READERS and call.args:
            text = literal(call.args[0])
            if isinstance(text, str) and HOME.match(text):
                message = f"{text} is there on one machine only"
                yield subject.finding(RULE, call.args[0], message, no_fix=ADVICE)
                return


def _fault(parameter: Parameter) -> str | None:
    default = parameter.default
    if not isinstance(default, str) or not parameter.has_default:
        return None
    if HOME.match(default):
        return f"{default} is there on one machine only"
    if ABOVE.match(default) and not WRITTEN.search(parameter.name + default):
        return f"{default} is outside of what a job has: it runs in the project's folder"
    return None


RULE = Rule(
    code="JR602",
    name="path-of-one-machine",
    summary="A path is on the machine of one person only.",
    why=(
        "A job runs in a container that holds the project's files, in the folder that has "
        "them all: there is nobody's home, and nothing above that folder. Paths like /data "
        "may be mounted and are left alone."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", default="/home/jane/datasets/coco")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--data", default="datasets/coco")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    safety=None,
    fix="Where the data is to come from in a job is for the author to say.",
    sources=("wandb 0.31.0: a job's working directory is the root of its code",),
    find=find,
    words=(*STARTS_A_RUN, (b"/home/", b"/Users/", b":\\", b"../")),
    patterns=(rb"""["'](?:/home/|/Users/|[C-Z]:\\|(?:\./)?\.\./)""",),
)
