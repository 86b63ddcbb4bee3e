"""JR202: a sweep gives a switch a value on the command line, which argparse refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jobready.rules.model import Finding, Project, Rule
from jobready.script.model import Parameter, Place

if TYPE_CHECKING:
    from yaml.nodes import Node

SWITCHES = frozenset(("store_true", "store_false"))


def find_in_project(project: Project) -> Iterator[Finding]:
    """One finding for each boolean of a sweep's file that its program takes as a switch."""
    for path in project.others:
        data = project.read(path)
        if data is None or b"program" not in data or b"parameters" not in data:
            continue
        sweep = _mapping(data)
        program = _scalar(sweep.get("program"))
        parameters = sweep.get("parameters")
        if not program or parameters is None or not _gives_values(sweep.get("command")):
            continue
        switches = _switches(program, path, project)
        for key, node in _pairs(parameters):
            name = str(key.value)
            parameter = switches.get(name)
            if parameter is not None and _is_boolean(node):
                mark = key.start_mark
                place = Place(mark.line + 1, mark.column + 1)
                yield Finding(
                    RULE.code,
                    f"the sweep runs {program} with --{name}=True, and {name} is a switch,"
                    " which takes no value",
                    place,
                    Place(place.line, place.column + len(name)),
                    no_fix="put ${args_no_boolean_flags} into the sweep's command",
                    path=path,
                )


def _switches(program: str, sweep: Path, project: Project) -> dict[str, Parameter]:
    """The parameters of the sweep's program that take no value, by the names of flags."""
    places = [project.root / program, sweep.parent / program]
    path = next((p for p in places if p.is_file()), None)
    script = project.script(path) if path is not None else None
    if script is None:
        return {}
    return {
        flag.lstrip("-"): p
        for p in script.parameters
        if p.action in SWITCHES
        for flag in p.flags
        if flag.startswith("--")
    }


def _mapping(data: bytes) -> dict[str, Node]:
    """The nodes at the top of a YAML file; none where it can't be read."""
    import yaml  # 20 ms, for projects with sweeps

    try:
        node = yaml.compose(data.decode("utf-8", "replace"), Loader=yaml.SafeLoader)
    except yaml.YAMLError:  # for wandb to complain about
        return {}
    return {str(key.value): value for key, value in _pairs(node)}


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    """The keys and values of a mapping; none of any other node."""
    value = node.value if node is not None else None
    pairs = isinstance(value, list) and all(isinstance(item, tuple) for item in value)
    return value if isinstance(value, list) and pairs else []


def _items(node: Node) -> list[Node]:
    """The items of a sequence; of any other node itself."""
    return node.value if isinstance(node.value, list) and not _pairs(node) else [node]


def _scalar(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) else None


def _gives_values(command: Node | None) -> bool:
    """Whether the command has ``${args}``, as the one that sweeps have by default."""
    if command is None:
        return True
    return any("${args}" in (_scalar(item) or "") for item in _items(command))


def _is_boolean(node: Node) -> bool:
    """Whether a parameter of a sweep has true or false among its values."""
    return any(
        item.tag == "tag:yaml.org,2002:bool"
        for key, value in _pairs(node)
        if key.value in ("value", "values")
        for item in _items(value)
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
