"""JR110: a hyperparameter is a constant of the module, which no job can change."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax

NAMES = re.compile(
    r"""(?i:^(?:
        lr | learning_rate | (?:num_|n_|max_)?epochs? | (?:train_)?batch_?size | bs
        | momentum | weight_decay | dropout(?:_rate)? | gamma | (?:num_|n_)?layers
        | hidden(?:_size|_dim)? | (?:num_|max_|n_)?steps | (?:warmup_)?steps | seed
    )$)""",
    re.VERBOSE,
)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each number that has the name of a hyperparameter."""
    script = subject.script
    if not script.inits or script.parses:
        return
    syntax: Syntax = script.syntax
    inits = {n for i in script.inits for n in ast.walk(i.call)}
    for name, bindings in syntax.module.bindings.items():
        if not NAMES.match(name) or len(bindings) != 1 or not _is_number(bindings[0]):
            continue
        reads = [n for n in syntax.named.get(name, ()) if isinstance(n, ast.Name)]
        loads = [n for n in reads if isinstance(n.ctx, ast.Load)]
        if not loads or any(n in inits for n in loads):
            continue
        node = bindings[0].node
        assert isinstance(node, ast.stmt)
        message = f"{name} is fixed in the source, where no job can change it"
        advice = f"put it into the config of the run, and read wandb.config.{name.lower()}"
        yield subject.finding(RULE, node, message, no_fix=advice)


def _is_number(binding: Binding) -> bool:
    if binding.kind != "assign" or not isinstance(binding.value, ast.Constant):
        return False
    return type(binding.value.value) in (int, float)


RULE = Rule(
    code="JR110",
    name="hardcoded-parameter",
    summary="A hyperparameter is a constant in the source, which no job can change.",
    why=(
        "The inputs of a job are the keys of its run's config. A constant isn't there, so "
        "trying another value takes another commit, and the run's page doesn't show it."
    ),
    bad="""\
import wandb

BATCH_SIZE = 32
wandb.init(project="mnist")
print("training with", BATCH_SIZE)
""",
    good="""\
import wandb

run = wandb.init(project="mnist", config={"batch_size": 32})
print("training with", run.config.batch_size)
""",
    safety=None,
    fix="Which constants are meant to stay as they are is for the author to say.",
    sources=("wandb 0.31.0: a job's input types are those of its run's config",),
    find=find,
    default=False,
    words=CALLS_INIT,
)
