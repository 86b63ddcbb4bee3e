"""JR304: the run's config is read where there is no run yet."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import NAMES_CONFIG
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.configs.config_objects import NAMES, key_read
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import exclude_each_other, positions, running_scope


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each read that comes before every ``wandb.init``."""
    script, syntax = subject.script, subject.script.syntax
    if not script.inits or script.trackers:
        return
    for node in subject.config_objects:
        if not isinstance(node, ast.Attribute) or key_read(node, syntax) is None:
            continue
        if script.flow.qualified(node) not in NAMES or _is_tried(node, syntax):
            continue
        if all(_comes_before(node, i.call, subject) for i in script.inits):
            message = f"{ast.unparse(syntax.parent[node])} is read before wandb.init is"
            message += " called, which raises an error"
            advice = "call wandb.init first"
            yield subject.finding(RULE, node, message, no_fix=advice)


def _comes_before(node: ast.expr, init: ast.Call, subject: Subject) -> bool:
    """Whether a read surely comes before an init, in the same function or module."""
    syntax: Syntax = subject.script.syntax
    here = running_scope(node, syntax)
    if any(isinstance(a, (ast.For, ast.While)) for a in _around(node, syntax)):
        return False
    if here is not syntax.module and here is not running_scope(init, syntax):
        return False
    if here is not syntax.module and not _only_starts_here(init, subject):
        return False
    places = [p for s, p in positions(init, syntax, subject.script.flow) if s is here]
    return bool(places) and all(
        node.lineno < p.lineno and not exclude_each_other(node, p, syntax) for p in places
    )


def _only_starts_here(init: ast.Call, subject: Subject) -> bool:
    """Whether the function of the init is reached once, so that no run is there before."""
    syntax: Syntax = subject.script.syntax
    function = running_scope(init, syntax).node
    uses = subject.script.flow.uses
    return len(uses.calls.get(function, [])) <= 1 and not uses.handed_over.get(function)


def _around(node: ast.AST, syntax: Syntax) -> Iterator[ast.AST]:
    """What is around a node in its function."""
    for above in syntax.ancestors(node):
        if isinstance(above, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)):
            return
        yield above


def _is_tried(node: ast.AST, syntax: Syntax) -> bool:
    """Whether an error is expected here, or the run is asked for first."""
    for above in _around(node, syntax):
        if isinstance(above, ast.Try):
            return True
        if isinstance(above, (ast.If, ast.IfExp)) and "wandb" in ast.unparse(above.test):
            return True
    return False


RULE = Rule(
    code="JR304",
    name="config-before-init",
    summary="The run's config is read before there is a run.",
    why=(
        "Before wandb.init, wandb.config is a placeholder: each read of it raises "
        "wandb.Error, also getattr() with a default. `config = wandb.config` alone goes "
        "through, and the error comes later."
    ),
    bad="""\
import wandb

batch_size = wandb.config.batch_size
wandb.init(config={"batch_size": 32})
""",
    good="""\
import wandb

wandb.init(config={"batch_size": 32})
batch_size = wandb.config.batch_size
""",
    safety=None,
    fix="What stands between the read and wandb.init may be needed there.",
    sources=(
        "wandb 0.13.8 to 0.31.0: You must call wandb.init() before wandb.config",
        "https://github.com/wandb/wandb/issues/468",
    ),
    find=find,
    words=NAMES_CONFIG,
    patterns=(rb"wandb\.(?:run\.)?config",),
)
