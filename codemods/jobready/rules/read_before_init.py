"""JR104: a value is read before the run gives it, though the script takes it back."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.edits.plan import Plan
from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding, Fix, Migration
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.configs.config_objects import key_read
from jobready.script.configs.reading_back import update_in_place
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.meanings import Arguments, ArgumentsDict
from jobready.script.values.order import runs_behind

SHOWN = 3  # how many values a message names


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a run, at the first value that is read too early."""
    script = subject.script
    if len(script.inits) != 1 or not _takes_values(subject) or subject.is_migrated:
        return
    if script.inits[0].records:
        early = sorted(_early_parameters(subject), key=lambda n: (n.lineno, n.col_offset))
        if early:
            fix = no_fix = None
            if isinstance(subject.decision, Plan):
                sentence = "gives the values at the parse, as jobready migrate does"
                fix = Fix("safe", sentence, Migration())
            else:
                no_fix = "jobready migrate refuses the script, as JR101 says"
            message = _message(early)
            yield subject.finding(RULE, early[0], message, fix=fix, no_fix=no_fix)
    for own in subject.own_configs:
        nodes = [subject.script.syntax.parent[n] for n in own.early]
        read = [n for n in nodes if isinstance(n, (ast.Attribute, ast.Subscript))]
        if read and not own.reads:
            advice = "call wandb.init first, and read the value from wandb.config"
            yield subject.finding(RULE, read[0], _message(read), no_fix=advice)


def _message(early: Sequence[ast.expr]) -> str:
    names = list(dict.fromkeys(ast.unparse(node) for node in early))
    shown = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    shown += f" and {more} more" if more > 0 else ""
    verb = "is" if len(names) == 1 else "are"
    return f"{shown} {verb} read before wandb.init, so not what a job launches"


def _takes_values(subject: Subject) -> bool:
    """Whether the script reads values from the run's config, or its arguments anew."""
    syntax: Syntax = subject.script.syntax
    for node in subject.config_objects:
        if isinstance(syntax.parent[node], ast.Assign) or key_read(node, syntax):
            return True
    init = subject.script.inits[0]
    return update_in_place(init, syntax, subject.script.flow) is not None


def _early_parameters(subject: Subject) -> Iterator[ast.expr]:
    """The reads of parsed arguments that decide something before the run is there."""
    script, syntax = subject.script, subject.script.syntax
    init = script.inits[0].call
    names = {p.name for p in script.parameters}
    for holder in argument_carriers(syntax):
        node = syntax.parent.get(holder)
        if not isinstance(node, (ast.Attribute, ast.Subscript)) or node.value is not holder:
            continue
        if not isinstance(node.ctx, ast.Load):
            continue
        if parameter_read(node, script.flow) not in names or _is_harmless(
            node, init, syntax
        ):
            continue
        meanings = script.flow.meanings(node.value)
        if all(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings):
            if runs_behind(init, node, syntax, script.flow):
                yield node


def _is_harmless(node: ast.expr, init: ast.Call, syntax: Syntax) -> bool:
    """Whether the read is for the run itself, decides if there is one, or only shows."""
    inside: ast.AST = node
    for above in syntax.ancestors(node):
        if above is init:
            return True
        if isinstance(above, ast.If) and inside is above.test:
            if any(a is above for a in syntax.ancestors(init)):
                return True
        if isinstance(above, ast.Call) and isinstance(above.func, ast.Name):
            if above.func.id == "print":
                return True
        inside = above
    return False


RULE = Rule(
    code="JR104",
    name="read-before-init",
    summary="A value is read before wandb.init, which is what brings a job's values.",
    why=(
        "A job's values are in wandb.config once wandb.init has returned. What is read "
        "before, such as a seed or a folder, is the script's own value, though the "
        "script takes the values back later and the run's page shows the launched one."
    ),
    bad="""\
import argparse
import random

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()
random.seed(args.seed)
wandb.init(config=args)
args = wandb.config
print("seeded with", args.seed)
""",
    good="""\
import argparse
import random

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
random.seed(args.seed)
print("seeded with", args.seed)
""",
    safety="safe",
    fix=(
        "Lets the job's config join the command line at the parse, so that it counts from "
        "there on. A dict or an object of the script's own has no parse: there the lines "
        "must change their order."
    ),
    sources=("wandb 0.13.8 to 0.31.0, run with a launched config",),
    find=find,
    words=NAMES_CONFIG,
)
