"""JR405: the logged code lacks what the job needs of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from jobready.edits.writing.text import with_argument
from jobready.jobs.circumstances import may_make_job
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.syntax import Syntax

if TYPE_CHECKING:
    from jobready.jobs.model import LoggedCode
    from jobready.script.job import ScriptJob

KINDS = frozenset(("code-guarded", "code-root"))
# Files that say how to train, not with what: data comes as artifacts.
SETTINGS = frozenset((".yaml", ".yml", ".json", ".toml", ".ini", ".cfg", ".conf"))
READS = frozenset(("open", "Path", "load", "safe_load"))
WRITING = frozenset("wax+")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each reason why the job can't find a file, or isn't one."""
    from jobready.jobs.code_problems import code_problems

    made = subject.wanted_job
    if made is None or made.job is None or made.job.source != "artifact":
        return
    for problem in code_problems(made.around, made.job):
        if problem.code in KINDS:
            said, _, advice = problem.message.partition(": ")
            if problem.code == "code-guarded":
                said, advice = "log_code stands under a condition", advice
            yield subject.at_line(
                RULE, problem.line, said, no_fix=advice or "log the code at any rate"
            )
    if len(made.around.code) == 1:
        yield from _unlogged(subject, made, made.around.code[0])


def _unlogged(subject: Subject, made: ScriptJob, code: LoggedCode) -> Iterator[Finding]:
    """The files of settings that the script reads, and that aren't logged with it."""
    from jobready.jobs.code_problems import is_left_out

    for node, name in _read(subject):
        if not is_left_out(code, name, made.around.version):
            continue
        if subject.files.read(made.start / name) is None:
            continue  # it isn't there, or isn't relative to where the script starts
        fix = _fix(subject, code, name)
        yield subject.finding(
            RULE,
            node,
            f"log_code leaves {name} out, which the job opens",
            fix=fix,
            no_fix=None if fix else "have include_fn take it too",
        )


def _read(subject: Subject) -> Iterator[tuple[ast.expr, str]]:
    """The names in ``open("conf.yaml")`` and ``Path("conf.yaml")``."""
    syntax: Syntax = subject.script.syntax
    for node in syntax.of(ast.Call):
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else None
        name = called.id if isinstance(called, ast.Name) else name
        if name not in READS or not node.args or _writes(node):
            continue
        given = node.args[0]
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            path = PurePath(given.value)
            if path.suffix in SETTINGS and not path.is_absolute():
                yield given, given.value


def _writes(call: ast.Call) -> bool:
    """Whether it is ``open`` with a mode that makes the file."""
    modes = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "mode")]
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and set(mode.value) & WRITING
        for mode in modes
    )


def _fix(subject: Subject, code: LoggedCode, name: str) -> Fix | None:
    """Say which files to log, where the call leaves that to wandb."""
    if code.include is not None or code.line is None:
        return None
    syntax: Syntax = subject.script.syntax
    for call in syntax.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "log_code":
            continue
        names = {PurePath(n).suffix for _, n in _read(subject)} | {PurePath(name).suffix}
        ends = ", ".join(f'"{end}"' for end in (".py", "requirements.txt", *sorted(names)))
        text = f"include_fn=lambda path: path.endswith(({ends}))"
        edits = with_argument(call, text, syntax)
        if edits is not None:
            return Fix("unsafe", "logs files of that kind too", edits)
    return None


RULE = Rule(
    code="JR405",
    name="log-code-misses",
    summary="The code that a run logs lacks what the job needs of it.",
    why=(
        "A job of logged code has the files that `run.log_code()` takes and no others: "
        "Python files, `Dockerfile*` since wandb 0.15.10 and `requirements.txt` since "
        "0.18.1. A file of settings that the script opens is missing; where another "
        "folder is logged than the one that the script is started in, the entrypoint "
        "names a file that isn't there; under a condition there may be no job at all. "
        "Data is not spoken of, since it should come as an artifact. Nor is W&B's own "
        'example `include_fn=lambda path: path.endswith(".py")`, though it leaves '
        "requirements.txt out: the agent then installs what the run had installed, each "
        "package for itself, and goes on where one can't be had. That works, and is "
        "closer to the run; `jobready name` mentions it. The rule speaks where a run is "
        "to make a job, as JR402 does."
    ),
    bad={
        "train.py": """\
import json

import wandb

run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code()
with open("model.json") as file:
    layers = json.load(file)
""",
        "model.json": """\
[64, 64]
""",
    },
    good={
        "train.py": """\
import json

import wandb

run = wandb.init(settings=wandb.Settings(disable_job_creation=False))
run.log_code(include_fn=lambda path: path.endswith((".py", "model.json")))
with open("model.json") as file:
    layers = json.load(file)
""",
        "model.json": """\
[64, 64]
""",
    },
    safety="unsafe",
    fix=(
        "Gives `include_fn`, which takes what log_code takes without and files of that "
        "kind. It is unsafe, since there may be many of them."
    ),
    sources=(
        "wandb 0.13.8 to 0.31.0: wandb.util and run.log_code, run with each function",
        "https://github.com/wandb/wandb/blob/v0.31.0/wandb/sdk/launch/builder/build.py",
    ),
    find=find,
    words=((b"log_code", b"save_code"),),
    when=may_make_job,
)
