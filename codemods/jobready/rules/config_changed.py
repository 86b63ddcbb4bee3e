"""JR103: the script changes values of the run's config, which can't be changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.config_objects import ConfigObject, key_read
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import key_of

REMOVES = frozenset(("pop", "popitem", "clear"))
ADVICE = "keep the new value under a name of the script's own"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each change of a value that the config surely has."""
    syntax: Syntax = subject.script.syntax
    for node in subject.config_objects:
        parent = syntax.parent[node]
        if not isinstance(parent, (ast.Attribute, ast.Subscript)):
            continue
        holder = syntax.parent[parent]
        if isinstance(parent.ctx, ast.Del):
            message = f"{ast.unparse(parent)} can't be deleted from a run's config"
            yield subject.finding(RULE, parent, message, no_fix=ADVICE)
        elif isinstance(parent.ctx, ast.Store):
            if _changes(parent, holder, node, subject):
                message = f"{ast.unparse(parent)} is set anew: a run's config refuses other"
                message += " values, and keeps a job's"
                yield subject.finding(RULE, parent, message, no_fix=ADVICE)
        elif isinstance(parent, ast.Attribute) and parent.attr in REMOVES:
            if isinstance(holder, ast.Call) and holder.func is parent:
                message = f"a run's config has no {parent.attr}()"
                yield subject.finding(RULE, parent, message, no_fix=ADVICE)


def _changes(
    target: ast.Attribute | ast.Subscript,
    holder: ast.AST,
    config: ConfigObject,
    subject: Subject,
) -> bool:
    """Whether a key gets another value than the one that it surely has."""
    if isinstance(holder, ast.AugAssign):
        return True
    if not isinstance(holder, ast.Assign):
        return False
    key, name = key_of(target), ast.dump(config)
    if key is None:
        return False
    again = [
        n
        for n in ast.walk(holder.value)
        if isinstance(n, (ast.Name, ast.Attribute)) and ast.dump(n) == name
    ]
    if any(key_read(n, subject.script.syntax) == key for n in again):
        return True
    return key in subject.known_keys


RULE = Rule(
    code="JR103",
    name="config-changed",
    summary="The script changes values of the run's config, which can't be changed.",
    why=(
        "A value that a run's config has is there to stay: another one raises ConfigError, "
        "and where the value was launched or comes from a sweep, the new one is ignored "
        "with a warning. Nothing can be deleted at all."
    ),
    bad="""\
import wandb

wandb.init(project="mnist", config={"lr": 0.1, "gpus": 2})
config = wandb.config
config.lr *= config.gpus
print("training with", config.lr)
""",
    good="""\
import wandb

wandb.init(project="mnist", config={"lr": 0.1, "gpus": 2})
config = wandb.config
lr = config.lr * config.gpus
print("training with", lr)
""",
    safety=None,
    fix="What the new value is to be called, and who reads it, is for the author to say.",
    sources=(
        "wandb 0.13.8 to 0.31.0: ConfigError for other values, launched ones stay",
        "https://github.com/wandb/wandb/issues/2641",
    ),
    find=find,
    words=NAMES_CONFIG,
)
