"""JR607: the API key is written into the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.edits.writing.text import without_argument, without_statement
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax

KEY = re.compile(r"(?:[\w-]*-)?[0-9a-f]{40}|wandb_v1_\w{30,}")
MESSAGE = "whoever reads this file has this API key, and a job has one of its own"


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each key that is given to W&B; the messages never show it."""
    script, syntax = subject.script, subject.script.syntax
    for call in syntax.of(ast.Call):
        if script.flow.qualified(call.func) == "wandb.login":
            given = [a for a in (*call.args, *call.keywords) if _is_key(a)]
            for argument in given[:1]:
                edits = without_argument(call, argument, syntax)
                place = argument.value if isinstance(argument, ast.keyword) else argument
                if edits is None:
                    yield subject.finding(RULE, place, MESSAGE, no_fix="take it out")
                else:
                    fix = Fix("unsafe", "takes it out; withdraw the key, too", edits)
                    yield subject.finding(RULE, place, MESSAGE, fix=fix)
    for statement in syntax.of(ast.Assign):
        if _sets_key(statement, subject) and len(statement.targets) == 1:
            edits = without_statement(statement, syntax)
            fix = Fix("unsafe", "takes it out; withdraw the key, too", edits)
            yield subject.finding(RULE, statement, MESSAGE, fix=fix)


def _is_key(argument: ast.expr | ast.keyword) -> bool:
    if isinstance(argument, ast.keyword):
        return argument.arg == "key" and _is_key(argument.value)
    text = literal(argument)
    return isinstance(text, str) and KEY.fullmatch(text) is not None


def _sets_key(statement: ast.Assign, subject: Subject) -> bool:
    """Whether it is ``os.environ["WANDB_API_KEY"] = "…"``, or that of ``wandb.api``."""
    syntax: Syntax = subject.script.syntax
    if not _is_key(statement.value):
        return False
    target = statement.targets[0]
    if not isinstance(target, ast.Subscript) or literal(target.slice) != "WANDB_API_KEY":
        return False
    return subject.script.flow.qualified(target.value) == "os.environ" and bool(syntax.text)


RULE = Rule(
    code="JR607",
    name="key-in-source",
    summary="The API key of W&B is written into the source.",
    why=(
        "The source goes into the repository, into the code artifacts of its runs and into "
        "each job's container. A job gets the key of its agent by WANDB_API_KEY, and a key "
        "in the source is used in its place."
    ),
    bad="""\
import wandb

wandb.login(key="0123456789abcdef0123456789abcdef01234567")
wandb.init(project="mnist")
""",
    good="""\
import wandb

wandb.login()
wandb.init(project="mnist")
""",
    safety="unsafe",
    fix=(
        "Takes the key out, so that the script needs WANDB_API_KEY or `wandb login` where "
        "it runs. The key stays in the history of the repository: withdraw it."
    ),
    sources=("https://docs.wandb.ai/models/track/public-api-guide",),
    find=find,
    in_tests=True,
    words=((b"wandb",), (b"login(", b"WANDB_API_KEY")),
    patterns=(rb"['\"](?:[\w-]*[0-9a-f]{40}|wandb_v1_\w{30,})['\"]",),
)
