"""The dataclasses that the arguments of simple_parsing's parser hold, by the names there.

``parser.add_arguments(Config, dest="config")``: ``args.config`` has the parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.meanings import Arguments, Group, Parser, Part
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
    """The names that any parser of a file may have dataclasses under."""
    return frozenset(dest for call in _calls(syntax) if (dest := dest_of(call)))


def parts_of(parse: ast.Call, flow: CallResults) -> frozenset[str | None]:
    """Under which names what a parse returns holds dataclasses, None for one unknown."""
    method = parse.func
    if not isinstance(method, ast.Attribute) or ADDS not in flow.syntax.named:
        return frozenset()
    return frozenset(
        dest_of(call)
        for meaning in flow.meanings(method.value)
        if isinstance(meaning, Parser) and _is_simple(meaning, flow)
        for call in _calls(flow.syntax)
        if isinstance(call.func, ast.Attribute)
        if meaning in flow.meanings(call.func.value)
    )


def parts_named(
    dest: str, parse: ast.Call, flow: CallResults
) -> frozenset[Arguments | Part]:
    """What the arguments of a parse hold under a name that ``parts_of`` gives."""
    if is_whole(parse, flow):
        return frozenset({Arguments(parse)})
    assert isinstance(parse.func, ast.Attribute)
    parsers = flow.meanings(parse.func.value)
    owners = [
        (*_classes(call, flow), None)[0]
        for call in _calls(flow.syntax)
        if isinstance(call.func, ast.Attribute)
        if dest_of(call) == dest and parsers & flow.meanings(call.func.value)
    ]
    return frozenset(Part(parse, owner) for owner in owners)


def fields_within(part: Part, flow: CallResults) -> frozenset[str]:
    """The names of what a dataclass has for fields."""
    classes = [] if part.owner is None else flow.lineage(part.owner)
    return frozenset(
        s.target.id
        for owner in classes
        for s in owner.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
    )


def is_whole(parse: ast.Call, flow: CallResults) -> bool:
    """Whether one dataclass has all that a parse gives."""
    if len(parts_of(parse, flow)) != 1:
        return False
    assert isinstance(parse.func, ast.Attribute)
    parsers = flow.meanings(parse.func.value)
    owners = (m.value for m in _methods("add_argument", flow.syntax))
    return not any(
        (meaning.parser if isinstance(meaning, Group) else meaning) in parsers
        for owner in owners
        for meaning in flow.meanings(owner)
    )


def parses_into(owner: ast.ClassDef, flow: CallResults) -> list[ast.Call]:
    """The parses that fill a dataclass, or one that is made of it."""
    parsers = {
        meaning
        for call in _calls(flow.syntax)
        if isinstance(call.func, ast.Attribute)
        if any(owner in flow.lineage(made) for made in _classes(call, flow))
        for meaning in flow.meanings(call.func.value)
        if isinstance(meaning, Parser) and _is_simple(meaning, flow)
    }
    return [
        call
        for name in (PARSE_METHODS if parsers else ())
        for method in _methods(name, flow.syntax)
        if isinstance(call := flow.syntax.parent[method], ast.Call)
        if parsers & flow.meanings(method.value)
    ]


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


def _is_simple(parser: Parser, flow: CallResults) -> bool:
    made = flow.parser_class(parser.call.func)
    return made is not None and made.library in SIMPLE_PARSERS
