"""Parameters that have names of their own where a run starts: they are shown one by one.

``def train(lr, epochs): wandb.init(config={"lr": lr, "epochs": epochs})``, called as
``train(args.lr, args.epochs)``, has no name of the arguments, and needs none.
"""

from __future__ import annotations

import ast

from jobready.edits.plan import InitEdit, LinesBehind, ShowEdit
from jobready.edits.shown.init_config import (
    config_read,
    config_written,
    left_out,
    unclear_update,
)
from jobready.edits.shown.run_statement import has_own_lines, run_behind, run_statement
from jobready.edits.shown.unknown_config import update_line
from jobready.edits.shown.unshown import unshown
from jobready.script.arguments.parameter_reads import names_copy, parameter_read
from jobready.script.model import Init, Script
from jobready.script.source.reaching import is_above
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

FEW = 5  # parameters that are spelled out, where another way would do as well


def held_values(
    init: Init, script: Script, most: int | None
) -> tuple[ShowEdit, ...] | None:
    """The edits that show the parameters by the names that their values have.

    None where not each has one, or where there are more than ``most``.
    """
    if unclear_update(script) or config_read(script) or config_written(script):
        return None
    held = _names(init, script)
    if held is None or (most is not None and len(held) > most):
        return None
    items = ", ".join(f'"{parameter}": {name}' for parameter, name in held.items())
    given = [k.value for k in init.call.keywords if k.arg == "config"]
    if init.extends is None:
        named = any(isinstance(g, ast.Name) for g in given)
        return None if named else (InitEdit(init.call, f"{{{items}}}"),)
    if left_out(init, script) or not isinstance(init.extends, ast.Name):
        return None
    if given == [init.extends]:
        return (InitEdit(init.call, f"{{**{init.extends.id}, {items}}}"),)
    return _behind(init, f"{{{items}}}", script)


def _behind(init: Init, shown: str, script: Script) -> tuple[ShowEdit, ...] | None:
    """The line that shows the parameters over a config that is given elsewhere."""
    statement = run_statement(init, script.syntax)
    if statement is None or not has_own_lines(statement, script.syntax):
        return None
    run = run_behind(init, statement)
    return None if run is None else (LinesBehind(init.call, (update_line(run, shown),)),)


def _names(init: Init, script: Script) -> dict[str, str] | None:
    """By each parameter that a run can show: the name that has its value at the init."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    scope = syntax.scope(init.call)
    if not isinstance(scope.node, FUNCTIONS) or any(m.commands for m in script.parsers):
        return None
    if len(script.parses) != 1:
        return None
    inside = (n for n in ast.walk(scope.node) if isinstance(n, ast.Nonlocal))
    changed = {name for node in inside for name in node.names}
    hidden = unshown(script)
    shown = [p for p in script.parameters if p.action not in ("help", "version")]
    wanted = dict.fromkeys(p.name for p in shown if p.name not in hidden)
    found: dict[str, str] = {}
    for name, bindings in scope.bindings.items():
        if name in changed:
            continue
        read = flow.read_at(name, init.call)
        parameter = parameter_read(read, flow)
        if parameter not in wanted or found.get(parameter) == parameter:
            continue
        if all(_is_there(b, init, syntax) for b in bindings) and _is_parsed(read, flow):
            found[parameter] = name
    if not found or found.keys() != wanted.keys() or not all(p.named for p in shown):
        return None
    return {parameter: found[parameter] for parameter in wanted}


def _is_there(binding: Binding, init: Init, syntax: Syntax) -> bool:
    """Whether a name has its value whenever the init is reached."""
    given = binding.kind == "assign" and is_above(binding, init.call, syntax)
    return given or binding.kind == "parameter"


def _is_parsed(value: ast.expr, flow: Flow) -> bool:
    """Whether a parameter's value is that of the arguments, and not of a copy of them."""
    if isinstance(value, ast.Name):
        bindings = flow.syntax.bindings(value.id, flow.syntax.scope(value))
        return all(_is_parsed(v, flow) for b in bindings for v in flow.given(b))
    if isinstance(value, (ast.Attribute, ast.Subscript)):
        return not names_copy(value.value, flow)
    return False
