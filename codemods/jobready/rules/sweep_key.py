"""JR207: a key of a sweep is none of the options that its program has."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.project.sweeps import WITH_HYPHENS, SweepKey
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Project, sweep_finding
from jobready.script.model import Script

PARTIAL = ("parse_known_args", "parse_known_intermixed_args")


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding for each key that argparse doesn't know, or only under another name."""
    for path, sweep, script in project.sweeps:
        if not sweep.writes(*WITH_HYPHENS):
            continue
        flags = _flags(script)
        if flags is None:
            continue
        for key in sweep.keys:
            fault = _fault(key, flags, script, sweep.program)
            if fault is not None:
                yield sweep_finding(RULE, path, key, *fault)


def _fault(
    key: SweepKey, flags: frozenset[str], script: Script, program: str
) -> tuple[str, str] | None:
    """What is wrong with a key and what to do; None for one that fits."""
    flag = f"--{key.name}"
    if flag in flags:
        names = {p.name for p in script.parameters if flag in p.flags}
        if key.name not in names and key.name.replace("-", "_") in names:
            (name,) = names or {""}
            message = f"the run shows {key.name} beside {name}, and a job that is launched"
            message += f" with {key.name} changes nothing"
            return message, f"give the option the name --{name} too, and use that"
        return None
    abbreviated = [f for f in flags if f.startswith(flag)]
    if abbreviated:
        return None
    other = {f.replace("-", "_"): f for f in flags}.get(flag.replace("-", "_"))
    if other is not None:
        message = f"{program} has {other}, and not {flag}, with which the sweep runs it"
        return message, f"write {other.removeprefix('--')}, or give the option both names"
    return f"{program} has no option {flag}, with which the sweep runs it", (
        "argparse ends the run with exit code 2: take the key out, or add the option"
    )


def _flags(script: Script) -> frozenset[str] | None:
    """The options of a program; None where the source doesn't show all of them."""
    if not script.parses or script.strange_parses or script.foreign:
        return None
    if any(ast_name(p.call.func) in PARTIAL for p in script.parses):
        return None
    for parser in script.parsers:
        if parser.unseen or parser.oddities or parser.commands or parser.parents:
            return None
    if len(script.parsers) != 1 or any(not p.named for p in script.parameters):
        return None
    return frozenset(f for p in script.parameters for f in p.flags)


def ast_name(node: object) -> str:
    """The method that a parse calls."""
    return str(getattr(node, "attr", ""))


RULE = Rule(
    code="JR207",
    name="sweep-key",
    summary="A key of a sweep isn't an option that its program has.",
    why=(
        "A sweep's command writes each key as --key=value, letter for letter. argparse "
        "ends the run where no option is called so: batch_size is not --batch-size. "
        "Where the option is, but its parameter has underscores, the run shows both names, "
        "and launching the sweep's one changes nothing."
    ),
    bad={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=32)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  batch_size:
    values: [32, 64]
""",
    },
    good={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", "--batch_size", type=int, default=32)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  batch_size:
    values: [32, 64]
""",
    },
    safety=None,
    fix="jobready edits Python files only, and which name is meant can't be told.",
    sources=(
        "https://github.com/wandb/wandb/issues/2623",
        "https://docs.wandb.ai/models/sweeps/define-sweep-configuration",
    ),
    find_in_project=find_in_project,
)
