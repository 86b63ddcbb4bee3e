"""JR112: a script whose values don't reach the arguments that other files make of them."""

from __future__ import annotations

import ast
import shlex
from collections.abc import Iterator
from pathlib import Path

from jobready.edits.plan import Plan
from jobready.outcome import Refused
from jobready.project.importers import importers
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Project
from jobready.script.model import Script
from jobready.script.source.place import Place


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding a script that parses, or starts its run, in files that it imports.

    Scripts with both in one file are those of JR101.
    """
    for path in importers(tuple(map(Path, project.names))):
        linked = project.linked(path)
        if linked is None or not linked[0].through:
            continue
        script, decision = linked
        place = _first_import(script)
        if isinstance(decision, Plan):
            yield Finding(
                RULE.code,
                f"a launched job's values don't reach the arguments: {_chain(script)}",
                place,
                no_fix=f"several files change: {_command(path, script)}",
                path=path,
            )
        elif isinstance(decision, Refused):
            reason = decision.reasons[0]
            said = reason.message
            if reason.line is not None:
                said += f" ({reason.file or path}:{reason.line})"
            yield Finding(
                RULE.code,
                f"a launched job's values don't reach the arguments: {said}",
                place,
                no_fix="jobready migrate refuses the script for this reason",
                path=path,
            )


def _chain(script: Script) -> str:
    """Where the arguments are parsed and the run is started."""
    parse = script.parses[0].place
    said = f"they are parsed in {parse.file}, line {parse.line}" if parse.file else ""
    starts = [i.place for i in script.inits] + [t.place for t in script.trackers]
    if starts and starts[0].file:
        run = f"the run is started in {starts[0].file}, line {starts[0].line}"
        said = f"{said}, and {run}" if said else run
    return said


def _command(path: Path, script: Script) -> str:
    return shlex.join(["jobready", "migrate", path.as_posix(), *script.through])


def _first_import(script: Script) -> Place:
    """The first import of the script, by which it comes to other files."""
    for statement in script.syntax.tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            return Place(statement.lineno, statement.col_offset + 1)
    return Place(1, 1)


OPTIONS = """\
import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    return parser.parse_args({words})
"""
TRAIN = """\
from engine import run
from options import get_args

run(get_args())
"""
ENGINE = """\
import wandb


def run(args):
    wandb.init(config=args)
    print("training with", args.lr)
"""
JOB_ARGS = """\
import argparse
import os
import sys


def job_args(parser: argparse.ArgumentParser) -> list[str]:
    \"\"\"Return the config of a launched W&B job as arguments for the parser.\"\"\"
    if os.environ.get("WANDB_LAUNCH") not in ("True", "true", "1"):
        return []
    from wandb.sdk.launch import load_wandb_config

    config = load_wandb_config()
    known = [a for a in parser._actions if a.dest in config and a.dest != "help"]
    odd = [a.dest for a in known if a.nargs is not None]
    odd += [a.dest for a in known if type(config[a.dest]) not in (int, float, str)]
    if odd:
        parser.error(f"argument {odd[0]}: invalid W&B config: {config[odd[0]]!r}")
    return [f"{a.option_strings[-1]}={config[a.dest]}" for a in known]
"""

RULE = Rule(
    code="JR112",
    name="args-across-files",
    summary="A launched job's values don't reach arguments that another file parses.",
    why=(
        "A job's values arrive in wandb.config. A script that takes its arguments from a "
        "module, or whose run a module starts, trains with the old values while the run's "
        "page shows the new ones, as one does that has both in one file. Off by default, "
        "since it takes as long as a migration: seconds in a tree of thousands of files."
    ),
    bad={
        "train.py": TRAIN,
        "options.py": OPTIONS.format(words=""),
        "engine.py": ENGINE,
    },
    good={
        "train.py": TRAIN,
        "options.py": OPTIONS.format(words="sys.argv[1:] + job_args(parser)").replace(
            "import argparse\n", JOB_ARGS, 1
        ),
        "engine.py": ENGINE,
    },
    safety=None,
    fix="None here, since several files change: `jobready migrate` of all of them does it.",
    sources=("wandb 0.13.8 to 0.31.0, run with a launched config",),
    find_in_project=find_in_project,
    default=False,
)
