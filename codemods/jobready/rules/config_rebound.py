"""JR105: the name of the run's config gets another object, which nothing records."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.edits.writing.text import Edit, Lines
from jobready.project.mentions import STARTS
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax
from jobready.script.values.meanings import Arguments, ArgumentsDict, Run

KNOWN = (Arguments, ArgumentsDict)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each assignment to ``wandb.config`` or to ``run.config``."""
    syntax: Syntax = subject.script.syntax
    for node in syntax.nodes:
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if not isinstance(target, ast.Attribute) or target.attr != "config":
                continue
            if _is_the_runs(target, subject):
                message = f"{ast.unparse(target)} is set anew, so the run doesn't record it"
                why = _obstacle(node, target, subject)
                fix = None if why else _fix(node, target, subject)
                yield subject.finding(RULE, node, message, fix=fix, no_fix=why)


def _is_the_runs(target: ast.Attribute, subject: Subject) -> bool:
    flow = subject.script.flow
    if flow.qualified(target) in ("wandb.config", "wandb.run.config"):
        return True
    return any(isinstance(m, Run) for m in flow.meanings(target.value))


def _obstacle(
    node: ast.Assign | ast.AnnAssign, target: ast.Attribute, subject: Subject
) -> str | None:
    """Why ``update`` can't stand in place of the assignment; None where it can."""
    syntax: Syntax = subject.script.syntax
    assert node.value is not None
    if not isinstance(node, ast.Assign) or len(node.targets) > 1:
        return "the assignment does more: write wandb.config.update(…) by hand"
    meanings = subject.script.flow.meanings(node.value)
    spelled = isinstance(node.value, ast.Dict)
    if not spelled and not (meanings and all(isinstance(m, KNOWN) for m in meanings)):
        return "what is assigned may be no dict: give the values to wandb.init(config=…)"
    here = syntax.scope(node)
    before = [
        init.call
        for init in subject.script.inits
        if syntax.scope(init.call) is here and init.call.lineno < node.lineno
    ]
    if not before:
        return "wandb.init replaces it: give the values to wandb.init(config=…)"
    given = [k.value for c in before for k in c.keywords if k.arg in ("config", None)]
    if any(ast.dump(g) != ast.dump(node.value) for g in given):
        return "wandb.init has another config, and the two may differ: merge them there"
    return None


def _fix(node: ast.Assign | ast.AnnAssign, target: ast.Attribute, subject: Subject) -> Fix:
    syntax: Syntax = subject.script.syntax
    lines = Lines(syntax.text)
    start, stop = syntax.end(target), syntax.end(node)
    rest = syntax.text[lines.offset(start) : lines.offset(stop)]
    equals = re.match(r"[\s\\]*=[ \t]*(?:\\\r?\n[ \t]*)?", rest)
    assert equals is not None, rest
    value = lines.place(lines.offset(start) + equals.end())
    name = f"{ast.unparse(target)}.update"
    edits = (Edit(start, value, ".update("), Edit(stop, stop, ")"))
    if _is_read(node, subject):
        sentence = f"calls {name}(…), whose values are read back as W&B records them"
        return Fix("unsafe", sentence, edits)
    return Fix("safe", f"calls {name}(…) instead", edits)


def _is_read(assignment: ast.stmt, subject: Subject) -> bool:
    """Whether the config is used elsewhere: a tuple comes back as a list from a run's."""
    syntax: Syntax = subject.script.syntax
    return any(
        isinstance(n, ast.Attribute)
        and n.attr == "config"
        and syntax.statement(n) is not assignment
        and _is_the_runs(n, subject)
        for n in syntax.nodes
    )


RULE = Rule(
    code="JR105",
    name="config-rebound",
    summary="The run's config is replaced by another object instead of being updated.",
    why=(
        "wandb.config is a name in a module: an assignment gives it another object, and "
        "the run records nothing of it. Launched values are in the run's own config, "
        "which nothing reads any more."
    ),
    bad="""\
import wandb

wandb.init(project="mnist")
wandb.config = {"lr": 0.1}
""",
    good="""\
import wandb

wandb.init(project="mnist")
wandb.config.update({"lr": 0.1})
""",
    safety="safe",
    fix=(
        "Calls `wandb.config.update(…)`. Unsafe where the script reads the config, since "
        "values come back as W&B records them, a tuple as a list. There is none before "
        "`wandb.init`, which replaces the assignment in turn."
    ),
    sources=(
        "wandb 0.31.0: after `wandb.config = args` the run's config lacks the values",
        "https://github.com/wandb/wandb/issues/4447",
    ),
    find=find,
    words=((b"wandb.config", b"wandb.run", *STARTS),),
    patterns=(rb"\.config(?<!self\.config)(?<!cls\.config)\s*(?::[^=\n]*)?=(?!=)",),
)
