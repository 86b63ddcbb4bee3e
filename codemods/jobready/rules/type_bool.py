"""JR201: ``type=bool``, for which every text but the empty one is true."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import replaced
from jobready.project.mentions import STARTS_A_RUN
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

READS_BOOLEANS = 'lambda text: text.lower() in ("true", "t", "yes", "y", "1")'


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter of a script that starts a run."""
    if not subject.starts_run:
        return
    syntax: Syntax = subject.script.syntax
    reader = _reader(subject)
    for parameter in subject.script.parameters:
        if parameter.type_kind != "bool":
            continue
        call = subject.added(parameter)
        for keyword in () if call is None or _takes_no_text(call) else call.keywords:
            if keyword.arg == "type":
                yield subject.finding(
                    RULE,
                    keyword.value,
                    f"bool takes any text for true, so {parameter.name}=False is True",
                    fix=Fix(
                        "unsafe",
                        "reads true and false; any other text becomes false",
                        replaced(keyword.value, reader, syntax),
                    ),
                )


def _takes_no_text(call: ast.Call) -> bool:
    """Whether the option is ``--x`` and ``--no-x``, of which argparse converts nothing."""
    actions = (k.value for k in call.keywords if k.arg == "action")
    return any(name_of(action) == "BooleanOptionalAction" for action in actions)


def _reader(subject: Subject) -> str:
    """What reads booleans: a function that the script has for other parameters."""
    bindings = subject.script.syntax.module.bindings
    for parameter in subject.script.parameters:
        name = parameter.type
        if parameter.type_kind == "boolean" and name is not None and name in bindings:
            (*others, last) = bindings[name]
            if not others and isinstance(last.node, ast.FunctionDef):
                return name
    return READS_BOOLEANS


RULE = Rule(
    code="JR201",
    name="type-bool",
    summary="A parameter has type=bool, for which any text is true.",
    why=(
        "argparse calls bool with the text from the command line, and bool('False') is "
        "True. A sweep or a job that switches the parameter off leaves it on."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--augment", type=bool, default=True)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--augment", action=argparse.BooleanOptionalAction, default=True)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    safety="unsafe",
    fix=(
        "Reads true and false from the text, with the function that the script has for "
        "that or with a lambda: callers that say `--augment True` go on working, those "
        "that give any other text get False. "
        "`argparse.BooleanOptionalAction` is better where no caller gives a text."
    ),
    sources=("https://github.com/python/cpython/issues/83348",),
    find=find,
    words=(*STARTS_A_RUN, (b"add_argument",)),
    patterns=(rb"type\s*=\s*bool\b",),
)
