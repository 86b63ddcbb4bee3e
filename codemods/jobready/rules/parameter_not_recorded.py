"""JR106: the run's config is picked by hand and leaves parameters out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.edits.shown.held_arguments import arguments_name
from jobready.edits.shown.unshown import unshown
from jobready.edits.writing.text import Edit
from jobready.project.mentions import INITS, PARSES
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.model import Init, Parameter
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import Items, display

SHOWN = 3  # how many parameters a message names
# Numbers that say how a run is done, not what it finds.
NOT_TUNED = re.compile(
    r"""(?:^|_)(?:
        workers? | threads? | jobs? | procs? | process(?:es)? | cpus? | gpus? | cuda
        | devices? | ports? | ranks? | nodes? | world | verbos\w* | debug | timeout
        | print | log | logging | save | saving | eval | val | test | vis\w* | plot
        | display | report | checkpoint\w* | ckpt | freq\w* | interval | every | keep
        | start | resume\w* | trials? | video | render | fps | wandb | dpi
    )(?:_|$)""",
    re.VERBOSE,
)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for the config of a script's one run."""
    script = subject.script
    if len(script.inits) != 1 or len(script.parsers) != 1:
        return
    init = script.inits[0]
    given = next((k.value for k in init.call.keywords if k.arg == "config"), None)
    if given is None or not init.records or init.whole or init.problems:
        return
    if init.changed is not None or script.parsers[0].commands is not None:
        return
    items = _items(given, subject.script.syntax)
    if items is None:
        return
    shown = {literal(k) for k, _ in items if k is not None}
    used = {n.attr for _, v in items for n in ast.walk(v) if isinstance(n, ast.Attribute)}
    missing = [
        p
        for p in script.parameters
        if p.name not in shown and p.name not in used and _is_tuned(p)
    ]
    if missing:
        names = [p.flags[-1] if p.flags else p.name for p in missing]
        more = len(names) - SHOWN
        text = ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        verb = "is" if len(names) == 1 else "are"
        message = f"{text} {verb} left out of the run's config, and so out of the job's"
        message += " inputs"
        edits = _edits(given, init, subject)
        if edits is None:
            advice = "add what a job should be able to set"
            yield subject.finding(RULE, given, message, no_fix=advice)
        else:
            fix = Fix("unsafe", "records all parameters", edits)
            yield subject.finding(RULE, given, message, fix=fix)


def _is_tuned(parameter: Parameter) -> bool:
    """Whether somebody may want to try other values: a number that isn't about how."""
    if parameter.type_kind != "number" or parameter.action != "store":
        return False
    return parameter.named and not NOT_TUNED.search(parameter.name.lower())


def _items(given: ast.expr, syntax: Syntax) -> Items | None:
    """The keys and values of a config that is spelled out, here or under a name."""
    if isinstance(given, ast.Name):
        bindings = reaching(given, syntax)
        if len(bindings) != 1 or bindings[0].value is None:
            return None
        given = bindings[0].value
    items = display(given)
    return None if items is None or any(k is None for k, _ in items) else items


def _edits(given: ast.expr, init: Init, subject: Subject) -> tuple[Edit, ...] | None:
    """``**vars(args)`` in front of the items; None where more would have to change."""
    script = subject.script
    if not isinstance(given, ast.Dict) or init.renamed:
        return None
    if unshown(script):
        return None
    if subject.config_objects:
        return None
    name = arguments_name(init, script)
    if name is None:
        return None
    place = script.syntax.place(given.keys[0] or given)
    text = f"**{name[0]}, " if name[1] else f"**vars({name[0]}), "
    return (Edit(place, place, text),)


RULE = Rule(
    code="JR106",
    name="parameter-not-recorded",
    summary="The run's config is picked by hand and leaves parameters out.",
    why=(
        "The inputs of a job are the keys of its run's config: the launch drawer offers "
        "them, and a sweep or a clone of the run sets them. A parameter that isn't there "
        "keeps its default in every job, and the run's page doesn't tell which."
    ),
    bad="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--dropout", type=float, default=0.5)
args = parser.parse_args()
wandb.init(config={"lr": args.lr})
print("training with", args.lr, args.dropout)
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--dropout", type=float, default=0.5)
args = parser.parse_args()
wandb.init(config=args)
print("training with", args.lr, args.dropout)
""",
    safety="unsafe",
    fix=(
        "Records all parameters in front of the keys that are there. The page shows more "
        "than before, which may be what the author wanted to avoid. There is none where "
        "keys have other names than their parameters, or one looks like a secret."
    ),
    sources=("wandb 0.31.0: a job's input types are those of its run's config",),
    find=find,
    words=(INITS, PARSES),
    patterns=(rb"config\s*=\s*(?:\{|dict\(|\w+\b(?!\())",),
)
