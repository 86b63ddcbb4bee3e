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
from jobready.script.values.functions import name_of
from jobready.script.values.order import reached_by, running_scope, runs_behind


def parsed_for_others(script: Script) -> Reason | None:
    """Where a script parses anew for parameters that it may not have parsed before."""
    syntax: Syntax = script.syntax
    for parse in launched_parses(script):
        function = running_scope(parse.call, syntax).node
        if not isinstance(function, ast.FunctionDef):
            continue
        again = _other_call(function, script.flow)
        if again is not None and _may_differ(parse, function, syntax):
            name = name_of(again.func) or function.name
            text = f"{name} may parse other parameters here than elsewhere"
            return Reason.at(text, syntax.place(again))
    return None


def _may_differ(parse: Parse, function: ast.FunctionDef, syntax: Syntax) -> bool:
    """Whether the parameters that a function parses depend on what it is given."""
    own = [p for p in parse.parsers if running_scope(p.call, syntax).node is function]
    if not own:
        return len(parse.parsers) > 1
    if not all(parameter.named for parser in own for parameter in parser.parameters):
        return True
    given = _parameters(function)
    inside = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
    added = [c for c in inside if name_of(c.func) == "add_argument"]
    return any(_hangs_on(call, given, syntax) for call in added) or any(
        isinstance(call.func, ast.Name) and call.func.id in given for call in inside
    )


def _hangs_on(call: ast.Call, given: set[str], syntax: Syntax) -> bool:
    """Whether a call is only made if what its function is given says so."""
    around = (n for n in syntax.ancestors(call) if isinstance(n, (ast.If, ast.Match)))
    asked = (n.test if isinstance(n, ast.If) else n.subject for n in around)
    return any(given & _named(test) for test in asked)


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
            if _varies(call, flow.syntax) or any(_differ(c, call, flow) for c in calls):
                return call
        caller = running_scope(calls[0], flow.syntax).node
        if isinstance(caller, FUNCTIONS) and _names(calls[0]) & _parameters(caller):
            waiting.append(caller)
    return None


def _differ(first: ast.Call, call: ast.Call, flow: Flow) -> bool:
    """Whether a call gives something else than one that may have been run before."""
    return _given(first) != _given(call) and runs_behind(call, first, flow.syntax, flow)


def _given(call: ast.Call) -> list[str]:
    return [ast.unparse(given) for given in (*call.args, *call.keywords)]


def _names(call: ast.Call) -> set[str]:
    """The names in what a call is given."""
    return set().union(*map(_named, (*call.args, *call.keywords)))


def _named(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


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
