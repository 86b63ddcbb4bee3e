"""JR202: a sweep gives a switch a value on the command line, which argparse refuses."""

from __future__ import annotations

from collections.abc import Iterator

from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Project, sweep_finding

SWITCHES = frozenset(("store_true", "store_false"))


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding for each boolean of a sweep's file that its program takes as a switch."""
    for path, sweep, script in project.sweeps:
        if not sweep.writes("${args}"):
            continue
        switches = {
            flag
            for parameter in script.parameters
            if parameter.action in SWITCHES
            for flag in parameter.flags
        }
        for key in sweep.keys:
            if "bool" in key.kinds and f"--{key.name}" in switches:
                yield sweep_finding(
                    RULE,
                    path,
                    key,
                    f"the sweep runs {sweep.program} with --{key.name}=True, and"
                    f" {key.name} is a switch, which takes no value",
                    "put ${args_no_boolean_flags} into the sweep's command",
                )


RULE = Rule(
    code="JR202",
    name="switch-in-sweep",
    summary="A sweep gives a switch of its program a value, which argparse refuses.",
    why=(
        "A sweep's default command writes each parameter as --name=value. For an option "
        "with action='store_true' argparse ends the run: ignored explicit argument 'True'."
    ),
    bad={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--amp", action="store_true")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
parameters:
  amp:
    values: [true, false]
""",
    },
    good={
        "train.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--amp", action="store_true")
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "sweep.yaml": """\
program: train.py
method: grid
command: ["${env}", "${interpreter}", "${program}", "${args_no_boolean_flags}"]
parameters:
  amp:
    values: [true, false]
""",
    },
    safety=None,
    fix="jobready edits Python files only: write the command as the example has it.",
    sources=(
        "https://github.com/wandb/wandb/issues/4078",
        "https://docs.wandb.ai/models/sweeps/define-sweep-configuration",
    ),
    find_in_project=find_in_project,
)
