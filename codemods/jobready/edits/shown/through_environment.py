"""Showing parameters of a run that starts where no name holds them: by the environment.

A line behind their parse leaves them there, and one behind the init takes them.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import replace

from jobready.edits.job_args.needs import BUILT_IN
from jobready.edits.launched.job_config import rank_parameters
from jobready.edits.launched.names import hidden
from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.plan import LinesBehind
from jobready.edits.shown.chosen_parse import alike_parses, chosen_parse
from jobready.edits.shown.init_config import left_out
from jobready.edits.shown.parsed_there import parsed_there, starts_before
from jobready.edits.shown.unshown import only, without
from jobready.outcome import Reason
from jobready.script.model import Expression, Init, Parameter, Parse, Script
from jobready.script.source.literals import is_known, literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.constants import names_constant
from jobready.script.values.functions import name_of
from jobready.script.values.handed_over import (
    MODULES,
    as_far_as_short,
    is_taken,
    left_by,
)
from jobready.script.values.order import runs_behind
from jobready.script.values.parser_classes import TAPS

# The types whose values have the text that W&B records for them.
PLAIN = frozenset(("none", "number", "str", "bool", "boolean", "path", "file"))
# What gives a text, a path or a number, by the function that is called and by the method
# of a text.
CALLS = frozenset(
    """
    Path float getpass.getuser int os.environ.get os.getcwd os.getenv os.path.abspath
    os.path.dirname os.path.expanduser os.path.join pathlib.Path str
    """.split()  # noqa: SIM905 - a list of them takes a page
)
METHODS = frozenset(("format", "join", "lower", "replace", "strip", "upper"))


def through_environment(
    init: Init,
    updates: tuple[str, ...],
    script: Script,
    lost: Collection[str] | None = None,
    named: str | None = None,
) -> tuple[LinesBehind, ...] | Reason:
    """The lines behind the parse and behind the init, of which ``updates`` are the latter.

    With ``lost`` they take these parameters alone, which no name holds any more there.
    ``named`` is the name that the run is to get there.
    """
    kept = [p for p in script.parameters if lost is None or p.name in lost]
    long = [p for p in kept if _may_be_long(p)]
    for parameter in kept:
        reason = _not_as_recorded(parameter, script)
        if reason is not None:
            return Reason.at(f"{parameter.name} {reason}", parameter.place)
        if long and _may_be_object(parameter):
            text = "may have more values than the environment takes to where the run starts"
            why = f"which a clone can't tell from what {parameter.name} has"
            return Reason.at(f"{long[0].name} {text}, {why}", parameter.place)
    found = [_left(p, init, script, lost, bool(long)) for p in left_parses(script)]
    left = tuple(each for each in found if isinstance(each, LinesBehind))
    if not found:
        return _several(script)
    for each in found:
        if isinstance(each, Reason):
            return each
    if all(_stands_behind(update, init, script.syntax) for update in updates):
        return left  # they are there for another script that starts this run
    taken = _with_modules(init.call, updates, script)
    return taken if isinstance(taken, Reason) else (*left, replace(taken, named=named))


def left_parses(script: Script) -> list[Parse]:
    """The parses that leave their arguments there: one, or all where they are alike."""
    parse = chosen_parse(script)
    return alike_parses(script) if parse is None else [parse]


def taken_of_one_parse(init: Init, script: Script) -> Reason | None:
    """Why the environment doesn't take all parameters to a run that has them from there."""
    syntax: Syntax = script.syntax
    calls = [syntax.parent[node] for node in syntax.named.get("loads", ())]
    taken = [call for call in calls if isinstance(call, ast.Call) and is_taken(call)]
    # They stand in a comprehension, which is a scope of its own.
    around = [syntax.scope(call).parent for call in taken]
    here = syntax.scope(init.call) in around
    return _several(script) if here and not left_parses(script) else None


def _several(script: Script) -> Reason:
    text = "no name there holds what several parses give"
    return Reason.at(text, launched_parses(script)[-1].place)


def _not_as_recorded(parameter: Parameter, script: Script) -> str | None:
    """Why no environment takes a value so that a clone would get it back.

    JSON has no bytes, sets or classes, whose texts are not those that W&B records.
    """
    plain = parameter.type_kind in PLAIN or parameter.gives_json
    if not plain or parameter.action not in BUILT_IN:
        return "has values that no environment takes to where the run starts"
    for value in (parameter.default, parameter.const):
        if not (_is_plain(value, parameter, script) or _is_json(value)):
            return "may have a default that no environment takes to where the run starts"
    return None


def _may_be_long(parameter: Parameter) -> bool:
    """Whether a shell may expand a parameter to more than a variable can hold."""
    return parameter.positional and parameter.nargs in ("*", "+")


def _may_be_object(parameter: Parameter) -> bool:
    """Whether a parameter takes an object, by which a long value is told from others."""
    if parameter.gives_json or isinstance(parameter.default, dict):
        return True
    default = parameter.default
    return isinstance(default, Expression) and not _is_text(default)


def _is_plain(value: object, parameter: Parameter, script: Script) -> bool:
    """Whether an expression surely comes to a number or a text, or to what has one."""
    if not isinstance(value, Expression):
        return False
    if parameter.type_kind in ("number", "str") or _is_text(value):
        return True
    return names_constant(value.source, script.flow)


def _is_text(value: Expression) -> bool:
    return _has_text(ast.parse(value.source, mode="eval").body)


def _has_text(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Mod()):
            return _has_text(left)
        case ast.BinOp(left=left, right=right):
            return _has_text(left) and _has_text(right)
        case ast.UnaryOp(operand=operand):
            return _has_text(operand)
        case ast.BoolOp(values=values):
            return all(map(_has_text, values))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr=method)):
            return method in METHODS
        case ast.Call(func=function):
            return ast.unparse(function) in CALLS
    return False


def _is_json(value: object) -> bool:
    """Whether a literal is the same once JSON has had it, but for what a tuple is then."""
    if isinstance(value, (list, tuple)):
        return all(map(_is_json, value))
    if isinstance(value, dict):
        return all(isinstance(k, str) and _is_json(v) for k, v in value.items())
    return value is None or isinstance(value, (bool, int, float, str))


def _stands_behind(line: str, init: Init, syntax: Syntax) -> bool:
    """Whether a line is there in the scope of an init."""
    text = ast.unparse(ast.parse(line))
    return any(
        name_of(call.func) == "update" and ast.unparse(call) == text
        for call in syntax.of(ast.Call)
        if syntax.scope(call) is syntax.scope(init.call)
    )


def _left(
    parse: Parse, init: Init, script: Script, lost: Collection[str] | None, long: bool
) -> LinesBehind | Reason:
    """The line that leaves the parameters in the environment, behind their parse.

    With ``long`` as far as they are short enough for that.
    """
    earlier = len(launched_parses(script)) > 1 and runs_behind(
        parse.call, init.call, script.syntax, script.flow
    )
    if earlier or starts_before(init, parse, script):
        return Reason.at("the run starts before the arguments are parsed", init.place)
    taps = [m.place for m in parse.parsers if m.library in TAPS]
    if taps:  # whose dict holds the parser as well
        return Reason.at("no environment takes a Tap to where the run starts", taps[0])
    parsed = parsed_there(parse, script)
    if isinstance(parsed, Reason):
        return parsed
    # each process has a rank of its own
    out = {name for name, _ in rank_parameters(script)}
    out.update(*(left_out(run, script) for run in script.extensible_runs))
    out.update(_objects(script))
    known = script.syntax.bindings(parsed.name, script.syntax.scope(parsed.call))
    if len(known) > 1 and any(b.kind in ("other", "loop", "deleted") for b in known):
        return Reason.at(f"{parsed.name} stands for something else too", parse.place)
    for name in ("vars", "len", "ascii") if long else ("vars",):
        if script.syntax.owner(name, script.syntax.scope(parsed.call)) is not None:
            return Reason.at(f"{name} stands for something else here", parse.place)
    value = as_far_as_short("v") if long else "v"
    if lost is not None:
        values = only(parsed.name, lost, value)
    else:
        values = without(parsed.name, out, is_dict=False, value=value)
        values = f"vars({values})" if values == parsed.name else values
    return _with_modules(parsed.call, (left_by(values),), script)


def _objects(script: Script) -> Iterator[str]:
    """What ``set_defaults(func=train)`` gives them, of which a text tells nothing."""
    names = {p.name for p in script.parameters}
    for method in script.syntax.named.get("set_defaults", ()):
        call = script.syntax.parent[method]
        for given in call.keywords if isinstance(call, ast.Call) else ():
            if given.arg not in names and given.arg and not is_known(literal(given.value)):
                yield given.arg


def _with_modules(
    call: ast.Call, behind: tuple[str, ...], script: Script
) -> LinesBehind | Reason:
    """Lines behind a call; they import what the same function only imports further down.

    The name is the function's own, so that no other line sees what is imported there.
    """
    syntax: Syntax = script.syntax
    lines, uses = [*behind], []
    for module in reversed(MODULES):
        reason = hidden(module, module, call, script)
        if reason is None:
            uses.append(module)
            continue
        bound = syntax.scope(call).bindings.get(module, ())
        if not bound or any(script.flow.imported(b) != module for b in bound):
            return reason
        lines.insert(0, f"import {module}")
    return LinesBehind(call, tuple(lines), tuple(uses))
