"""Giving a script that starts no run a ``wandb.init``, when that is asked for."""

from __future__ import annotations

import ast

from jobready.edits.launched.modules import wandb_of
from jobready.edits.launched.names import hidden
from jobready.edits.plan import NewInit, Plan
from jobready.edits.shown.init_config import config_of
from jobready.edits.shown.unnamed_secrets import unnamed_secret
from jobready.edits.writing.rewrite import rewrite
from jobready.outcome import Reason, Refused
from jobready.project.environment import Environment
from jobready.script.model import Script
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict

Assignment = ast.Assign | ast.AnnAssign


def add_init(text: str, script: Script, environment: Environment) -> str | Reason:
    """The text with ``wandb.init(config=args)`` behind the parse, or why not."""
    if any(p.holds_dataclasses for p in script.parses):
        text = "the arguments are dataclasses, not one object that wandb.init could show"
        return Reason.at(text, script.parses[0].place)
    secret = unnamed_secret(script)
    if secret is not None:
        return secret
    found = _place(script)
    if found is None:
        place = script.parses[0].place
        text = "can't tell where a wandb.init belongs: no name gets the parsed arguments"
        return Reason.at(text, place)
    statement, name, is_dict = found
    wandb = wandb_of(script)
    if isinstance(wandb, Refused):
        return wandb.reasons[0]
    module = wandb.names["wandb"]
    why_not = hidden("wandb", module, statement, script)
    if why_not is not None:
        return why_not
    config = config_of(name, is_dict, script, environment.type_checked)
    plan = Plan(
        form="init",
        reasons=(),
        new_init=NewInit(statement, f"{module}.init(config={config})"),
        modules=wandb,
    )
    return rewrite(text, plan, script.syntax, environment.line_length)


def _place(script: Script) -> tuple[Assignment, str, bool] | None:
    """The statement that first names the arguments, outside the getter."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    found: list[tuple[bool, Assignment, str, bool]] = []
    for node in syntax.of(ast.Assign, ast.AnnAssign):
        if len(_targets(node)) != 1 or node.value is None:
            continue
        target = _targets(node)[0]
        if isinstance(target, ast.Tuple) and target.elts:
            target = target.elts[0]  # args, unknown = parser.parse_known_args()
        if not isinstance(target, ast.Name) or not _has_own_line(node, syntax):
            continue
        meanings = _first(node, target, flow, syntax)
        kinds = {type(m) for m in meanings}
        if kinds not in ({Arguments}, {ArgumentsDict}):
            continue
        returned = _is_returned(node, target.id, syntax, flow)
        found.append((returned, node, target.id, kinds == {ArgumentsDict}))
    found.sort(key=lambda f: (f[0], f[1].lineno))
    if not found or found[0][0]:
        return None
    return found[0][1:]


def _targets(node: Assignment) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _first(
    node: Assignment, target: ast.Name, flow: Flow, syntax: Syntax
) -> frozenset[object]:
    assert node.value is not None
    if isinstance(_targets(node)[0], ast.Tuple):
        bindings = syntax.bindings(target.id, syntax.scope(target))
        return frozenset(
            m for b in bindings if b.node is node for m in flow.element(node.value, 0)
        )
    return frozenset(flow.meanings(node.value))


def _is_returned(node: Assignment, name: str, syntax: Syntax, flow: Flow) -> bool:
    function = syntax.scope(node).node
    if not isinstance(function, FUNCTIONS):
        return False
    return any(
        isinstance(n, ast.Name) and n.id == name
        for r in flow.returns(function)
        if r.value is not None
        for n in ast.walk(r.value)
    )


def _has_own_line(node: Assignment, syntax: Syntax) -> bool:
    holder = syntax.parent[node]
    return not (isinstance(holder, ast.stmt) and holder.lineno == node.lineno)
