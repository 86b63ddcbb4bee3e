"""Showing the parameters beside what isn't known, where a run's config is put together.

``Callback(config=vars(args) | asdict(settings))``: what the second dict holds may hide
parameters. The call gets a third, which holds them under ``args/`` and their names.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from jobready.edits.plan import ValueEdit
from jobready.edits.shown.held_arguments import dict_of, parse_stages
from jobready.edits.shown.init_config import config_read, config_written, left_out
from jobready.edits.shown.unknown_config import lost_before
from jobready.edits.shown.unshown import condition
from jobready.script.model import Init, Script
from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.only_called import is_only_called
from jobready.script.values.shown_apart import apart


def shown_beside(init: Init, script: Script) -> tuple[ValueEdit, ...] | None:
    """The dict with the parameters in the call; None where there is no sure place for it.

    What the one call is given must go only to the run, and nothing may read it there.
    """
    if config_read(script) or config_written(script) or lost_before(init, script):
        return None
    parameter = _handed_on(init, script.syntax)
    called = None if parameter is None else _called(parameter, script.syntax)
    if called is None or not is_only_called(called, script.flow):
        return None
    given = script.flow.given(parameter)
    edit = _with_all(given[0], init, script) if len(given) == 1 else None
    return None if edit is None else (edit,)


def _handed_on(init: Init, syntax: Syntax) -> Binding | None:
    """The parameter that a function gives the run as its config, and uses for no more."""
    given = [k.value for k in init.call.keywords if k.arg == "config"]
    scope = syntax.scope(init.call)
    match given:
        case [ast.Name(id=name)] if isinstance(scope.node, FUNCTIONS):
            bindings = scope.bindings.get(name, [])
            reads = [
                n for n in syntax.variable(name, scope.node) if isinstance(n, ast.Name)
            ]
            if reads == given and [b.kind for b in bindings] == ["parameter"]:
                return bindings[0]
    return None


def _called(parameter: Binding, syntax: Syntax) -> Function | ast.ClassDef | None:
    """What is called to give a parameter its value: a function, or a class."""
    function = parameter.scope.node
    if not isinstance(function, FUNCTIONS) or function.decorator_list:
        return None
    holder = syntax.parent[function]
    if isinstance(holder, ast.ClassDef):
        return holder if function.name == "__init__" else None
    return function


def _with_all(value: ast.expr, init: Init, script: Script) -> ValueEdit | None:
    """One of two dicts or more, ``a | b``, with all parameters beside it."""
    syntax: Syntax = script.syntax
    call = syntax.parent[value]
    if isinstance(call, ast.keyword):
        call = syntax.parent[call]
    if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.BitOr):
        return None
    if not isinstance(call, ast.Call) or syntax.owner("vars", syntax.scope(call)):
        return None
    stages = parse_stages(replace(init, call=call, place=syntax.place(call)), script)
    if len(stages) != 1:
        return None
    shown = apart(dict_of(stages[0]), condition(left_out(init, script)))
    return ValueEdit(value, f"{syntax.source(value)} | {shown}")
