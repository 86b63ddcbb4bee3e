"""What a script keeps on its arguments beside the parameters: ``args.command = text``.

A name of its own, by which nothing is decided where nobody says it. Whoever goes through
all that the arguments hold, to log it or to show it in a run, finds it there.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments
from jobready.script.values.parser_classes import PARSE_METHODS

HOPS = 6  # names and functions, from a text back to the command line


def kept_as(statement: ast.AST, flow: Flow) -> ast.Attribute | None:
    """The attribute of the arguments that a statement sets, and sets alone."""
    match statement:
        case ast.Assign(targets=[ast.Attribute() as target]):
            if any(isinstance(m, Arguments) for m in flow.meanings(target.value)):
                return target
    return None


def words_kept(syntax: Syntax, flow: Flow) -> Iterator[ast.Attribute]:
    """The attributes of the arguments under which a text of the words is kept."""
    held = argument_carriers(syntax) if syntax.mentions("argv") else set()
    for statement in syntax.of(ast.Assign) if held else ():
        target = statement.targets[0]
        if not isinstance(target, ast.Attribute) or target.value not in held:
            continue
        kept = kept_as(statement, flow)
        if kept is not None and _holds_words(statement.value, flow, HOPS):
            yield kept


def _holds_words(value: ast.expr, flow: Flow, hops: int) -> bool:
    """Whether a value may be made of ``sys.argv``, by whatever names, and of no parse."""
    if isinstance(value, ast.Call) and name_of(value.func) in PARSE_METHODS:
        return False
    for node in ast.walk(value):
        if isinstance(node, (ast.Name, ast.Attribute)):
            if flow.qualified(node) == "sys.argv":
                return True
        if isinstance(node, ast.Name) and hops:
            given = (v for b in reaching(node, flow.syntax) for v in _given(b, flow))
            if any(_holds_words(v, flow, hops - 1) for v in given):
                return True
    return False


def _given(binding: Binding, flow: Flow) -> Iterator[ast.expr]:
    """What a name is given, a parameter by whatever calls are seen."""
    function, node = binding.scope.node, binding.node
    if isinstance(function, FUNCTIONS) and isinstance(node, ast.arg):
        yield from flow.given_by_calls(function, node)
    else:
        yield from flow.given(binding)


def says_elsewhere(name: str, known: Collection[ast.AST], syntax: Syntax) -> bool:
    """Whether the files name it in anything but the ``known`` nodes.

    A variable of a function doesn't count: it is none of what an object holds.
    """
    return any(node not in known for node in _mentions(name, syntax))


def _mentions(name: str, syntax: Syntax) -> Iterator[ast.AST]:
    """What reads or sets it on an object, and what an option or a parameter is called so.

    In whole files, whether or not the script gets there.
    """
    for part in syntax.files:
        if not (part.mentions(name) or part.mentions(name.replace("_", "-"))):
            continue
        for node in part.named.get(name, ()):
            if isinstance(node, ast.Attribute) or not _is_variable(node, part):
                yield node
        for text in part.of(ast.Constant):
            if isinstance(text.value, str) and _of_option(text.value) == name:
                yield text
        yield from (each for each in part.of(ast.arg, ast.keyword) if each.arg == name)


def _is_variable(node: ast.AST, part: Syntax) -> bool:
    """Whether a name is that of a variable of a function."""
    assert isinstance(node, ast.Name)
    owner = part.owner(node.id, part.scope(node))
    return owner is not None and isinstance(owner.node, FUNCTIONS)


def _of_option(text: str) -> str:
    """The name that an option has in the arguments; of another text itself."""
    return text.lstrip("-").replace("-", "_")
