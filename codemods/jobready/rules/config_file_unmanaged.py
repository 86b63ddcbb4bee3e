"""JR108: the run's config is read from a file, which a job can't change."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import CALLS_INIT
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.configs.own_config import updating_configs
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax

MANAGES = "manage_config_file"
ENDINGS = (".json", ".yaml", ".yml")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each file that gives the config and is read from afterwards."""
    script, syntax = subject.script, subject.script.syntax
    if MANAGES in syntax.text:
        return
    told = set()
    owns = (*subject.own_configs, *updating_configs(syntax, script.flow))
    for own in owns:
        if not own.is_loaded or not own.reads or own.made in told:
            continue
        told.add(own.made)
        assert isinstance(own.made, ast.Call)
        shown = _shown(own.made, subject)
        if shown is None:
            continue
        line = own.reads[0].lineno
        message = f"{own.name.id} comes from {shown}, and a job can't change what line"
        message += f" {line} reads of it"
        advice = f"call launch.manage_config_file({shown}) above"
        yield subject.finding(RULE, own.made, message, no_fix=advice)


def _shown(load: ast.Call, subject: Subject) -> str | None:
    """The file that a call reads, as the source names it; None where it can't be one."""
    path = _path(load, subject.script.syntax)
    if path is None:
        return None
    text = literal(path)
    if isinstance(text, str):
        relative = not text.startswith(("/", "~")) and ".." not in text
        return ast.unparse(path) if relative and text.endswith(ENDINGS) else None
    if parameter_read(path, subject.script.flow) is not None:
        return ast.unparse(path)
    return None


def _path(load: ast.Call, syntax: Syntax) -> ast.expr | None:
    """The path in ``load(open(path))``, ``load(path)`` or under a with around the call."""
    if not load.args:
        return None
    given = load.args[0]
    if isinstance(given, ast.Name):
        for binding in reaching(given, syntax):
            if binding.kind in ("with", "assign") and isinstance(binding.value, ast.Call):
                return _opened(binding.value)
            if binding.kind == "assign" and binding.value is not None:
                return binding.value
        return None
    if isinstance(given, ast.Call):
        return _opened(given)
    return given


def _opened(call: ast.Call) -> ast.expr | None:
    """The path in ``open(path)`` and ``Path(path).open()``."""
    if isinstance(call.func, ast.Name) and call.func.id == "open" and call.args:
        return call.args[0]
    return None


RULE = Rule(
    code="JR108",
    name="config-file-unmanaged",
    summary="The run's config is read from a file that a job can't change.",
    why=(
        "A job's values go into the run's config, not into what the script read from its "
        "file and goes on reading. launch.manage_config_file makes the file an input of "
        "the job, and writes a job's values into it before the script reads it."
    ),
    bad="""\
import wandb
import yaml

with open("config.yaml") as file:
    config = yaml.safe_load(file)
wandb.init(config=config)
print("training with", config["lr"])
""",
    good="""\
import wandb
import yaml
from wandb.sdk import launch

launch.manage_config_file("config.yaml")
with open("config.yaml") as file:
    config = yaml.safe_load(file)
wandb.init(config=config)
print("training with", config["lr"])
""",
    safety=None,
    fix=(
        "Whether the file or the run's config is to be the job's input is a choice: with "
        "the first, the launch drawer shows the file's keys and, unless "
        "launch.manage_wandb_config is called too, no longer those of the config."
    ),
    sources=(
        "https://docs.wandb.ai/platform/launch/job-inputs",
        "wandb 0.17.0 to 0.31.0 have manage_config_file",
    ),
    find=find,
    since="0.17.0",
    words=(
        *CALLS_INIT,
        (
            b"json.load(",
            b"yaml.load(",
            b"yaml.safe_load(",
            b"full_load(",
            b"OmegaConf.load(",
        ),
    ),
    patterns=(rb"config\s*=\s*[\w.]|config\.update\(",),
)
