"""The statement of a parse, what its arguments are called, and which runs start before."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from jobready.edits.shown.run_statement import has_own_lines
from jobready.outcome import Reason
from jobready.script.arguments.parameter_reads import HOPS
from jobready.script.model import Init, Parse, Script
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, KnownAndRest
from jobready.script.values.order import runs_behind


@dataclass(frozen=True, eq=False)
class Parsed:
    """A statement that gets the arguments of a parse: their name, and a call in it.

    Lines can stand behind it, found by the call.
    """

    name: str
    statement: ast.Assign
    call: ast.Call


def parsed_there(parse: Parse, script: Script) -> Parsed | Reason:
    """The statement that gives the arguments a name, or why there is none.

    That is the parse, or the call of the function that returns it.
    """
    syntax: Syntax = script.syntax
    statement = syntax.statement(parse.call)
    if isinstance(statement, ast.Return):
        calls = script.flow.uses.calls.get(syntax.scope(parse.call).node, [])
        statement = syntax.statement(calls[0]) if len(calls) == 1 else statement
    name = _name_of(statement, parse, script.flow)
    if not isinstance(statement, ast.Assign) or name is None:
        return Reason.at("no name there holds what is parsed here", parse.place)
    if not _is_surely_parsed(statement.value, parse, script.flow):
        return Reason.at("no name there holds what is parsed here", parse.place)
    if not has_own_lines(statement, syntax):
        return Reason.at("no line fits in behind the parse", parse.place)
    call = next(n for n in ast.walk(statement.value) if isinstance(n, ast.Call))
    return Parsed(name, statement, call)


def is_fresh(parsed: Parsed, parse: Parse, script: Script) -> bool:
    """Whether nothing is done with the arguments up to the line behind their parse."""
    value = parsed.statement.value
    above = script.syntax.parent[parse.call]
    if any(m.own for m in parse.parsers):
        return False  # whose methods may have done something
    if value is parse.call:
        return True
    if not isinstance(above, ast.Return) or not isinstance(value, ast.Call):
        return False
    return bool(script.flow.function(value.func) is script.syntax.scope(parse.call).node)


def starts_before(init: Init, parse: Parse, script: Script) -> bool:
    """Whether a run has started by the time of the parse, on every way that is seen."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    return runs_behind(parse.call, init.call, syntax, flow) and not runs_behind(
        init.call, parse.call, syntax, flow
    )


def _name_of(statement: ast.stmt, parse: Parse, flow: Flow) -> str | None:
    """What the arguments are called that a statement gets from a parse."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target, meanings = statement.targets[0], flow.meanings(statement.value)
    if meanings == {KnownAndRest(parse.call)} and isinstance(target, ast.Tuple):
        target = target.elts[0]
        if parse.holds_dataclasses:
            return None
    elif meanings != {Arguments(parse.call)}:
        return None
    return target.id if isinstance(target, ast.Name) else None


def _is_surely_parsed(
    value: ast.expr | None, parse: Parse, flow: Flow, hops: int = HOPS
) -> bool:
    """Whether a value that may be what a parse gives is never None instead."""
    while isinstance(value, (ast.Attribute, ast.Subscript)):
        value = value.value
    if not isinstance(value, ast.Call):
        return isinstance(value, ast.Name)
    if value is parse.call:
        return True
    function = flow.function(value.func)
    if (
        not hops
        or not isinstance(function, FUNCTIONS)
        or not isinstance(function.body[-1], ast.Return)
    ):
        return False
    returns = flow.uses.returns.get(function, ())
    return all(_is_surely_parsed(r.value, parse, flow, hops - 1) for r in returns)
