"""JR109: the run's config as a whole is used as if it were a dict or a Namespace."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import replaced
from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.config_objects import ConfigObject
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax

# What a call with the config as an argument comes to (wandb 0.13.8 to 0.31.0).
CALLS = {
    "vars": "gives wandb's own internals, with the API key among them",
    "len": "raises TypeError",
    "copy.copy": "raises RecursionError",
    "copy.deepcopy": "raises RecursionError",
    "json.dump": "raises TypeError",
    "json.dumps": "raises TypeError",
    "yaml.safe_dump": "raises RepresenterError",
    "dataclasses.asdict": "raises TypeError",
}
MISSING = frozenset(("values", "copy"))  # methods of a dict that a config doesn't have
NO_DICT = frozenset(("dict", "argparse.Namespace", "collections.abc.Mapping"))
SPAWNS = frozenset(("torch.multiprocessing.spawn",))


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each place where only a copy of the values would do."""
    syntax: Syntax = subject.script.syntax
    for node in subject.config_objects:
        found = _fault(node, subject)
        if found is None:
            continue
        where, text = found
        config = f"dict({ast.unparse(node)})"
        if isinstance(where, ast.Call) and "isinstance" in text:
            yield subject.finding(RULE, where, text, no_fix="ask for what the test is for")
            continue
        whole = where if text.startswith(("vars", ".copy", ".__dict__")) else node
        edits = replaced(whole, config, syntax)
        fix = Fix("unsafe", f"takes {config}, a dict of the values", edits)
        yield subject.finding(RULE, where, text, fix=fix)


def _fault(node: ConfigObject, subject: Subject) -> tuple[ast.expr, str] | None:
    """What goes wrong with a config here and where; None where nothing does."""
    syntax: Syntax = subject.script.syntax
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute):
        holder = syntax.parent[parent]
        if parent.attr == "__dict__":
            if _takes_items(parent, syntax):
                return None
            return parent, f".__dict__ of a run's config {CALLS['vars']}"
        if parent.attr in MISSING and isinstance(holder, ast.Call):
            if holder.func is parent:
                return holder, f".{parent.attr}() is nothing that a run's config has"
        return None
    if isinstance(parent, ast.Call) and node in parent.args[:1]:
        name = _name(parent.func, subject)
        if name == "vars" and _takes_items(parent, syntax):
            return None
        if name in CALLS:
            return parent, f"{name}() of a run's config {CALLS[name]}"
        if name == "isinstance" and len(parent.args) == 2:
            if _name(parent.args[1], subject) in NO_DICT:
                kind = ast.unparse(parent.args[1])
                return parent, f"isinstance() says of a run's config that it is no {kind}"
    if isinstance(parent, ast.Tuple):
        call = syntax.parent[parent]
        if isinstance(call, ast.keyword):
            call = syntax.parent[call]
        if isinstance(call, ast.Call) and _name(call.func, subject) in SPAWNS:
            return node, "a run's config can't be handed to a process that is spawned"
    return None


def _takes_items(node: ast.expr, syntax: Syntax) -> bool:
    """Whether it goes on with ``["_items"]``, the values, and so knows what it does."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute) and parent.attr == "get":
        call = syntax.parent[parent]
        return isinstance(call, ast.Call) and literal(call.args[0]) == "_items"
    return isinstance(parent, ast.Subscript) and literal(parent.slice) == "_items"


def _name(node: ast.expr, subject: Subject) -> str | None:
    """The dotted name of what is called; a builtin's where nothing hides it."""
    syntax: Syntax = subject.script.syntax
    if isinstance(node, ast.Name) and not syntax.bindings(node.id, syntax.scope(node)):
        return node.id
    name: str | None = subject.script.flow.qualified(node)
    return name


RULE = Rule(
    code="JR109",
    name="config-passed-on",
    summary="The run's config is used as if it were a dict or a Namespace.",
    why=(
        "wandb.config reads like a Namespace and like a dict, and is neither: vars() gives "
        "wandb's internals, among them the API key, copies end in RecursionError, JSON "
        "doesn't know it, and no test of its type says what was meant."
    ),
    bad="""\
import copy

import wandb

run = wandb.init(config={"lr": 0.1})
saved = copy.deepcopy(run.config)
""",
    good="""\
import copy

import wandb

run = wandb.init(config={"lr": 0.1})
saved = copy.deepcopy(dict(run.config))
""",
    safety="unsafe",
    fix=(
        "Takes `dict(…)` of the config, the values without wandb's own. A dict has no "
        "attributes: what reads `saved.lr` must read `saved['lr']` then."
    ),
    sources=(
        "wandb 0.13.8, 0.15.12 and 0.31.0: vars, copy, json, len and others, each called",
        "https://github.com/wandb/wandb/issues/833",
    ),
    find=find,
    words=NAMES_CONFIG,
    patterns=(
        rb"vars\(|__dict__|\blen\(|copy\(|json\.dump|safe_dump|asdict\(|isinstance\("
        rb"|\.values\(|spawn\(",
    ),
)
