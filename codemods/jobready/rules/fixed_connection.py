"""JR310: the script itself says to which W&B it talks, past what its job was told."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import replaced
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.expected import may_be_missing
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax

# What a launch agent gives a job in its environment (wandb 0.31.0).
GIVEN = frozenset(
    ("WANDB_BASE_URL", "WANDB_ENTITY", "WANDB_NAME", "WANDB_PROJECT", "WANDB_RUN_ID")
)
ADVICE = "set WANDB_BASE_URL in the environment, where a job has it already"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each variable or host that is set whatever the circumstances."""
    script, syntax = subject.script, subject.script.syntax
    for node in syntax.of(ast.Assign, ast.Call):
        if isinstance(node, ast.Assign):
            name = _variable(node, subject)
            if name is not None and not may_be_missing(node, "WANDB", syntax):
                yield _finding(node, name, subject)
        elif script.flow.qualified(node.func) == "wandb.login":
            if may_be_missing(node, "WANDB", syntax):
                continue
            for keyword in node.keywords:
                if keyword.arg == "host" and isinstance(literal(keyword.value), str):
                    message = "a job is sent to this host, wherever it was launched"
                    yield subject.finding(RULE, keyword.value, message, no_fix=ADVICE)


def _variable(node: ast.Assign, subject: Subject) -> str | None:
    """The variable that ``os.environ[…] = "text"`` sets, one that a job is given."""
    target = node.targets[0]
    if len(node.targets) != 1 or not isinstance(target, ast.Subscript):
        return None
    name = literal(target.slice)
    if name not in GIVEN or not isinstance(literal(node.value), str):
        return None
    is_environment = subject.script.flow.qualified(target.value) == "os.environ"
    return name if is_environment and isinstance(name, str) else None


def _finding(node: ast.Assign, name: str, subject: Subject) -> Finding:
    syntax: Syntax = subject.script.syntax
    target = node.targets[0]
    assert isinstance(target, ast.Subscript)
    message = f"{name} is set over the one that a job is given, so its run ends elsewhere"
    parts = [syntax.source(n) for n in (target.value, target.slice, node.value)]
    text = f"{parts[0]}.setdefault({parts[1]}, {parts[2]})"
    fix = Fix("unsafe", "sets it only where it isn't set", replaced(node, text, syntax))
    return subject.finding(RULE, node, message, fix=fix)


RULE = Rule(
    code="JR310",
    name="fixed-connection",
    summary="The script itself says to which W&B or project its run goes.",
    why=(
        "A launch agent tells a job by its environment where its run belongs: host, "
        "entity, project and id. A script that sets one of them anew sends the run "
        "elsewhere, and for the queue the job never started one."
    ),
    bad="""\
import os

import wandb

os.environ["WANDB_PROJECT"] = "mnist"
wandb.init(config={"lr": 0.1})
""",
    good="""\
import os

import wandb

os.environ.setdefault("WANDB_PROJECT", "mnist")
wandb.init(config={"lr": 0.1})
""",
    safety="unsafe",
    fix=(
        "Uses `setdefault`, so that the environment counts where it says something: also "
        "without a launch. A host that is passed to wandb.login has no such form."
    ),
    sources=("wandb 0.31.0: LaunchProject.get_env_vars_dict, and a job that was run",),
    find=find,
    words=((b"wandb",), (b"WANDB_", b"host")),
    patterns=(
        rb"environ\[\s*['\"]WANDB_(?:BASE_URL|ENTITY|NAME|PROJECT|RUN_ID)['\"]\s*\]\s*=",
        rb"login\([^)]*host\s*=",
    ),
)
