"""JR203: a sweep gives a list on the command line, which argparse doesn't understand."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.project.sweeps import WITH_HYPHENS
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Project, sweep_finding
from jobready.script.model import Parameter


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding for each key with a list that its program takes word by word."""
    for path, sweep, script in project.sweeps:
        if not sweep.writes(*WITH_HYPHENS):
            continue
        wordwise = {f for p in script.parameters if _is_wordwise(p) for f in p.flags}
        for key in sweep.keys:
            if "seq" in key.kinds and f"--{key.name}" in wordwise:
                yield sweep_finding(
                    RULE,
                    path,
                    key,
                    f"the sweep runs {sweep.program} with --{key.name}=[…], one word that"
                    " argparse doesn't take for several",
                    "give the program ${args_json_file}, or a type= that reads a list",
                )


def _is_wordwise(parameter: Parameter) -> bool:
    """Whether each word is a value: ``nargs="+"`` or ``append`` of numbers or texts."""
    if parameter.type_kind not in ("none", "number", "str"):
        return False
    several = parameter.nargs in ("+", "*") or isinstance(parameter.nargs, int)
    return (parameter.action == "store" and several and parameter.nargs != 0) or (
        parameter.action in ("append", "extend")
    )


RULE = Rule(
    code="JR203",
    name="list-in-sweep",
    summary="A sweep gives a list where its program takes several words.",
    why=(
        "A sweep's command writes a list as one word, --hidden=[64, 64]. argparse refuses "
        "it where the type is a number (invalid int value), and takes it for a single "
        "text elsewhere."
    ),
    bad={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--hidden", type=int, nargs="+", default=[64])
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  hidden:
    values: [[64, 64], [128]]
""",
    },
    good={
        "train.py": """\
import argparse
import json

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--hidden", type=json.loads, default=[64])
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  hidden:
    values: [[64, 64], [128]]
""",
    },
    safety=None,
    fix="The command line that people type would change with the type.",
    sources=(
        "https://github.com/wandb/wandb/issues/2939",
        "https://docs.wandb.ai/models/sweeps/define-sweep-configuration",
    ),
    find_in_project=find_in_project,
)
