"""JR107: another library than argparse gives the script its parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

# By the module that is imported what is called to take parameters.
CALLS: dict[str, frozenset[str]] = {
    "absl": frozenset(
        """
        DEFINE_alias DEFINE_bool DEFINE_boolean DEFINE_enum DEFINE_enum_class DEFINE_flag
        DEFINE_float DEFINE_integer DEFINE_list DEFINE_multi_enum DEFINE_multi_float
        DEFINE_multi_integer DEFINE_multi_string DEFINE_spaceseplist DEFINE_string
        """.split()  # noqa: SIM905 - a list of them takes a page
    ),
    "click": frozenset(("option", "argument")),
    "configargparse": frozenset(("ArgParser", "ArgumentParser", "get_argument_parser")),
    "docopt": frozenset(("docopt",)),
    "fire": frozenset(("Fire",)),
    "hydra": frozenset(("main", "compose")),
    "jsonargparse": frozenset(("CLI", "ArgumentParser", "auto_cli")),
    "ml_collections": frozenset(("DEFINE_config_file", "DEFINE_config_dict")),
    "plac": frozenset(("call", "begin")),
    "pyrallis": frozenset(("parse", "wrap")),
    "sacred": frozenset(("Experiment",)),
    "simple_parsing": frozenset(("ArgumentParser", "parse", "parse_known_args")),
    "transformers": frozenset(("HfArgumentParser",)),
    "trl": frozenset(("TrlParser",)),
    "typer": frozenset(("run", "Typer", "Option", "Argument")),
    "tyro": frozenset(("cli",)),
}
# Those that are imported for that alone.
OWN = tuple(name for name in CALLS if name not in ("transformers", "trl"))
MERGES = "merge a job's values into them behind wandb.init, from wandb.config"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a script, at the first call that takes parameters."""
    script, syntax = subject.script, subject.script.syntax
    if not subject.starts_run or script.parses or not _imports(syntax):
        return
    calls = [*syntax.of(ast.Call), *_bare_decorators(syntax)]
    found = [(node, name) for node in calls if (name := _taking(node, subject))]
    if not found or subject.config_objects:
        return
    node, name = min(found, key=lambda pair: (pair[0].lineno, pair[0].col_offset))
    message = f"the parameters come from {name}, where a job's values don't get to"
    yield subject.finding(RULE, node, message, no_fix=MERGES)


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
    function = node.func if isinstance(node, ast.Call) else node
    if not isinstance(function, (ast.Name, ast.Attribute)):
        return None
    last = name_of(function)
    if last not in LAST:
        return None
    name: str | None = subject.script.flow.qualified(function)
    top = (name or "").partition(".")[0]
    if top not in CALLS or (name or "").rpartition(".")[2] not in CALLS[top]:
        return None
    return "HfArgumentParser" if top == "transformers" else top


LAST = frozenset().union(*CALLS.values())


RULE = Rule(
    code="JR107",
    name="other-parser",
    summary="Another library than argparse gives the parameters, past a job's values.",
    why=(
        "A job's values arrive in wandb.config, and no library for command lines or "
        "configurations looks there: the script trains with its own values while the "
        "run's page shows those that were launched. jobready migrates argparse and "
        "what is built on it: HfArgumentParser, Tap and ConfigArgParse."
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
