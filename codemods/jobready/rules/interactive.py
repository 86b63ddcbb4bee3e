"""JR606: the script waits for somebody at the keyboard."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.writing.text import without_statement
from jobready.project.mentions import STARTS_A_RUN
from jobready.rules.finding import Finding, Fix
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.source.syntax import Syntax

DEBUGGERS = frozenset(
    ("breakpoint", "pdb.set_trace", "ipdb.set_trace", "pudb.set_trace", "IPython.embed")
)
ASKS = frozenset(("input", "getpass.getpass", "click.prompt", "click.confirm"))


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each call that nothing in the script makes depend on a test."""
    if not subject.starts_run:
        return
    syntax: Syntax = subject.script.syntax
    for node in syntax.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func, subject)
        if name not in DEBUGGERS | ASKS or _is_meant(node, subject):
            continue
        message = f"{name}() waits for a keyboard, and a job has none"
        statement = syntax.statement(node)
        if name in ASKS:
            advice = "make it a parameter, or ask only where sys.stdin.isatty()"
            yield subject.finding(RULE, node, message, no_fix=advice)
        elif isinstance(statement, ast.Expr) and statement.value is node:
            edits = without_statement(statement, syntax)
            fix = Fix("unsafe", "takes the call out", edits)
            yield subject.finding(RULE, node, message, fix=fix)
        else:
            yield subject.finding(RULE, node, message, no_fix="take it out by hand")


def _name(node: ast.expr, subject: Subject) -> str | None:
    """The dotted name of what is called; a builtin's where nothing hides it."""
    syntax: Syntax = subject.script.syntax
    if isinstance(node, ast.Name) and not syntax.bindings(node.id, syntax.scope(node)):
        return node.id
    name: str | None = subject.script.flow.qualified(node)
    return name


def _is_meant(node: ast.Call, subject: Subject) -> bool:
    """Whether a terminal is asked for first, or a parameter, or the answer may lack."""
    syntax: Syntax = subject.script.syntax
    for around in syntax.ancestors(node):
        if isinstance(around, (ast.If, ast.IfExp, ast.While)):
            inside = list(ast.walk(around.test))
            if any(isinstance(n, ast.Attribute) and n.attr == "isatty" for n in inside):
                return True
            reads = (n for n in inside if isinstance(n, (ast.Attribute, ast.Subscript)))
            if any(parameter_read(n, subject.script.flow) for n in reads):
                return True
        if isinstance(around, ast.Try) and any(
            "EOFError" in ast.unparse(h.type) for h in around.handlers if h.type
        ):
            return True
        if isinstance(around, FUNCTIONS) and _handles_signal(around, subject):
            return True
    return False


def _handles_signal(function: Function, subject: Subject) -> bool:
    """Whether a function only runs when somebody sends the process a signal."""
    syntax, flow = subject.script.syntax, subject.script.flow
    uses = [n for n in syntax.named.get(function.name, ()) if isinstance(n.ctx, ast.Load)]
    calls = [syntax.parent[use] for use in uses]
    return bool(calls) and all(
        isinstance(call, ast.Call)
        and use in call.args
        and flow.qualified(call.func) == "signal.signal"
        for use, call in zip(uses, calls, strict=True)
    )


RULE = Rule(
    code="JR606",
    name="interactive",
    summary="The script asks the user something, and a job has no user.",
    why=(
        "A launched job runs in a container without a terminal: input() ends with an "
        "EOFError or waits for ever, and a debugger stops the training."
    ),
    bad="""\
import wandb

wandb.init(project="mnist")
name = input("Which model? ")
""",
    good="""\
import argparse

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--name", default="mlp")
args = parser.parse_args()
wandb.init(project="mnist", config=args)
args = wandb.config
""",
    safety="unsafe",
    fix=(
        "Takes calls of a debugger out. What a question is for can't be told; make it a "
        "parameter. Questions under a test of `isatty()` or of a parameter are left alone."
    ),
    sources=("https://docs.python.org/3/library/functions.html#input",),
    find=find,
    words=(
        *STARTS_A_RUN,
        (b"input(", b"breakpoint(", b"set_trace", b"getpass", b"click.", b"IPython"),
    ),
    patterns=(
        rb"input\((?<![\w.]input\()",
        rb"breakpoint\((?<![\w.]breakpoint\()",
        rb"set_trace",
        rb"getpass",
        rb"IPython",
        rb"click\.(?:prompt|confirm)",
    ),
)
