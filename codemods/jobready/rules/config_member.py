"""JR210: a value has the name of a method of the run's config, and is read as one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.forms.handed_back import CONFIG_MEMBERS
from jobready.edits.writing.text import replaced
from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.config_objects import key_read
from jobready.script.source.syntax import Syntax


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each read that gets the method."""
    syntax: Syntax = subject.script.syntax
    for node in subject.config_objects:
        parent = syntax.parent[node]
        if not isinstance(parent, ast.Attribute) or parent.attr not in CONFIG_MEMBERS:
            continue
        if key_read(node, syntax) != parent.attr:
            continue
        if parent.attr not in subject.known_keys and _is_handed_on(parent, syntax):
            continue
        message = f"{ast.unparse(parent)} is a method of the run's config, not the value"
        text = f'{ast.unparse(node)}["{parent.attr}"]'
        edits = replaced(parent, text, syntax)
        fix = Fix("safe", f"reads {text}", edits)
        yield subject.finding(RULE, parent, message, fix=fix)


def _is_handed_on(node: ast.Attribute, syntax: Syntax) -> bool:
    """Whether the method itself may be meant: a callback, or another name for it."""
    return isinstance(syntax.parent[node], (ast.Assign, ast.keyword, ast.Call))


RULE = Rule(
    code="JR210",
    name="config-member",
    summary="A value has the name of a method of the run's config.",
    why=(
        "wandb.config has methods like update, keys, items and get, and an attribute of "
        "that name is the method, whatever the config holds: it is true, and no number."
    ),
    bad="""\
import wandb

wandb.init(config={"update": 10})
if 100 % wandb.config.update == 0:
    print("updated")
""",
    good="""\
import wandb

wandb.init(config={"update": 10})
if 100 % wandb.config["update"] == 0:
    print("updated")
""",
    safety="safe",
    fix="Reads the key, which no method hides.",
    sources=(
        "wandb 0.13.8 to 0.31.0: as_dict, get, items, keys, persist, update and others",
    ),
    find=find,
    words=NAMES_CONFIG,
    patterns=(
        rb"\.(?:as_dict|get|items|keys|merge_locked|persist|setdefaults|update\w*)\b(?!\s*\()",
    ),
)
