"""JR308: the script itself switches W&B off, also in a job."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import Edit, without_argument, without_statement
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax

OFF = frozenset(("offline", "disabled", "dryrun"))
WORDS = tuple(word.encode() for word in sorted(OFF))
TAKES_MODE = frozenset(("wandb.init", "wandb.Settings", "wandb.setup"))


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each place that sets the mode, whatever the circumstances."""
    syntax: Syntax = subject.script.syntax
    for node in syntax.of(ast.Call, ast.Assign):
        if _is_under_a_test(node, syntax):
            continue  # `else: wandb.init(mode="disabled")` stands beside a real one
        if isinstance(node, ast.Assign):
            if _is_off(node.value) and any(_is_variable(t, subject) for t in node.targets):
                alone = len(node.targets) == 1
                edits = without_statement(node, syntax) if alone else None
                yield _finding(subject, node, edits)
        elif subject.script.flow.qualified(node.func) in TAKES_MODE:
            for keyword in node.keywords:
                if keyword.arg == "mode" and _is_off(keyword.value):
                    edits = without_argument(node, keyword, syntax)
                    yield _finding(subject, keyword.value, edits)


def _finding(
    subject: Subject, node: ast.expr | ast.stmt, edits: tuple[Edit, ...] | None
) -> Finding:
    message = "W&B is switched off here, so a launched job takes no values and logs nothing"
    if edits is None:
        return subject.finding(RULE, node, message, no_fix="take it out by hand")
    sentence = "takes it out; WANDB_MODE in the shell does the same for one run"
    return subject.finding(RULE, node, message, fix=Fix("unsafe", sentence, edits))


def _is_off(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in OFF


def _is_variable(node: ast.expr, subject: Subject) -> bool:
    """Whether it is ``os.environ["WANDB_MODE"]``."""
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and node.slice.value == "WANDB_MODE"
        and subject.script.flow.qualified(node.value) == "os.environ"
    )


def _is_under_a_test(node: ast.AST, syntax: Syntax) -> bool:
    """Whether it depends on something else than being run as the main program."""
    for around in syntax.ancestors(node):
        if isinstance(around, ast.IfExp):
            return True
        if isinstance(around, ast.If) and "__name__" not in ast.unparse(around.test):
            return True
        if isinstance(around, (ast.While, ast.ExceptHandler, ast.Match)):
            return True
    return False


RULE = Rule(
    code="JR308",
    name="forced-mode",
    summary="The script switches W&B off itself, so it does so in a job too.",
    why=(
        "In mode offline no job is made of the run; in mode disabled launched values "
        "aren't applied either, so the job trains with the script's own."
    ),
    bad="""\
import wandb

wandb.init(project="mnist", mode="offline")
""",
    good="""\
import wandb

wandb.init(project="mnist")
""",
    safety="unsafe",
    fix=(
        "Takes the mode out, so that the script talks to W&B wherever WANDB_MODE doesn't "
        "say otherwise."
    ),
    sources=(
        "wandb 0.31.0: an offline run writes no job, a disabled one ignores WANDB_CONFIG",
        "https://docs.wandb.ai/models/ref/python/functions/init",
    ),
    find=find,
    words=(WORDS, (b"mode=", b"mode =", b"WANDB_MODE")),
    patterns=(
        rb"""mode\s*=\s*["'](?:offline|disabled|dryrun)""",
        rb"""WANDB_MODE["']\]\s*=""",
    ),
)
