"""JR603: a file beside the script is opened as if the script's folder were the current."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jobready.edits.writing.text import replaced
from jobready.project.mentions import STARTS_A_RUN
from jobready.project.upwards import folder_of, folders_of_repository
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

READERS = ("open", "read_csv", "read_json", "loadtxt", "load")
# Small files, that are worth reading to know that they are there.
ENDINGS = (".txt", ".json", ".yaml", ".yml", ".csv", ".tsv", ".toml", ".ini", ".cfg")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each path that is a file beside the script, and none at the top."""
    path = subject.environment.path
    if not subject.starts_run or path is None:
        return
    folder = folder_of(path.parent)
    top = folders_of_repository(folder)[-1]
    if folder == top or top == Path(top.anchor):
        return
    for call in subject.script.syntax.of(ast.Call):
        name = _read(call)
        if name is None or subject.files.read(folder / name) is None:
            continue
        if subject.files.read(top / name) is None:
            message = f"{name} stands beside the script, and a job runs in the folder above"
            yield _finding(call.args[0], message, subject)


def _read(call: ast.Call) -> str | None:
    """The relative path that a call reads."""
    if name_of(call.func) not in READERS or not call.args:
        return None
    mode = call.args[1:2] + [k.value for k in call.keywords if k.arg == "mode"]
    if mode and not str(literal(mode[0])).startswith("r"):
        return None
    text = literal(call.args[0])
    if not isinstance(text, str) or not text.endswith(ENDINGS):
        return None
    return None if text.startswith(("/", "~", "..")) or "://" in text else text


def _finding(node: ast.expr, message: str, subject: Subject) -> Finding:
    """With a fix where the script imports os, or Path, already."""
    syntax: Syntax = subject.script.syntax
    name = literal(node)
    flow = subject.script.flow
    source = ast.unparse(node)
    for text, tested in (
        (f"Path(__file__).parent / {source}", ("Path", "pathlib.Path")),
        (f"os.path.join(os.path.dirname(__file__), {source})", ("os", "os")),
    ):
        probe, meant = tested
        bindings = syntax.bindings(probe, syntax.scope(node))
        if len(bindings) == 1 and flow.imported(bindings[0]) == meant:
            edits = replaced(node, text, syntax)
            fix = Fix("unsafe", "finds it from the script's own place", edits)
            return subject.finding(RULE, node, message, fix=fix)
    advice = f"write Path(__file__).parent / {name!r}"
    return subject.finding(RULE, node, message, no_fix=advice)


RULE = Rule(
    code="JR603",
    name="beside-script",
    summary="A file beside the script is only found from the script's folder.",
    why=(
        "A job runs in the folder that holds all of its code, the root of the repository, "
        "wherever the script was started before. A file that stands beside a script in a "
        "folder below isn't found from there."
    ),
    bad={
        "pyproject.toml": "",
        ".git/HEAD": "ref: refs/heads/main\n",
        "src/labels.txt": "cat\n",
        "src/train.py": """\
from pathlib import Path

import wandb

wandb.init(project="mnist", config={"lr": 0.1})
with open("labels.txt") as file:
    print(file.read(), Path.cwd())
""",
    },
    good={
        "pyproject.toml": "",
        ".git/HEAD": "ref: refs/heads/main\n",
        "src/labels.txt": "cat\n",
        "src/train.py": """\
from pathlib import Path

import wandb

wandb.init(project="mnist", config={"lr": 0.1})
with open(Path(__file__).parent / "labels.txt") as file:
    print(file.read(), Path.cwd())
""",
    },
    safety="unsafe",
    fix=(
        "Finds the file from `__file__`, where the script imports what that takes. Another "
        "file of that name, in the folder that the script is started in, isn't read then."
    ),
    sources=("wandb 0.31.0: a job's working directory is the root of its code",),
    find=find,
    words=STARTS_A_RUN,
    patterns=tuple(r.encode() + rb"\(\s*['\"][\w./-]+\.\w+['\"]" for r in READERS),
)
