"""JR305: the script needs what torchrun sets, and a job starts it with python."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.expected import may_be_missing
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import positions

NAMES = frozenset(("RANK", "LOCAL_RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"))
# What starts the processes itself, or sets the variables.
OWN = ("spawn", "LocalSpawn", "init_process_group_by_file", "setdefault")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a script, at the first variable that must be there."""
    script, syntax = subject.script, subject.script.syntax
    if not script.inits or any(name in syntax.named for name in OWN):
        return
    found = [n for n in syntax.of(ast.Subscript) if literal(n.slice) in NAMES]
    found = [n for n in found if script.flow.qualified(n.value) == "os.environ"]
    if any(not isinstance(n.ctx, ast.Load) for n in found):
        return
    for node in sorted(found, key=lambda n: n.lineno):
        if not _is_needed(node, subject):
            continue
        name = literal(node.slice)
        message = f"{name} is set by torchrun, and a job starts the script with python"
        advice = "give the job an entry point that starts torchrun, or a default here"
        yield subject.finding(RULE, node, message, no_fix=advice)
        return


def _is_needed(node: ast.Subscript, subject: Subject) -> bool:
    """Whether each way to the read comes without a test, and there is one."""
    syntax: Syntax = subject.script.syntax
    places = list(positions(node, syntax, subject.script.flow))
    if all(scope is not syntax.module for scope, _ in places):
        return False
    return not any(may_be_missing(place, "RANK", syntax) for _, place in places)


RULE = Rule(
    code="JR305",
    name="launcher-entry",
    summary="The script needs torchrun, and a job starts it with python.",
    why=(
        "A job that a run leaves behind starts its script with python, whatever started "
        "the run: the variables that torchrun, deepspeed and accelerate set are missing, "
        "and reading one of them raises a KeyError."
    ),
    bad="""\
import os

import wandb

rank = int(os.environ["RANK"])
if rank == 0:
    wandb.init(project="ddp", config={"lr": 0.1})
""",
    good="""\
import os

import wandb

rank = int(os.environ.get("RANK", "0"))
if rank == 0:
    wandb.init(project="ddp", config={"lr": 0.1})
""",
    safety=None,
    fix=(
        "Whether the script can do its work in one process, or the job needs an entry "
        "point of its own, is for the author to say."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0: a job's entrypoint is python and the script",
        "https://github.com/wandb/wandb/issues/4135",
    ),
    find=find,
    words=CALLS_INIT,
    patterns=(rb"environ\[\s*['\"](?:RANK|LOCAL_RANK|WORLD_SIZE|MASTER_)",),
)
