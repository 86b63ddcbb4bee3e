"""The dataclasses that the arguments of simple_parsing's parser hold, by the names there.

``parser.add_arguments(Config, dest="config")``: ``args.config`` has the parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.meanings import (
    Arguments,
    Dataclasses,
    Group,
    Meaning,
    Parser,
    Part,
)
from jobready.script.values.nested_dataclasses import (
    commands_in,
    inside,
    names_of_fields,
    nested_in,
)
from jobready.script.values.parser_classes import PARSE_METHODS, SIMPLE_PARSERS

if TYPE_CHECKING:
    from jobready.script.values.call_results import CallResults

ADDS = "add_arguments"


def dest_of(call: ast.Call) -> str | None:
    """The name under which the arguments hold a dataclass; None where only a run tells."""
    given = [k.value for k in call.keywords if k.arg == "dest"]
    given += call.args[1:2]
    dest = literal(given[0]) if len(given) == 1 else None
    return dest if isinstance(dest, str) else None


def named_parts(syntax: Syntax) -> frozenset[str]:
    """The names that any parser of a file may have dataclasses under, or those others."""
    parts = frozenset(dest for call in _calls(syntax) if (dest := dest_of(call)))
    return parts | names_of_fields(syntax) if parts else parts


def parts_of(parse: ast.Call, flow: CallResults) -> frozenset[str | None]:
    """Under which names what a parse returns holds dataclasses, None for one unknown.

    With that under which the one dataclass it fills holds its command.
    """
    found: set[str | None] = set()
    for call in _filling(parse, flow):
        found.add(dest_of(call))
        for owner in _classes(call, flow):
            commands = commands_in(owner, flow)
            found |= set() if commands is None else {ast.unparse(commands[0].target)}
    return frozenset(found)


def parts_named(
    dest: str, parse: ast.Call, flow: CallResults
) -> frozenset[Arguments | Dataclasses | Part]:
    """What the arguments of a parse hold under a name that ``parts_of`` gives.

    A dataclass that holds a command is no part itself, the one of the command is.
    """
    calls = [call for call in _filling(parse, flow) if dest_of(call) == dest]
    owners = [(*_classes(call, flow), None)[0] for call in calls]
    if any(owner is not None and commands_in(owner, flow) for owner in owners):
        return frozenset({Dataclasses(parse)})
    if not calls or is_whole(parse, flow):
        return frozenset({Arguments(parse)})
    return frozenset(Part(parse, owner) for owner in owners)


def parts_within(meaning: Meaning, name: str, flow: CallResults) -> frozenset[Part]:
    """What a dataclass holds under the name of a field, where that is a dataclass too."""
    if ADDS not in flow.syntax.named or not isinstance(meaning, (Arguments, Part)):
        return frozenset()
    within, owners = "", []
    if isinstance(meaning, Part):
        within, owners = meaning.within, [meaning.owner] if meaning.owner else []
    else:
        for call in _filling(meaning.parse, flow):
            owners += _filled_by(call, flow)
    inner = (nested_in(owner, flow).get(name) for owner in owners)
    return frozenset(
        Part(meaning.parse, each, f"{within}{name}.") for each in inner if each is not None
    )


def fields_within(part: Part, flow: CallResults) -> frozenset[str]:
    """The names of what a dataclass has for fields, with those of the dataclasses in it."""
    classes = [] if part.owner is None else inside(part.owner, flow)
    return frozenset(
        f"{within}{s.target.id}"
        for owner, within in classes
        for each in flow.lineage(owner)
        for s in each.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
    )


def is_whole(parse: ast.Call, flow: CallResults) -> bool:
    """Whether one dataclass has all that a parse gives."""
    if len({dest_of(call) for call in _filling(parse, flow)}) != 1:
        return False
    assert isinstance(parse.func, ast.Attribute)
    parsers = flow.meanings(parse.func.value)
    owners = (m.value for m in _methods("add_argument", flow.syntax))
    return not any(
        (meaning.parser if isinstance(meaning, Group) else meaning) in parsers
        for owner in owners
        for meaning in flow.meanings(owner)
    )


def filled_as(owner: ast.ClassDef, flow: CallResults) -> frozenset[Meaning]:
    """What an object of a dataclass stands for that a parse fills, or of one made of it."""
    found: set[Meaning] = set()
    for call in _calls(flow.syntax):
        roles = list(_roles(call, owner, flow))
        for parse in _parses(call, flow) if roles else ():
            whole = is_whole(parse, flow)
            for filled, within, holds in roles:
                if holds:
                    found.add(Dataclasses(parse))
                elif whole and not within:
                    found.add(Arguments(parse))
                else:
                    found.add(Part(parse, filled, within))
    return frozenset(found)


def filled_classes(
    meanings: Iterable[Meaning], flow: CallResults
) -> Iterator[ast.ClassDef]:
    """The classes of dataclasses that parses fill, of which meanings are the objects."""
    for meaning in meanings:
        if isinstance(meaning, Part) and meaning.owner is not None:
            yield meaning.owner
        elif isinstance(meaning, (Arguments, Dataclasses)):
            for call in _filling(meaning.parse, flow):
                holds = isinstance(meaning, Dataclasses)
                yield from _classes(call, flow) if holds else _filled_by(call, flow)


def _roles(
    call: ast.Call, owner: ast.ClassDef, flow: CallResults
) -> Iterator[tuple[ast.ClassDef, str, bool]]:
    """What a dataclass is for a call that adds fields: which one, and where in others.

    And whether it only holds the commands.
    """
    for root in _classes(call, flow):
        if commands_in(root, flow) and owner in flow.lineage(root):
            yield root, "", True
    for top in _filled_by(call, flow):
        for filled, within in inside(top, flow):
            if owner in flow.lineage(filled):
                yield filled, within, False


def _filled_by(call: ast.Call, flow: CallResults) -> Iterator[ast.ClassDef]:
    """The classes whose fields are parameters by a call: one, or that of each command."""
    for root in _classes(call, flow):
        commands = commands_in(root, flow)
        yield from [root] if commands is None else commands[1]


def _filling(parse: ast.Call, flow: CallResults) -> list[ast.Call]:
    """The calls that add dataclasses to the parser of a parse."""
    method = parse.func
    if not isinstance(method, ast.Attribute) or ADDS not in flow.syntax.named:
        return []
    parsers = _simple_parsers(method.value, flow)
    return [
        call
        for call in (_calls(flow.syntax) if parsers else ())
        if isinstance(call.func, ast.Attribute)
        if parsers & flow.meanings(call.func.value)
    ]


def _parses(call: ast.Call, flow: CallResults) -> Iterator[ast.Call]:
    """The parses of the parser that a call adds a dataclass to."""
    assert isinstance(call.func, ast.Attribute)
    parsers = _simple_parsers(call.func.value, flow)
    for name in PARSE_METHODS if parsers else ():
        for method in _methods(name, flow.syntax):
            parse = flow.syntax.parent[method]
            if isinstance(parse, ast.Call) and parsers & flow.meanings(method.value):
                yield parse


def _classes(call: ast.Call, flow: CallResults) -> Iterator[ast.ClassDef]:
    """The class whose fields a call adds, where the source shows it."""
    given = [k.value for k in call.keywords if k.arg == "dataclass"]
    for node in (*call.args[:1], *given):
        owner = flow.definition(node)
        if owner is not None:
            yield owner


def _calls(syntax: Syntax) -> Iterator[ast.Call]:
    for method in _methods(ADDS, syntax):
        call = syntax.parent[method]
        if isinstance(call, ast.Call) and call.func is method:
            yield call


def _methods(name: str, syntax: Syntax) -> Iterator[ast.Attribute]:
    yield from (n for n in syntax.named.get(name, ()) if isinstance(n, ast.Attribute))


def _simple_parsers(node: ast.expr, flow: CallResults) -> set[Meaning]:
    """The parsers of simple_parsing that an expression may stand for."""
    return {
        meaning
        for meaning in flow.meanings(node)
        if isinstance(meaning, Parser)
        if (made := flow.parser_class(meaning.call.func)) is not None
        if made.library in SIMPLE_PARSERS
    }
