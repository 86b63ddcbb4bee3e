"""JR206: a value doesn't come back from the run's config as what it was."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import replaced
from jobready.project.mentions import INITS, PARSES
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.model import Expression, Parameter

# What a value of these kinds is in wandb.config (wandb 0.13.8 to 0.31.0).
COMES_BACK = {"path": "text", "enum": "the name of its member", "file": "text"}
ADVICE = "convert it where it is read, or try jobready migrate --form argv"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter that can't be launched, or comes back as another."""
    if not subject.starts_run:
        return
    for parameter in subject.script.parameters:
        call = subject.added(parameter) if _refuses_its_default(parameter) else None
        if call is not None:
            yield _refused(parameter, call, subject)
    if not any(_returns_as(p) for p in subject.script.parameters):
        return
    if not subject.takes_back:
        return
    for parameter in subject.script.parameters:
        kind = _returns_as(parameter)
        if kind is not None:
            message = f"{parameter.name} comes back from wandb.config as {kind}"
            yield subject.about(RULE, parameter, message, no_fix=ADVICE)


def _refuses_its_default(parameter: Parameter) -> bool:
    """Whether ``type=int`` stands beside a default with a fraction."""
    default = parameter.default
    if parameter.type != "int" or parameter.action != "store":
        return False
    return isinstance(default, float) and not default.is_integer()


def _refused(parameter: Parameter, call: ast.Call, subject: Subject) -> Finding:
    shown = parameter.flags[-1] if parameter.flags else parameter.name
    message = f"int refuses values like {parameter.default!r}, the default of {shown}"
    given = next(k.value for k in call.keywords if k.arg == "type")
    edits = replaced(given, "float", subject.script.syntax)
    return subject.finding(RULE, given, message, fix=Fix("unsafe", "takes float", edits))


def _returns_as(parameter: Parameter) -> str | None:
    """What the parameter's value is once W&B has recorded it; None for the same."""
    if parameter.type_kind in COMES_BACK:
        return COMES_BACK[parameter.type_kind]
    default = parameter.default
    if isinstance(default, tuple):
        return "a list"
    if isinstance(default, (set, frozenset)):
        return "a list"
    if isinstance(default, Expression):
        return _made_as(default.source)
    return None


def _made_as(source: str) -> str | None:
    """What an expression like ``Path("out")`` comes back as."""
    node = ast.parse(source, mode="eval").body
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Path", "pathlib.Path"):
        return "text"
    return None


RULE = Rule(
    code="JR206",
    name="lossy-type",
    summary="A parameter's value can't be launched, or comes back as something else.",
    why=(
        "wandb.config has what JSON can hold: a Path comes back as text, a tuple as a "
        "list, a member of an Enum as its name. A script that takes its values back "
        "breaks on them. And with type=int a default like 0.001 is the only value of its "
        "kind: argparse doesn't convert it, and refuses all others."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=int, default=0.001)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.001)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
    safety="unsafe",
    fix=(
        "Takes float in place of int, so that a whole number on the command line becomes "
        "a float. Values that come back as something else are mended by form argv, "
        "which hands a job's values to the parser."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0: values of 40 types, recorded and read back",
        "https://github.com/wandb/wandb/issues/1379",
    ),
    find=find,
    words=(INITS, PARSES, (b"add_argument",)),
    patterns=(rb"type\s*=\s*(?:int\b|[\w.]*Path|argparse|[A-Z])|default\s*=\s*[({A-Zp]",),
)
