"""JR609: the script starts another one with arguments, which a launch overrides."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jobready.project.mentions import STARTS, STARTS_A_RUN, Mentions
from jobready.project.upwards import folder_of, folders_of_repository
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax

RUNS = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")
)
ADVICE = "start it with env= less WANDB_LAUNCH, or make it a job of its own"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each script that is started with arguments and starts a run."""
    script, syntax = subject.script, subject.script.syntax
    if not script.inits or subject.environment.path is None:
        return
    for call in syntax.of(ast.Call):
        if not call.args or any(k.arg in ("env", None) for k in call.keywords):
            continue
        name = script.flow.qualified(call.func)
        if name not in RUNS and name != "os.system":
            continue
        started = _started(call.args[0], syntax)
        if started is None or not _starts_run(started, subject):
            continue
        message = (
            f"{started} is started with arguments, and takes this job's values instead"
        )
        yield subject.finding(RULE, call, message, no_fix=ADVICE)


def _started(command: ast.expr, syntax: Syntax) -> str | None:
    """The script that a command runs, where words for it follow."""
    if isinstance(command, ast.Name):
        bindings = syntax.bindings(command.id, syntax.scope(command))
        if len(bindings) != 1 or bindings[0].value is None or bindings[0].index is not None:
            return None
        command = bindings[0].value
    words = _words(command)
    for index, word in enumerate(words):
        if word.endswith(".py"):
            options = [w for w in words[index + 1 :] if w.startswith("-")]
            return word if options else None
    return None


def _words(command: ast.expr) -> list[str]:
    """The words of a command as far as they are spelled out."""
    if isinstance(command, (ast.List, ast.Tuple)):
        return [text for text in map(_text, command.elts) if text is not None]
    return (_text(command) or "").split()


def _text(node: ast.expr) -> str | None:
    """A text of the source, with {} for what is put into it."""
    if isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
        return "".join(map(str, parts))
    text = literal(node)
    return text if isinstance(text, str) else None


def _starts_run(name: str, subject: Subject) -> bool:
    """Whether the script is here and may start a run."""
    path = subject.environment.path
    assert path is not None
    if Path(name).is_absolute():
        return False
    folder = folder_of(path.parent)
    for place in dict.fromkeys((folder, folders_of_repository(folder)[-1])):
        data = subject.files.read(place / name)
        if data is not None:
            return Mentions(data).meets((STARTS,))
    return False


RULE = Rule(
    code="JR609",
    name="starts-another",
    summary="The script starts another with arguments, which a launch overrides.",
    why=(
        "A process inherits the environment, and with it the job's values: the run of the "
        "other script takes them for its own, also over what it was started with, and "
        "writes into the run of the job."
    ),
    bad={
        "evaluate.py": """\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
wandb.init(config=args)
args = wandb.config
""",
        "train.py": """\
import subprocess
import sys

import wandb

wandb.init(config={"lr": 0.1})
subprocess.run([sys.executable, "evaluate.py", "--lr", "1"], check=True)
""",
    },
    good={
        "train.py": """\
import wandb
from evaluate import evaluate

wandb.init(config={"lr": 0.1})
evaluate(lr=1)
""",
        "evaluate.py": """\
def evaluate(lr):
    print(lr)
""",
    },
    safety=None,
    fix="Which of the two is to be the job is for the author to say.",
    sources=("wandb 0.31.0: WANDB_CONFIG counts for each wandb.init below a job",),
    find=find,
    words=(*STARTS_A_RUN, (b"subprocess", b"os.system"), (b".py",)),
)
