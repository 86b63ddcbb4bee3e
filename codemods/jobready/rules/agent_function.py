"""JR306: the function that a sweep's agent calls needs an argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import Edit
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import is_method


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each function that can't be called without arguments."""
    script, syntax = subject.script, subject.script.syntax
    for call in syntax.of(ast.Call):
        if script.flow.qualified(call.func) != "wandb.agent":
            continue
        given = [k.value for k in call.keywords if k.arg == "function"]
        given += call.args[1:2]
        function = script.flow.function(given[0]) if given else None
        if function is None or is_method(function, syntax):
            continue
        needed = _needed(function)
        if not needed:
            continue
        name = function.name
        message = f"wandb.agent calls {name}() without arguments, and it needs"
        message += f" {', '.join(a.arg for a in needed)}"
        edits = _edits(function, needed, subject)
        if edits is not None:
            fix = Fix("safe", "lets it be None, as the config of wandb.init may", edits)
            yield subject.finding(RULE, given[0], message, fix=fix)
        else:
            advice = f"pass functools.partial({name}, …), or give it a default"
            yield subject.finding(RULE, given[0], message, no_fix=advice)


def _needed(function: Function) -> list[ast.arg]:
    """The parameters without a default."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    needed = positional[: len(positional) - len(arguments.defaults)]
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return needed + [a for a, default in pairs if default is None]


def _edits(
    function: Function, needed: list[ast.arg], subject: Subject
) -> tuple[Edit, ...] | None:
    """``=None`` for a parameter that is only given to wandb.init as its config."""
    syntax: Syntax = subject.script.syntax
    parameter = needed[0]
    if len(needed) != 1 or parameter.annotation is not None:
        return None
    scope = syntax.scope(function.body[0])
    inits = {i.call for i in subject.script.inits}
    given = False
    for node in syntax.named.get(parameter.arg, ()):
        if not isinstance(node, ast.Name) or syntax.scope(node) is not scope:
            continue
        holder = syntax.parent[node]
        if not isinstance(holder, ast.keyword) or holder.arg != "config":
            # behind `config = wandb.config` the name is another
            if len(syntax.bindings(parameter.arg, scope)) == 1:
                return None
            continue
        if syntax.parent[holder] not in inits:
            return None
        given = True
    if not given:
        return None
    place = syntax.place(parameter)
    column = place.column + len(parameter.arg)
    end = type(place)(place.line, column)
    return (Edit(end, end, "=None"),)


RULE = Rule(
    code="JR306",
    name="agent-function",
    summary="The function that a sweep's agent calls needs an argument.",
    why=(
        "wandb.agent calls its function without arguments. Each run of the sweep ends with "
        "a TypeError, which the agent reports and goes on, up to its limit of failures."
    ),
    bad="""\
import wandb


def train(config):
    with wandb.init(config=config):
        config = wandb.config
        print("training with", config.lr)


sweep = {"method": "grid", "parameters": {"lr": {"values": [0.1, 0.2]}}}
wandb.agent(wandb.sweep(sweep), function=train)
""",
    good="""\
import wandb


def train(config=None):
    with wandb.init(config=config):
        config = wandb.config
        print("training with", config.lr)


sweep = {"method": "grid", "parameters": {"lr": {"values": [0.1, 0.2]}}}
wandb.agent(wandb.sweep(sweep), function=train)
""",
    safety="safe",
    fix=(
        "Gives the parameter the default None, where it is only the config of wandb.init. "
        "What any other parameter is to be in a sweep is for the author to say."
    ),
    sources=(
        "https://github.com/wandb/wandb/issues/2724",
        "wandb 0.13.8 to 0.31.0: agents/pyagent.py calls the function bare",
    ),
    find=find,
    words=((b"wandb",), (b"agent(",)),
    patterns=(rb"agent\((?<=\bagent\()",),
)
