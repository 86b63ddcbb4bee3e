"""JR101: the script goes on reading its own values when a job launches others."""

from __future__ import annotations

import ast
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.edits.plan import Plan
from jobready.outcome import Refused, Unchanged
from jobready.project.mentions import PARSES, STARTS_A_RUN
from jobready.rules.finding import Finding, Fix, Migration
from jobready.rules.left_over import is_left_over
from jobready.rules.libraries import MIGRATED, library_of
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.own_config import OwnConfig
from jobready.script.source.place import Place
from jobready.script.values.meanings import Foreign

if TYPE_CHECKING:
    from jobready.edits.choose import Decision


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a parse that a migration would mend, or one a reason why it can't."""
    script = subject.script
    if script.parses or script.strange_parses:
        yield from _find_arguments(subject)
    elif not script.foreign:
        for own in subject.own_configs:
            if own.reads and not own.is_loaded:
                yield _own(own, subject)


def _find_arguments(subject: Subject) -> Iterator[Finding]:
    decision: Decision = subject.decision
    script = subject.script
    if isinstance(decision, Unchanged) or _is_of_another_library(subject):
        return
    wanted = [p for p in script.parses if not is_left_over(p.call, script.syntax)]
    if script.parses and not wanted and not script.strange_parses:
        return
    if isinstance(decision, Refused):
        parses = [p.place for p in script.parses]
        here = [*parses, *(place for _, place in script.strange_parses)][0]
        for reason in decision.reasons:
            text = f"a launched job's values don't reach the arguments: {reason.message}"
            place = Place(reason.line or 1, reason.column or 1)
            if reason.file is not None:
                text, place = f"{text} ({reason.file}:{reason.line})", here
            yield Finding(
                RULE.code,
                text,
                place,
                no_fix="jobready migrate refuses the script for this reason",
            )
        return
    if decision.also or decision.new_files:
        files = [str(subject.environment.path), *subject.linked.through]
        command = shlex.join(["jobready", "migrate", *files])
        for parse in wanted or subject.linked.parses[:1]:
            yield subject.finding(
                RULE,
                parse.call,
                "a launched job's values don't reach these arguments",
                no_fix=f"several files change: {command}",
            )
        return
    sentence = f"rewrites the script in form {decision.form}, as jobready migrate does"
    for parse in wanted:
        yield subject.finding(
            RULE,
            parse.call,
            "a launched job's values don't reach these arguments",
            fix=Fix("safe", sentence, Migration()),
        )


def _is_of_another_library(subject: Subject) -> bool:
    """Whether no parse is argparse's, but a library's that JR107 speaks of."""
    script, syntax, flow = subject.script, subject.script.syntax, subject.script.flow
    places = {place for _, place in script.strange_parses}
    parses = [call for call in syntax.of(ast.Call) if syntax.place(call) in places]
    made = [
        library_of(meaning.node.func, flow)
        for call in parses
        if isinstance(call.func, ast.Attribute)
        for meaning in flow.meanings(call.func.value)
        if isinstance(meaning, Foreign) and isinstance(meaning.node, ast.Call)
    ]
    libraries = {name for name in made if name is not None}
    return (
        not script.parses
        and len(made) == len(places)
        and (None not in made and libraries.isdisjoint(MIGRATED))
    )


def _own(own: OwnConfig, subject: Subject) -> Finding:
    """The finding about a dict or an object that a script without a command line has."""
    name, line = own.name.id, own.reads[0].lineno
    message = f"a launched job's values don't reach {name}, which line {line} reads"
    decision = subject.decision
    if isinstance(decision, Plan) and decision.read_back is not None:
        added = decision.read_back.lines[0]
        fix = Fix("safe", f"adds {added}, as jobready migrate does", Migration())
        return subject.finding(RULE, own.given, message, fix=fix)
    from jobready.edits.forms.own_config_form import obstacles

    type_checked = subject.environment.type_checked
    why = next(obstacles(own, subject.script, type_checked), None)
    facts = "it is one of several" if why is None else why.message
    if why is not None and why.line:
        facts += f" (line {why.line})"
    advice = f"{facts}; read the values from wandb.config instead"
    return subject.finding(RULE, own.given, message, no_fix=advice)


# What gives a run the values of an object: `config=CONFIG`, `config=asdict(config)`.
OWN = (
    rb"init\((?:[^()]|\([^()]*\)){0,400}?\bconfig\s*=\s*"
    rb"(?:[\w.]+\s*[,)\n]|[\w.]+\(\w+\)|\{\s*\*\*)"
)
RULE = Rule(
    code="JR101",
    name="args-not-routed",
    summary="A launched job's values don't reach the arguments that the script reads.",
    why=(
        "A job's values arrive in wandb.config. A script that reads its argparse values "
        "trains with the old ones, while the run's page shows the new ones: nothing fails, "
        "the result is just wrong. The same holds for a dict, a dataclass or another "
        "object that is passed as config= and read afterwards: wandb.init copies its "
        "values and never changes it."
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
        "rewritten safely is left as it was, with the line and the reason. Where the "
        "run's config isn't known, an update shows the parameters beside what that holds, "
        "as `args/NAME`."
    ),
    sources=("wandb 0.13.8 to 0.31.0, run with a launched config",),
    find=find,
    words=(*STARTS_A_RUN, (*PARSES, b"config")),
    patterns=(rb"parse_(?:known_)?(?:intermixed_)?args", OWN),
)
