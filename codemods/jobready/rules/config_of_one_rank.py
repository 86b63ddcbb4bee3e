"""JR701: all processes read the run's config, and one of them has a run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.config_objects import NAMES, key_read
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import exclude_each_other, positions, runs_behind

RANK = re.compile(
    r"rank|is_(?:world_|local_)?(?:main|master|primary|lead)|main_process"
    r"|(?:process|global)_(?:zero|index)"
)
ADVICE = "read the parsed arguments, or launch.load_wandb_config(), which needs no run"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a script, at the first read that every process reaches."""
    script, syntax = subject.script, subject.script.syntax
    if not script.inits or not all(_is_of_rank(i.call, subject) for i in script.inits):
        return
    calls = [i.call for i in script.inits]
    if any(exclude_each_other(a, b, syntax) for a in calls for b in calls if a is not b):
        return  # the other processes have runs of another kind
    for node in subject.config_objects:
        if key_read(node, syntax) is None or not _is_global(node, subject):
            continue
        if any(_is_of_rank(p, subject) for _, p in positions(node, syntax, script.flow)):
            continue
        if any(runs_behind(node, i.call, syntax, script.flow) for i in script.inits):
            read = ast.unparse(syntax.parent[node])
            message = f"{read} is read by all processes, and one of them has a run"
            yield subject.finding(RULE, node, message, no_fix=ADVICE)
            return


def _is_global(node: ast.expr, subject: Subject) -> bool:
    """Whether it is ``wandb.config``, or a name that got it outside of the test."""
    syntax: Syntax = subject.script.syntax
    if isinstance(node, ast.Attribute):
        return subject.script.flow.qualified(node) in NAMES
    assert isinstance(node, ast.Name)
    bindings = syntax.bindings(node.id, syntax.scope(node))
    return all(
        b.value is not None
        and isinstance(b.value, ast.Attribute)
        and subject.script.flow.qualified(b.value) in NAMES
        and not _is_of_rank(b.value, subject)
        for b in bindings
    )


def _is_of_rank(node: ast.AST, subject: Subject) -> bool:
    """Whether a test of the rank, or any other of the run, is around it in its function."""
    syntax: Syntax = subject.script.syntax
    inside = node
    for above in syntax.ancestors(node):
        if isinstance(above, (ast.If, ast.IfExp)) and inside is not above.test:
            test = ast.unparse(above.test).lower()
            if RANK.search(test) or "wandb" in test:
                return True
        if isinstance(above, ast.Try):
            return True
        body = getattr(above, "body", None)
        if isinstance(body, list) and any(_leaves(s, node) for s in body):
            return True
        if isinstance(above, FUNCTIONS):
            return False
        inside = above
    return False


def _leaves(statement: ast.stmt, node: ast.AST) -> bool:
    """Whether it is ``if rank != 0: return`` above the node."""
    if not isinstance(statement, ast.If) or statement.lineno >= getattr(node, "lineno", 0):
        return False
    ends = isinstance(statement.body[-1], (ast.Return, ast.Raise, ast.Continue))
    return ends and RANK.search(ast.unparse(statement.test).lower()) is not None


RULE = Rule(
    code="JR701",
    name="config-of-one-rank",
    summary="All processes read the run's config, and one of them has a run.",
    why=(
        "wandb.config belongs to the process that called wandb.init. In the others each "
        "read of it raises wandb.Error, so the script ends, or waits for them for ever."
    ),
    bad="""\
import os

import wandb

rank = int(os.environ.get("RANK", "0"))
if rank == 0:
    wandb.init(project="ddp", config={"lr": 0.1})
print("training with", wandb.config.lr)
""",
    good="""\
import os

import wandb

rank = int(os.environ.get("RANK", "0"))
group = os.environ.get("TORCHELASTIC_RUN_ID")
wandb.init(project="ddp", group=group, config={"lr": 0.1})
print("training with", wandb.config.lr)
""",
    safety=None,
    fix=(
        "Whether each process is to have a run, or one is to tell the others, is for the "
        "author to say. Parsed arguments that jobready migrate gives a job's values have "
        "them in every process."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0: You must call wandb.init() before wandb.config",
        "https://github.com/wandb/wandb/issues/3883",
    ),
    find=find,
    words=NAMES_CONFIG,
    patterns=(rb"rank|is_main|is_master|main_process|is_primary",),
)
