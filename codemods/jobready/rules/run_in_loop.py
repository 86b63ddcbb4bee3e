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
from jobready.script.values.flow import Flow
from jobready.script.values.order import positions

# How scripts name the variable with the run's id: itself, or all by how they begin.
RUN_VARIABLES = ("WANDB_RUN_ID", "WANDB_")
ADVICE = "start one job for each, with what the loop goes over as a parameter"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each init that a loop reaches again and again."""
    script, syntax = subject.script, subject.script.syntax
    if script.agent is not None or _forgets_run(syntax, script.flow):
        return
    for init in script.inits:
        if init.resumed:
            continue  # each goes on with the run that its id names, and starts none
        for _, place in positions(init.call, syntax, script.flow):
            loop = _loop(place, syntax)
            if loop is None:
                continue
            over = ast.unparse(loop.iter)
            over = over if len(over) <= 40 else f"{over[:39]}…"
            message = f"wandb.init is called for each item of {over}, and each call gets"
            message += " the id of a job's one run"
            yield subject.finding(RULE, init.call, message, no_fix=ADVICE)
            break


def _loop(node: ast.AST, syntax: Syntax) -> ast.For | ast.AsyncFor | None:
    """The for around a node in its function that surely goes on behind it."""
    inside = node
    picks = list(_chosen(node))  # what says in which of the turns it is
    for above in syntax.ancestors(node):
        if isinstance(above, FUNCTIONS):
            return None
        if isinstance(above, ast.Match):
            return None  # only in one of the turns, as far as can be told
        if isinstance(above, ast.If):
            if not _is_test_of_wandb(above.test, syntax):
                return None
            picks.append(above.test)
        if isinstance(above, (ast.For, ast.AsyncFor)) and inside in above.body:
            if any(_names(pick) & _names(above.target) for pick in picks):
                return None
            ends = (n for s in above.body for n in ast.walk(s))
            if any(isinstance(n, (ast.Break, ast.Return)) for n in ends):
                return None
            return None if _is_single(above.iter) else above
        inside = above
    return None


def _chosen(node: ast.AST) -> Iterator[ast.expr]:
    """What is called, where that is picked out: ``LOGGERS[name]()``."""
    if isinstance(node, ast.Call) and not isinstance(node.func, (ast.Name, ast.Attribute)):
        yield node.func


def _forgets_run(syntax: Syntax, flow: Flow) -> bool:
    """Whether the script takes the job's run out of the environment, to start others."""
    if not any(c.value in RUN_VARIABLES for c in syntax.of(ast.Constant)):
        return False
    deleted = [
        target.value
        for statement in syntax.of(ast.Delete)
        for target in statement.targets
        if isinstance(target, ast.Subscript)
    ]
    deleted += [
        call.func.value
        for call in syntax.of(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "pop"
    ]
    return any(flow.qualified(holder) == "os.environ" for holder in deleted)


def _is_test_of_wandb(test: ast.expr, syntax: Syntax) -> bool:
    """Whether it asks if W&B is to be used, and not if a run is there that nobody ends."""
    text = ast.unparse(test).lower()
    asks_for_run = "wandb.run" in text and not syntax.mentions("finish")
    return "wandb" in text and not asks_for_run


def _names(node: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


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
