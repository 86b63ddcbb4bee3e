"""JR107: another library than argparse gives the script its parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.rules.finding import Finding
from jobready.rules.left_over import is_left_over
from jobready.rules.libraries import CALLS, MIGRATED, OWN, library_of
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

MERGES = "merge a job's values into them behind wandb.init, from wandb.config"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a script, at the first call that takes parameters."""
    script, syntax = subject.script, subject.script.syntax
    parses = any(not is_left_over(p.call, syntax) for p in script.parses)
    if not subject.starts_run or parses or not _imports(syntax):
        return
    calls = [*syntax.of(ast.Call), *_bare_decorators(syntax)]
    found = [(node, name) for node in calls if (name := _taking(node, subject))]
    if not found or subject.config_objects or _only_resumes(subject):
        return
    node, name = min(found, key=lambda pair: (pair[0].lineno, pair[0].col_offset))
    if script.strange_parses and name in MIGRATED:
        return  # JR101 says why this script of it isn't migrated
    message = f"the parameters come from {name}, where a job's values don't get to"
    yield subject.finding(RULE, node, message, no_fix=MERGES)


def _only_resumes(subject: Subject) -> bool:
    """Whether the script only goes on with runs that there are, as tools for them do."""
    inits = subject.script.inits
    return bool(inits) and all(i.resumed for i in inits) and not subject.script.trackers


def _imports(syntax: Syntax) -> bool:
    """Whether one of the libraries is imported: most scripts have none."""
    for node in syntax.of(ast.Import, ast.ImportFrom):
        names = [a.name for a in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if any(name.partition(".")[0] in CALLS for name in names):
            return True
    return False


def _bare_decorators(syntax: Syntax) -> list[ast.expr]:
    """Decorators that are no calls: ``@pyrallis.wrap`` is one, and some forget the ()."""
    functions = syntax.of(ast.FunctionDef, ast.AsyncFunctionDef)
    return [d for f in functions for d in f.decorator_list if not isinstance(d, ast.Call)]


def _taking(node: ast.expr, subject: Subject) -> str | None:
    """The library that a call takes parameters with; None where it does something else."""
    if isinstance(node, ast.Call) and _hands_on(node, subject):
        return None
    function = node.func if isinstance(node, ast.Call) else node
    return library_of(function, subject.script.flow)


def _hands_on(call: ast.Call, subject: Subject) -> bool:
    """Whether a call gets what its function is given: ``def cli(*a): return CLI(*a)``."""
    function = subject.script.syntax.scope(call).node
    if not isinstance(function, FUNCTIONS) or function.args.vararg is None:
        return False
    given = [a.value for a in call.args if isinstance(a, ast.Starred)]
    return any(name_of(value) == function.args.vararg.arg for value in given)


RULE = Rule(
    code="JR107",
    name="other-parser",
    summary="Another library than argparse gives the parameters, past a job's values.",
    why=(
        "A job's values arrive in wandb.config, and no library for command lines or "
        "configurations looks there: the script trains with its own values while the "
        "run's page shows those that were launched. jobready migrates argparse and "
        "what is built on it: HfArgumentParser, Tap, ConfigArgParse and the parser of "
        "simple_parsing."
    ),
    bad="""\
import click
import wandb


@click.command()
@click.option("--lr", default=0.1)
def main(lr):
    wandb.init(config={"lr": lr})
    print("training with", lr)
""",
    good="""\
import click
import wandb


@click.command()
@click.option("--lr", default=0.1)
def main(lr):
    run = wandb.init(config={"lr": lr})
    lr = run.config.lr
    print("training with", lr)
""",
    safety=None,
    fix=(
        "Each library has its own way: `OmegaConf.merge(cfg, dict(run.config))` for Hydra, "
        "`dataclasses.replace(args, **run.config)` for tyro and HfArgumentParser, plain "
        "assignments for click, typer and fire. A script that reads the run's config "
        "anywhere is left alone."
    ),
    sources=(
        "https://github.com/omni-us/jsonargparse/issues/462",
        "https://github.com/wandb/wandb/issues/4686",
    ),
    find=find,
    patterns=(
        *(rb"HfArgumentParser", rb"TrlParser"),
        *(rf"{word} (?:{'|'.join(OWN)})\b".encode() for word in ("import", "from")),
    ),
)
