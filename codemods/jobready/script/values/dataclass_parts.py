"""The dataclasses that the arguments of simple_parsing's parser hold, by the names there.

``parser.add_arguments(Config, dest="config")``: ``args.config`` has the parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.meanings import Parser
from jobready.script.values.parser_classes import SIMPLE_PARSERS

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
    methods = flow.syntax.named.get("parse_args", ()) if parsers else ()
    return [
        call
        for method in methods
        if isinstance(method, ast.Attribute)
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
    for method in syntax.named.get(ADDS, ()):
        call = syntax.parent[method]
        if isinstance(method, ast.Attribute) and isinstance(call, ast.Call):
            if call.func is method:
                yield call


def _is_simple(parser: Parser, flow: CallResults) -> bool:
    made = flow.parser_class(parser.call.func)
    return made is not None and made.library in SIMPLE_PARSERS
