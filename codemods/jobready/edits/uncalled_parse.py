"""A parse that a script has and never gets to, left over beside another command line."""

from __future__ import annotations

import ast

from jobready.outcome import Reason
from jobready.script.model import Parse, Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import running_scope

# What may call a function by a name that is put together.
BY_TEXT = frozenset(("eval", "exec", "globals", "locals"))


def uncalled_parse(script: Script) -> Reason | None:
    """Why launched values would reach nothing: no parse of a script ever happens.

    A file that asks if it is the main one shows what it runs then.
    """
    if script.strange_parses or not script.parses:
        return None
    parses = frozenset(parse.call.func for parse in script.parses)
    functions = [_uncalled(parse, parses, script.syntax) for parse in script.parses]
    first = functions[0]
    if first is None or None in functions:
        return None
    text = f"nothing calls {first.name}, where the arguments are parsed"
    return Reason.at(text, script.parses[0].place)


def _uncalled(
    parse: Parse, parses: frozenset[ast.expr], syntax: Syntax
) -> ast.FunctionDef | None:
    """The function of the script in which a parse stands, if its name stands nowhere.

    A parse itself, ``parser.parse_args``, may have the name too.
    """
    function = running_scope(parse.call, syntax).node
    if parse.place.file is not None or not isinstance(function, ast.FunctionDef):
        return None
    if not isinstance(syntax.parent[function], ast.Module) or function.decorator_list:
        return None
    if not syntax.part_of(function).alone:
        return None
    if not BY_TEXT.isdisjoint(syntax.named):
        return None
    if any(node not in parses for node in syntax.named.get(function.name, ())):
        return None
    quoted = (f"{quote}{function.name}{quote}" for quote in "\"'")
    return None if any(map(syntax.mentions, quoted)) else function
