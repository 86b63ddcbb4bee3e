"""JR102: the run gets its config by an update, and the script reads what it gave."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import Edit, with_argument, without_statement
from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.own_config import OwnConfig, updating_configs
from jobready.script.source.syntax import Syntax


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each update with an object that is read afterwards."""
    script = subject.script
    given = {ast.dump(own.name) for own in subject.own_configs}
    for own in updating_configs(script.syntax, script.flow):
        if not own.reads or ast.dump(own.name) in given:
            continue
        line, name = own.reads[0].lineno, own.name.id
        message = f"an update leaves {name} as it is, and line {line} reads it: not what"
        message += " a job launches"
        edits = _edits(own, subject)
        if edits is None:
            advice = f"pass config={name} to wandb.init, and read wandb.config"
            yield subject.finding(RULE, own.call, message, no_fix=advice)
        else:
            sentence = "passes it to wandb.init as config="
            fix = Fix("safe", sentence, edits)
            yield subject.finding(RULE, own.call, message, fix=fix)


def _edits(own: OwnConfig, subject: Subject) -> tuple[Edit, ...] | None:
    """``config=`` for the init right above the update; None where there is none."""
    syntax: Syntax = subject.script.syntax
    statement = syntax.statement(own.call)
    if not isinstance(statement, ast.Expr) or statement.value is not own.call:
        return None
    if len(own.call.args) + len(own.call.keywords) != 1:
        return None
    members = getattr(syntax.parent[statement], "body", [])
    above = members[members.index(statement) - 1 :] if statement in members else []
    for init in subject.script.inits:
        if not above or syntax.statement(init.call) is not above[0]:
            continue
        if own.made.lineno > init.place.line or _has_config(init.call):
            return None
        source = ast.get_source_segment(syntax.text, own.given)
        added = with_argument(init.call, f"config={source}", syntax)
        if added is not None and source is not None:
            return (*added, *without_statement(statement, syntax))
    return None


def _has_config(init: ast.Call) -> bool:
    return bool(init.args) or any(k.arg in ("config", None) for k in init.keywords)


RULE = Rule(
    code="JR102",
    name="config-updated-late",
    summary="The run gets its values by an update, and the script reads its own ones.",
    why=(
        "A job's values are locked in the run's config from the start: an update leaves "
        "them as they are, with a warning, and never changes the object that it is given. "
        "A script that reads that object trains with its own values, while the run's page "
        "shows those that were launched. allow_val_change=True changes nothing about it."
    ),
    bad="""\
import wandb

settings = {"lr": 0.1, "epochs": 10}
wandb.init(project="mnist")
wandb.config.update(settings)
print("training with", settings["lr"])
""",
    good="""\
import wandb

settings = {"lr": 0.1, "epochs": 10}
wandb.init(project="mnist", config=settings)
settings = wandb.config
print("training with", settings["lr"])
""",
    safety="safe",
    fix=(
        "Passes the object to wandb.init, where the update stands right below it; JR101 "
        "then takes the values back, where that keeps what the script does. Elsewhere it "
        "can't be told what the run shows in between."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0: an update leaves launched values and its argument alone",
        "https://github.com/wandb/wandb/issues/1699",
    ),
    find=find,
    words=NAMES_CONFIG,
    patterns=(rb"config\.(?:update|setdefaults)\s*\(\s*[A-Za-z_{]",),
)
