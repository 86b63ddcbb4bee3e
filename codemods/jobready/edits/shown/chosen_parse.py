"""Which of several parses a run shows, where all of them take the same command line.

The last one of a parser that parses twice, with what is added in between. A copy of the
parser has the same values from the same words, or only those that are given. Where each
command has a parse of its own it is that of the command which starts the run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.launched.parse_words import launched_parses
from jobready.script.model import Expression, Parse, Script
from jobready.script.parsers.launch_function import launching_function
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of, unpacks
from jobready.script.values.meanings import Parser
from jobready.script.values.only_called import is_only_called
from jobready.script.values.order import (
    always_behind,
    passes,
    running_scope,
    runs_behind,
    statements_with,
)

HOPS = 8  # names and functions, from the words of a parse back to the command line


def chosen_parse(script: Script) -> Parse | None:
    """The parse whose arguments have what all parses give; None where that isn't sure."""
    parses = launched_parses(script)
    if len(parses) == 1:
        return parses[0]
    for parse in parses:
        others = [p for p in parses if p is not parse]
        if _is_original(parse, script) and all(
            _adds_none(p, parse, script) for p in others
        ):
            return parse
    return parse_of_command(script)


def parse_of_command(script: Script) -> Parse | None:
    """The parse of the one command that starts the runs; None where there is no such.

    The others are of commands that the script runs instead of it, and start none.
    """
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    parses, starts = launched_parses(script), [run.call for run in script.runs]
    if script.command_word is None or len(parses) < 2:
        return None
    leading = [
        p for p in parses if any(runs_behind(s, p.call, syntax, flow) for s in starts)
    ]
    if len(leading) != 1:
        return None
    (parse,) = leading
    for other in (p for p in parses if p is not parse):
        if runs_behind(parse.call, other.call, syntax, flow):
            return None
        if runs_behind(other.call, parse.call, syntax, flow):
            return None
    return parse


def alike_parses(script: Script) -> list[Parse]:
    """All parses, where any of them gives the same from the same command line.

    One function without a parameter makes the parser of each, with all that it takes.
    """
    parses = launched_parses(script)
    parsers = {m for parse in parses for m in parse.parsers}
    if len(parsers) != 1 or not all(_is_original(p, script) for p in parses):
        return []
    (parser,) = parsers
    maker = script.syntax.scope(parser.call).node
    if not isinstance(maker, ast.FunctionDef) or any(ast.iter_child_nodes(maker.args)):
        return []
    start, end = script.syntax.place(maker), script.syntax.end(maker)
    alike = all(
        p.place.file == start.file
        and start.line < p.place.line <= end.line
        and not isinstance(p.default, Expression)
        for p in parser.parameters
    )
    words = all(_is_command_line(p.words, script.flow) for p in parses)
    return parses if alike and words and parser.commands is None else []


def _is_original(parse: Parse, script: Script) -> bool:
    """Whether a parse is of one parser, no copy, whose defaults never change."""
    if len(parse.parsers) != 1 or parse.parsers[0].copied:
        return False
    parser = Parser(parse.parsers[0].call)
    flow: Flow = script.flow
    return not any(
        isinstance(method, ast.Attribute) and parser in flow.meanings(method.value)
        for method in script.syntax.named.get("set_defaults", ())
    )


def _adds_none(other: Parse, parse: Parse, script: Script) -> bool:
    """Whether another parse surely has no value that this one doesn't have."""
    if len(other.parsers) != 1:
        return False
    ours, theirs = parse.parsers[0], other.parsers[0]
    same = theirs is ours
    if not (same or (theirs.copied and theirs.parents == (ours.call,))):
        return False
    if not {p.place for p in theirs.parameters} <= {p.place for p in ours.parameters}:
        return False
    flow: Flow = script.flow
    if not all(_is_command_line(p.words, flow) for p in (parse, other)):
        return False
    made = _made_by(_receiver(parse.call), flow)
    copied = theirs.call.args[0] if theirs.copied else _receiver(other.call)
    if made is None or _made_by(copied, flow) is not made:
        return False
    return _runs_with(other.call, parse.call, script, before=not same)


def _receiver(parse: ast.Call) -> ast.expr:
    """The parser of a parse, as it is named there."""
    return parse.func.value if isinstance(parse.func, ast.Attribute) else parse.func


def _made_by(parser: ast.expr, flow: Flow, hops: int = HOPS) -> Binding | None:
    """What first binds a parser to a name: the same for the very same object alone."""
    bindings = reaching(parser, flow.syntax) if isinstance(parser, ast.Name) else []
    bindings = flow.syntax.resolved(bindings)
    if len(bindings) != 1 or not hops:
        return None
    (binding,) = bindings
    values = flow.given(binding)
    if binding.index is not None and isinstance(binding.value, ast.Call):
        values = [*_returned(binding.value, binding.index, flow)]
    if len(values) != 1:
        return None
    if isinstance(values[0], ast.Name):
        return _made_by(values[0], flow, hops - 1)
    return binding if isinstance(values[0], ast.Call) else None


def _returned(call: ast.Call, index: int, flow: Flow) -> Iterator[ast.expr]:
    """That element of the tuple which a function returns that is called here alone."""
    function = flow.function(call.func)
    if function is None or flow.calls_for(function) != [call]:
        return
    for returned in flow.returns(function):
        match returned.value:
            case ast.Tuple(elts=elements) if 0 <= index < len(elements):
                yield elements[index]


def _runs_with(other: ast.Call, parse: ast.Call, script: Script, *, before: bool) -> bool:
    """Whether a parse runs whenever another has run: behind it, or ``before`` it too."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    done = list(statements_with(parse, syntax, flow))
    here = other
    for _ in range(HOPS):
        statement = syntax.statement(here)
        if any(always_behind(each, statement, syntax) for each in done):
            return True
        if before and any(passes(each, here, syntax) for each in done):
            return True
        function = running_scope(here, syntax).node
        if not isinstance(function, FUNCTIONS) or not is_only_called(function, flow):
            return False
        calls = flow.calls_for(function)
        if len(calls) != 1:
            return False
        here = calls[0]
    return False


def _is_command_line(words: ast.expr | None, flow: Flow, hops: int = HOPS) -> bool:
    """Whether the words of a parse are all those of the command line, and no others.

    Or None, which stands for them; those that a job launches may come behind.
    """
    if not hops:
        return False
    match words:
        case None | ast.Constant(value=None):
            return True
        case ast.Subscript(value=argv, slice=ast.Slice(upper=None, step=None)):
            return flow.qualified(argv) == "sys.argv" and ast.unparse(words.slice) == "1:"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            launched = launching_function(right, flow) is not None
            return launched and _is_command_line(left, flow, hops - 1)
        case ast.List(elts=[ast.Starred(value=first), ast.Starred(value=last)]):
            launched = launching_function(last, flow) is not None
            return launched and _is_command_line(first, flow, hops - 1)
        case ast.BoolOp(values=values):
            return all(_is_command_line(v, flow, hops - 1) for v in values)
        case ast.IfExp(body=body, orelse=orelse):
            return all(_is_command_line(v, flow, hops - 1) for v in (body, orelse))
        case ast.Name():
            bindings = flow.syntax.resolved(reaching(words, flow.syntax))
            return bool(bindings) and all(_is_bound_so(b, flow, hops) for b in bindings)
    return False


def _is_bound_so(binding: Binding, flow: Flow, hops: int) -> bool:
    """The same for what a name is bound to: a value, or what calls give a parameter."""
    if binding.kind == "assign" and binding.index is None and binding.value is not None:
        return _is_command_line(binding.value, flow, hops - 1)
    function, parameter = binding.scope.node, binding.node
    if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
        return False
    calls = flow.calls_for(function)
    if function.decorator_list or not is_only_called(function, flow) or not calls:
        return False
    if any(map(unpacks, calls)):
        return False
    default = default_of(function, parameter)
    given = [flow.given_for(call, function, parameter) or default for call in calls]
    return all(g is not None and _is_command_line(g, flow, hops - 1) for g in given)
