"""JR307: a loop starts a run in each turn, and a job has one run."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import positions

ADVICE = "start one job for each, with what the loop goes over as a parameter"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each init that a loop reaches again and again."""
    script, syntax = subject.script, subject.script.syntax
    if script.agent is not None:
        return
    for init in script.inits:
        for _, place in positions(init.call, syntax, script.flow):
            loop = _loop(place, syntax)
            if loop is None:
                continue
            over = ast.unparse(loop.iter)
            over = over if len(over) <= 40 else f"{over[:39]}…"
            message = f"a run is started for each item of {over}, and all of them get the"
            message += " id of a job's one run"
            yield subject.finding(RULE, init.call, message, no_fix=ADVICE)
            break


def _loop(node: ast.AST, syntax: Syntax) -> ast.For | ast.AsyncFor | None:
    """The for around a node in its function that surely goes on behind it."""
    inside = node
    for above in syntax.ancestors(node):
        if isinstance(above, FUNCTIONS):
            return None
        if isinstance(above, (ast.If, ast.Match)) and not _is_test_of_wandb(above):
            return None  # only in one of the turns, as far as can be told
        if isinstance(above, (ast.For, ast.AsyncFor)) and inside in above.body:
            ends = (n for s in above.body for n in ast.walk(s))
            if any(isinstance(n, (ast.Break, ast.Return)) for n in ends):
                return None
            return None if _is_single(above.iter) else above
        inside = above
    return None


def _is_test_of_wandb(node: ast.If | ast.Match) -> bool:
    return isinstance(node, ast.If) and "wandb" in ast.unparse(node.test).lower()


def _is_single(node: ast.expr) -> bool:
    return isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) <= 1


RULE = Rule(
    code="JR307",
    name="run-in-loop",
    summary="A loop starts a run in each turn, and a job has one run.",
    why=(
        "A job has one run, whose id and values its environment gives. Each wandb.init of "
        "the process takes them: the later runs write over the first one, and a launched "
        "value counts for all of them."
    ),
    bad="""\
import wandb

for fold in range(5):
    run = wandb.init(project="folds", config={"fold": fold})
    run.log({"loss": fold})
    run.finish()
""",
    good="""\
import wandb

run = wandb.init(project="folds", config={"fold": 0})
run.log({"loss": run.config.fold})
""",
    safety=None,
    fix="What is to become a job of its own is for the author to say.",
    sources=(
        "https://github.com/wandb/wandb/issues/5119",
        "wandb 0.31.0: WANDB_RUN_ID of the environment counts for each run",
    ),
    find=find,
    words=CALLS_INIT,
)
