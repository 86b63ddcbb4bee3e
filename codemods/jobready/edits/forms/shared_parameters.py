"""Parameters that two parses have in common: when one value of a job serves both."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.model import Expression, Parameter, Parse, Script
from jobready.script.source.reaching import statements_above
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments
from jobready.script.values.order import running_scope, runs_behind

# What a launched value comes to without asking what was there before.
STORES = frozenset(("store", "store_true", "store_false"))
TYPES = frozenset(("none", "number", "str"))


def kind_of(p: Parameter) -> tuple[object, ...]:
    """What makes the same value of two parameters the same."""
    return p.action, p.type or "str", repr(p.nargs), repr(p.default)


def into_the_same(later: Parse, first: Parse, flow: Flow) -> bool:
    """Whether a parse is given the arguments of another: ``parse_args(rest, args)``.

    What they have is kept then, whatever default the later one has.
    """
    meanings = [m for value in namespaces(later) for m in flow.meanings(value)]
    return bool(meanings) and all(
        isinstance(m, Arguments) and m.parse is first.call for m in meanings
    )


def are_only_read(later: Parse, first: Parse, flow: Flow) -> bool:
    """Whether what a parse leaves is only read before another one of its block gets it.

    Whatever else gets the arguments might set a value, and whatever else gets the words
    might add one, which a job's value would set back in the later parse. The first one may
    be given an empty Namespace, which is made right above it under the same name.
    """
    syntax, words = flow.syntax, later.words
    if isinstance(words, ast.BinOp) and later.function is not None:
        words = words.left
    match syntax.statement(first.call), words, namespaces(later), namespaces(first):
        case (
            ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id=name), ast.Name(id=rest)])]
            ) as start,
            ast.Name(id=left) as words,
            [ast.Name(id=given) as namespace],
            start_with,
        ):
            above = statements_above(syntax.statement(later.call), syntax.parent[start])
            if (given, left) != (name, rest) or start not in above:
                return False
            if start_with and not _is_made_above(start, name, start_with, flow):
                return False
            between = above[above.index(start) + 1 :]
            nodes = (n for statement in between for n in ast.walk(statement))
            named = [n for n in nodes if isinstance(n, ast.Name) and n.id in (name, rest)]
            if between:
                named += [n for node in (namespace, words) for n in _elsewhere(node, flow)]
            read = (n.id == name and _is_read(syntax.parent[n]) for n in named)
            return start.value is first.call and all(read)
    return False


def _is_made_above(start: ast.stmt, name: str, given: list[ast.expr], flow: Flow) -> bool:
    """Whether a parse is given an empty Namespace that no other name stands for.

    ``flags = argparse.Namespace()`` in the line above.
    """
    above = statements_above(start, flow.syntax.parent[start])
    match above[-1:], given:
        case (
            [
                ast.Assign(
                    targets=[ast.Name(id=made)],
                    value=ast.Call(func=function, args=[], keywords=[]),
                )
            ],
            [ast.Name(id=taken)],
        ):
            empty = flow.qualified(function) == "argparse.Namespace"
            return empty and made == taken == name
    return False


def _elsewhere(read: ast.Name, flow: Flow) -> Iterator[ast.Name]:
    """The places in other functions that have the same under its name."""
    syntax, scope = flow.syntax, running_scope(read, flow.syntax)
    owner = syntax.owner(read.id, scope)
    for node in syntax.named.get(read.id, ()):
        if isinstance(node, ast.Name) and running_scope(node, syntax) is not scope:
            if syntax.owner(node.id, syntax.scope(node)) is owner:
                yield node


def namespaces(parse: Parse) -> list[ast.expr]:
    """What a parse is given to put its values into."""
    call = parse.call
    return [k.value for k in call.keywords if k.arg in ("namespace", None)] + call.args[1:2]


def _is_read(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)


def is_set_between(name: str, later: Parse, script: Script) -> bool:
    """Whether the script may set a parameter anew before a parse that has it too."""
    return any(
        o.name == name and runs_behind(later.call, o.node, script.syntax, script.flow)
        for o in script.overwrites
    )


def gives_the_same(one: Parameter, other: Parameter) -> bool:
    """Whether a parameter surely makes of each word and value what another does."""
    return all(
        p.named
        and p.action in STORES
        and p.type_kind in TYPES
        and p.nargs in (None, 0)
        and p.required is False
        and p.group is None
        and not p.positional
        and not isinstance(p.default, Expression)
        and not isinstance(p.choices, Expression)
        for p in (one, other)
    ) and (kind_of(one), one.flags, one.choices) == (
        kind_of(other),
        other.flags,
        other.choices,
    )
