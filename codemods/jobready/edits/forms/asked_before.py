"""Options that an earlier parse only asks for, to make the parser that takes them all.

``early, _ = probe.parse_known_args(argv)`` reads ``--task``, and the parser that is made
for that task has ``--task`` too, with choices and a default.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from jobready.edits.forms.shared_parameters import TYPES, kind_of
from jobready.edits.launched.parse_words import launched_parses
from jobready.script.model import Expression, Parameter, Parse, Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import runs_behind

NONE = ("help", "version")  # actions that give no value
# What words give by the types that have them; True is no number of a word.
VALUES: Mapping[str | None, tuple[type, ...]] = {"int": (int,), "float": (int, float)}


def other_twins(first: Parse, later: Parse, script: Script) -> Iterator[tuple[str, Place]]:
    """The options that a job's one value doesn't serve in both of two parses."""
    ours = [p for m in first.parsers for p in m.parameters if p.action not in NONE]
    theirs = [p for m in later.parsers for p in m.parameters if p.action not in NONE]
    before = [q for q in ours if q.place not in {p.place for p in theirs}]
    behind = [p for p in theirs if p.place not in {q.place for q in ours}]
    if not before or not behind:
        return
    asks = only_asks(first, later, script)
    for p in (p for p in behind if p.named):
        same = [q for q in before if q.named and q.name == p.name]
        shared = {flag for q in same for flag in q.flags} & set(p.flags)
        if not same or (shared and all(kind_of(q) == kind_of(p) for q in same)):
            continue
        if not (asks and shared and all(_reads_alike(q, p) for q in same)):
            text = f"{p.name!r} is another parameter in an earlier parse"
            yield f"{text} (line {same[-1].place.line})", p.place
    known = {p.name for p in behind}
    unnamed = [p for p in behind if not p.named]
    for q in before:
        if q.named and (not unnamed or q.name in known or (asks and _is_said_alike(q))):
            continue
        text = f"only a run tells whether a later parse has {q.name} as another parameter"
        yield text, q.place


def overlooks_choices(script: Script) -> bool:
    """Whether what a job says may be the default of choices that it isn't one of.

    An earlier parse takes the word without looking, and the default is made of that.
    """
    return any(
        first.place != p.place
        and p.choices not in (None, first.choices)
        and isinstance(p.default, Expression)
        and (first.name == p.name or not p.named or not first.named)
        for one, later in permutations(launched_parses(script), 2)
        if runs_behind(later.call, one.call, script.syntax, script.flow)
        for first in (q for m in one.parsers for q in m.parameters)
        for p in (q for m in later.parsers for q in m.parameters)
    )


def _is_said_alike(asked: Parameter) -> bool:
    """Whether an option that has the same dest, and that only a run names, has its flag."""
    return (
        _reads_alike(asked, asked)
        and f"--{asked.name}" in asked.flags
        and "_" not in asked.name
    )


def _reads_alike(asked: Parameter, p: Parameter) -> bool:
    """Whether an option that an earlier parse asks for reads each word as a later one does.

    All but its default and its choices: it is None where nobody has said it.
    """
    return (
        asked.default is None
        and asked.choices in (None, p.choices)
        and not isinstance(asked.choices, Expression)
        and asked.type_kind in TYPES
        and (asked.type or "str") == (p.type or "str")
        and asked.group is p.group is None
        and all(
            q.action == "store" and q.nargs is None and q.flags and q.required is False
            for q in (asked, p)
        )
        and _has_words(p)
    )


def _has_words(p: Parameter) -> bool:
    """Whether a default is one that words can give, as far as it is seen."""
    if p.default is None or isinstance(p.default, Expression):
        return True
    return type(p.default) in VALUES.get(p.type, (str,))


def only_asks(first: Parse, later: Parse, script: Script) -> bool:
    """Whether a parse is only there to ask for some of the words that a later one takes.

    Both take the same words, the values of the first are read one by one, and the run
    shows those of the later one.
    """
    own = {p.name for m in first.parsers for p in m.parameters}
    every = {p.name for m in later.parsers for p in m.parameters}
    shows = all(r.whole or (r.lacks_parameters and own <= every) for r in script.runs)
    return (
        bool(script.runs)
        and shows
        and first.leaves_words
        and _are_read_one_by_one(first, script.syntax)
        and _take_the_same(first, later, script)
    )


def _are_read_one_by_one(parse: Parse, syntax: Syntax) -> bool:
    """Whether all that is done with the values is to read them: ``early.task``."""
    match syntax.statement(parse.call):
        case ast.Assign(
            targets=[ast.Tuple(elts=[ast.Name() as name, ast.Name() as rest])], value=value
        ) if value is parse.call:
            pass
        case _:
            return False
    if any(isinstance(n.ctx, ast.Load) for n in _same_names(rest, syntax)):
        return False  # a third parse may get what is left
    return all(
        n is name
        or (
            isinstance(above := syntax.parent[n], ast.Attribute)
            and isinstance(above.ctx, ast.Load)
        )
        for n in _same_names(name, syntax)
    )


def _take_the_same(first: Parse, later: Parse, script: Script) -> bool:
    """Whether two parses are given the same words, beside those of a job."""
    syntax: Syntax = script.syntax
    words = [_given(parse) for parse in (first, later)]
    one, other = ("" if w is None else ast.unparse(w) for w in words)
    if one != other:
        return False
    inside = [w for p in script.parses if p.words is not None for w in ast.walk(p.words)]
    for word in words:
        for name in ast.walk(word) if word is not None else ():
            if not isinstance(name, ast.Name) or name.id in syntax.imported:
                continue
            bindings = syntax.bindings(name.id, syntax.scope(name))
            uses = [n for n in _same_names(name, syntax) if isinstance(n.ctx, ast.Load)]
            if len(bindings) != 1 or any(n not in inside for n in uses):
                return False
            if syntax.scope(first.call) is not syntax.scope(later.call):
                return False
    return True


def _given(parse: Parse) -> ast.expr | None:
    """The words of a parse without those that a job adds."""
    if parse.function is None or parse.words is None:
        return parse.words
    match parse.words:
        case ast.BinOp(left=words, op=ast.Add()):
            return words
        case ast.List(elts=[ast.Starred(value=words), ast.Starred()]):
            return words
    return parse.words


def _same_names(name: ast.Name, syntax: Syntax) -> Sequence[ast.Name]:
    """All places where a variable is named."""
    owner = syntax.owner(name.id, syntax.scope(name))
    nodes = (n for n in syntax.named.get(name.id, ()) if isinstance(n, ast.Name))
    return [n for n in nodes if syntax.owner(n.id, syntax.scope(n)) is owner]
