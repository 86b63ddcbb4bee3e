"""Showing the parameters of a run that has started before they are parsed.

``wandb.init()`` at the top of a script, ``args = parser.parse_args()`` further down: an
update behind the parse shows them. What a launch sets stays as it is.
"""

from __future__ import annotations

import ast

from jobready.edits.init_config import (
    config_of,
    config_read,
    config_written,
    unclear_update,
)
from jobready.edits.parse_words import launched_parses
from jobready.edits.parsed_there import Parsed, parsed_there, starts_before
from jobready.edits.plan import LinesBehind
from jobready.edits.run_statement import run_behind, run_statement
from jobready.outcome import Reason
from jobready.script.model import Init, Parse, Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of
from jobready.script.values.order import (
    always_behind,
    positions,
    running_scope,
    runs_behind,
)


def shown_late(init: Init, script: Script, type_checked: bool) -> LinesBehind | None:
    """The line behind the parse; None where no run starts before, or not surely."""
    parses = launched_parses(script)
    start = run_statement(init, script.syntax)
    if init.extends is not None or start is None or len(parses) != 1:
        return None
    (parse,) = parses
    if not starts_before(init, parse, script) or _may_have_ended(parse, script):
        return None
    if unclear_update(script) or config_read(script) or config_written(script):
        return None
    parsed = parsed_there(parse, script)
    run = run_behind(init, start)
    if isinstance(parsed, Reason) or run is None:
        return None
    if not _has_started(start, parsed, run, script):
        return None
    shown = config_of(parsed.name, False, script, type_checked)
    return LinesBehind(parsed.call, (f"{run}.config.update({shown})",))


def _has_started(start: ast.stmt, parsed: Parsed, run: str, script: Script) -> bool:
    """Whether the run has surely started by the parse, and has the same name there."""
    syntax: Syntax = script.syntax
    root = run.partition(".")[0]
    here, there = syntax.scope(parsed.call), running_scope(start, syntax)
    if syntax.owner(root, here) is not syntax.owner(root, there):
        return False
    ways = positions(parsed.call, syntax, script.flow)
    parses = [node for scope, node in ways if scope is there]
    return bool(parses) and all(_is_behind(node, start, syntax) for node in parses)


def _may_have_ended(parse: Parse, script: Script) -> bool:
    """Whether a run may be finished by the parse."""
    syntax: Syntax = script.syntax
    ends = (c for c in syntax.of(ast.Call) if name_of(c.func) == "finish")
    return any(runs_behind(parse.call, end, syntax, script.flow) for end in ends)


def _is_behind(node: ast.AST, start: ast.stmt, syntax: Syntax) -> bool:
    """Whether the run has started whenever a place of the same scope is reached."""
    around = [a for a in syntax.ancestors(node) if isinstance(a, ast.stmt)]
    if isinstance(start, ast.With):  # which ends the run
        around = [a for a in around if a in start.body]
    return any(always_behind(statement, start, syntax) for statement in around)
