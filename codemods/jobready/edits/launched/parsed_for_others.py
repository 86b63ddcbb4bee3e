"""A parse that runs several times, each time for other parameters: ``options("lr")``.

What one of its calls gives lacks the values of the others: a run can't show them all.
"""

from __future__ import annotations

import ast

from jobready.edits.launched.parse_words import launched_parses
from jobready.outcome import Reason
from jobready.script.model import Parse, Script
from jobready.script.source.reaching import LOOPS
from jobready.script.source.scopes import COMPREHENSIONS, FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.order import reached_by, running_scope


def parsed_for_others(script: Script) -> Reason | None:
    """Where a script parses anew for parameters that it may not have parsed before."""
    syntax: Syntax = script.syntax
    for parse in launched_parses(script):
        function = _of_any_parameters(parse, syntax)
        again = None if function is None else _other_call(function, script.flow)
        if function is not None and again is not None:
            text = f"{function.name} may parse other parameters here than elsewhere"
            return Reason.at(text, syntax.place(again))
    return None


def _of_any_parameters(parse: Parse, syntax: Syntax) -> ast.FunctionDef | None:
    """The function that makes a parser of which only a run tells the parameters."""
    function = running_scope(parse.call, syntax).node
    if not isinstance(function, ast.FunctionDef):
        return None
    made = [
        parser
        for parser in parse.parsers
        if running_scope(parser.call, syntax).node is function
        and not all(parameter.named for parameter in parser.parameters)
    ]
    return function if made else None


def _other_call(function: ast.FunctionDef, flow: Flow) -> ast.Call | None:
    """A call that gives a function something else than another, or again and again."""
    seen: set[ast.AST] = set()
    waiting: list[ast.AST] = [function]
    while waiting:
        here = waiting.pop()
        calls = reached_by(here, flow.syntax, flow)
        if here in seen or not calls:
            continue
        seen.add(here)
        for call in calls:
            if _given(call) != _given(calls[0]) or _varies(call, flow.syntax):
                return call
        caller = running_scope(calls[0], flow.syntax).node
        if isinstance(caller, FUNCTIONS) and _names(calls[0]) & _parameters(caller):
            waiting.append(caller)
    return None


def _given(call: ast.Call) -> list[str]:
    return [ast.unparse(given) for given in (*call.args, *call.keywords)]


def _names(call: ast.Call) -> set[str]:
    """The names in what a call is given."""
    inside = (n for given in (*call.args, *call.keywords) for n in ast.walk(given))
    return {n.id for n in inside if isinstance(n, ast.Name)}


def _parameters(function: ast.AST) -> set[str]:
    return {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}


def _varies(call: ast.Call, syntax: Syntax) -> bool:
    """Whether a loop around a call makes what it is given."""
    for around in syntax.ancestors(call):
        if isinstance(around, FUNCTIONS):
            return False
        if isinstance(around, (*LOOPS, *COMPREHENSIONS)) and _names(call) & _bound(around):
            return True
    return False


def _bound(loop: ast.AST) -> set[str]:
    """The names that are bound in a loop."""
    inside = (n for n in ast.walk(loop) if isinstance(n, ast.Name))
    return {n.id for n in inside if isinstance(n.ctx, ast.Store)}
