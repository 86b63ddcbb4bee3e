"""JR111: a parameter is changed by its own value before the run records it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.project.mentions import INITS, PARSES
from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import runs_behind

JOINS = frozenset(("os.path.join", "posixpath.join"))
GROWS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Pow)


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each parameter of which a clone of the run makes something else."""
    script = subject.script
    if not any(i.records for i in script.inits):
        return
    syntax: Syntax = script.syntax
    other = {name for i in script.inits for name, _ in (*i.otherwise, *i.renamed)}
    shown = _shown(subject)
    told = set()
    for overwrite in script.overwrites:
        name = overwrite.name
        if not overwrite.counts or name in told or name in other:
            continue
        if shown is not None and name not in shown:
            continue
        node = _statement(overwrite.place, syntax)
        if node is None or not _grows(node, name, subject):
            continue
        if not any(runs_behind(i.call, node, syntax, script.flow) for i in script.inits):
            continue
        told.add(name)
        text = ast.unparse(node)
        text = text if len(text) <= 60 else f"{text[:59]}…"
        message = f"the run shows {name} as it is after `{text}`, and a clone of it does"
        message += " that again"
        advice = "give the new value a name of its own"
        yield subject.finding(RULE, node, message, no_fix=advice)


def _shown(subject: Subject) -> frozenset[str] | None:
    """The keys of a config that is spelled out; None where it has all parameters."""
    found: set[str] = set()
    for init in subject.script.inits:
        if init.whole:
            return None
        found |= {n.attr for n in ast.walk(init.call) if isinstance(n, ast.Attribute)}
        if init.changed is not None:
            return None
    return frozenset(found)


def _statement(place: Place, syntax: Syntax) -> ast.Assign | ast.AugAssign | None:
    """The assignment that starts at a place."""
    for node in syntax.of(ast.Assign, ast.AugAssign):
        if syntax.place(node) == place:
            return node
    return None


def _grows(node: ast.Assign | ast.AugAssign, name: str, subject: Subject) -> bool:
    """Whether doing it twice gives something else than doing it once."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, GROWS)
    if len(node.targets) != 1:
        return False
    return _adds_to(node.value, name, subject)


def _adds_to(value: ast.expr, name: str, subject: Subject) -> bool:
    """Whether an expression is the parameter with something added to it."""
    parts: list[ast.expr] = []
    if isinstance(value, ast.BinOp) and isinstance(value.op, GROWS):
        parts = [value.left, value.right]
    elif isinstance(value, ast.JoinedStr) and len(value.values) > 1:
        parts = [v.value for v in value.values if isinstance(v, ast.FormattedValue)]
    elif isinstance(value, ast.Call):
        if subject.script.flow.qualified(value.func) in JOINS:
            return _is_joined(value.args, name, subject)
        if isinstance(value.func, ast.Name) and value.func.id in ("int", "float", "str"):
            return any(_adds_to(a, name, subject) for a in value.args)
    return any(_is_made_of(part, name, subject) for part in parts)


def _is_joined(parts: list[ast.expr], name: str, subject: Subject) -> bool:
    """Whether a folder gets deeper: one that is put under an absolute folder doesn't."""
    if len(parts) < 2:
        return False
    before = literal(parts[0])
    if isinstance(before, str) and not before.startswith(("/", "~")):
        return any(_is_made_of(part, name, subject) for part in parts[1:])
    return _is_made_of(parts[0], name, subject)


def _is_made_of(part: ast.expr, name: str, subject: Subject) -> bool:
    """Whether a part is the parameter, or is added to it in turn."""
    if isinstance(part, (ast.Attribute, ast.Subscript)):
        return parameter_read(part, subject.script.flow) == name
    return isinstance(part, ast.BinOp) and _adds_to(part, name, subject)


RULE = Rule(
    code="JR111",
    name="overwritten-parameter",
    summary="A parameter is changed before the run records it, and again in a clone.",
    why=(
        "The launch drawer is filled from an earlier run's config. A parameter that the "
        "script multiplied before it was recorded is launched multiplied, and the script "
        "multiplies it again: no two runs of one configuration are the same."
    ),
    bad="""\
import argparse
import os

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
args.lr *= int(os.environ.get("WORLD_SIZE", "1"))
wandb.init(config=args)
print("training with", args.lr)
""",
    good="""\
import argparse
import os

import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
scaled_lr = args.lr * int(os.environ.get("WORLD_SIZE", "1"))
wandb.init(config=args)
print("training with", scaled_lr)
""",
    safety=None,
    fix=(
        "Whoever reads the parameter would have to read the new name, also in other files. "
        "Changes that give the same when they are done again are left alone."
    ),
    sources=("wandb 0.31.0: the config of a run, launched again as it is",),
    find=find,
    words=(INITS, PARSES),
    patterns=(rb"\w(?:\.\w+|\[\"\w+\"\]|\['\w+'\])\s*(?:[-+*/%]|//|\*\*)?=[^=]",),
)
