"""Words of a parse that are none of the command line's: those of a file, say, or a text.

``parser.parse_args(shlex.split(file.read()))``, or ``options([])`` for the defaults.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from jobready.script.model import Parse, Script
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of, name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict, KnownAndRest, Rest
from jobready.script.values.order import exclude_each_other, reached_by, running_scope

HOPS = 5  # names and functions, from the words of a parse back to what they are made of
# What may hold words of whoever starts the script.
OUTER = frozenset(("argv", "environ", "getenv", "stdin", "sys"))
# An expression that a parse may get its words from, and the call by which it does.
Given = tuple[ast.expr | None, ast.Call]


def has_own_words(parse: Parse, script: Script) -> bool:
    """Whether a parse never gets the command line, or a list of which that isn't known."""
    given = list(_given(parse.words, parse.call, script.flow))
    return all(_is_own(words, script.flow) for words, _ in given)


def aims(call: ast.Call, script: Script) -> set[object]:
    """What gets the arguments of a parse: names, or the statement that it stands in.

    Where a function returns them, also what its calls are.
    """
    syntax: Syntax = script.syntax
    found: set[object] = set()
    waiting = [call]
    seen: set[ast.Call] = set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        statement = syntax.statement(here)
        if isinstance(statement, ast.Assign):
            targets = tuple(ast.unparse(t) for t in statement.targets)
            found.add((syntax.scope(statement), targets))
        elif isinstance(statement, ast.Return):
            function = syntax.scope(statement).node
            found.add(function)
            waiting += script.flow.uses.calls.get(function, ())
        else:
            found.add(statement)
    return found


def sometimes_own(script: Script) -> Iterator[Place]:
    """The calls that give words of their own to a parse which others give the job's.

    Not where both lead to the same name, where it is one or the other (a notebook, say),
    or where the function starts the run: that shows what is launched. Who asks for help
    gets no further.
    """
    syntax: Syntax = script.syntax
    for parse in script.parses:
        given = list(_given(parse.words, parse.call, script.flow))
        own = [
            call
            for words, call in given
            if _is_own(words, script.flow) and not _asks_for_help(words)
        ]
        others = [call for words, call in given if not _is_own(words, script.flow)]
        for call in own if others else ():
            if not any(_leads_to(run.call, call, script) for run in script.runs) and all(
                aims(call, script).isdisjoint(aims(other, script))
                and not exclude_each_other(call, other, syntax)
                for other in others
            ):
                yield syntax.place(call)


def _given(
    words: ast.expr | None, call: ast.Call, flow: Flow, hops: int = HOPS
) -> Iterator[Given]:
    """What a parse may be given, as far back as names and the calls of functions lead."""
    bindings = reaching(words, flow.syntax) if isinstance(words, ast.Name) else []
    if not hops or not bindings:
        yield words, call
        return
    for binding in bindings:
        for value, giver in _bound(binding, call, flow) or [(words, call)]:
            if value is words:
                yield value, giver
            else:
                yield from _given(value, giver, flow, hops - 1)


def _bound(binding: Binding, call: ast.Call, flow: Flow) -> list[Given]:
    """What gives a name its value, and by which call; nothing where that isn't seen."""
    if binding.kind == "assign" and binding.index is None and binding.value is not None:
        return [(binding.value, call)]
    return _parameter(binding, flow)


def _parameter(binding: Binding, flow: Flow) -> list[Given]:
    """What the calls of a function give one of its parameters."""
    function, parameter = binding.scope.node, binding.node
    if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
        return []
    if parameter in (function.args.vararg, function.args.kwarg):
        return []
    default = default_of(function, parameter)
    return [
        (flow.given_for(each, function, parameter) or default, each)
        for each in flow.calls_for(function)
    ]


def _is_own(words: ast.expr | None, flow: Flow) -> bool:
    """Whether words depend on nothing, are written one by one, or a text's of elsewhere."""
    if words is None or (isinstance(words, ast.Constant) and words.value is None):
        return False
    if isinstance(words, ast.List) and words.elts:
        return is_spelled(words)
    if not any(isinstance(n, ast.Name) for n in ast.walk(words)):
        return True
    splits = isinstance(words, ast.Call) and name_of(words.func) == "split"
    return splits and not _is_outer(words, flow)


def _asks_for_help(words: ast.expr | None) -> bool:
    return words is not None and literal(words) in (["-h"], ["--help"])


def is_spelled(words: ast.List) -> bool:
    """Whether a list has nothing but words that stand in it one by one."""
    return bool(words.elts) and not any(isinstance(e, ast.Starred) for e in words.elts)


def _is_outer(value: ast.AST, flow: Flow, hops: int = HOPS) -> bool:
    """Whether a value may be made of the command line, or of what isn't seen."""
    named = [n for n in ast.walk(value) if isinstance(n, (ast.Name, ast.Attribute))]
    if not hops or not OUTER.isdisjoint(map(name_of, named)):
        return True
    names = [n for n in named if isinstance(n, ast.Name)]
    return any(_may_be_outer(name, flow, hops - 1) for name in names)


def _may_be_outer(name: ast.Name, flow: Flow, hops: int) -> bool:
    """The same of a name; those of modules, of arguments, and Python's own, are none."""
    meanings = flow.meanings(name)
    if any(isinstance(m, (Rest, KnownAndRest)) for m in meanings):
        return True
    if meanings and all(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings):
        return False
    return any(_binds_outer(b, flow, hops) for b in reaching(name, flow.syntax))


def _binds_outer(binding: Binding, flow: Flow, hops: int) -> bool:
    """The same of what a name is bound to."""
    if binding.kind == "import":
        return not OUTER.isdisjoint((flow.imported(binding) or "").split("."))
    if binding.kind == "definition":
        held = (n for n in ast.walk(binding.node) if isinstance(n, ast.Name))
        return any(n.id in OUTER for n in held)
    if binding.kind == "loop":
        around = flow.syntax.ancestors(binding.node)
        over = (n for n in around if isinstance(n, (ast.For, ast.comprehension)))
        return any(_is_outer(each.iter, flow, hops) for each in islice(over, 1))
    values = [binding.value] if binding.value is not None else _given_to(binding, flow)
    return not values or any(_is_outer(value, flow, hops) for value in values)


def _given_to(binding: Binding, flow: Flow) -> list[ast.expr]:
    return [value for value, _ in _parameter(binding, flow) if value is not None]


def _leads_to(run: ast.Call, call: ast.Call, script: Script) -> bool:
    """Whether the run starts in the function that a call leads to, or behind it."""
    waiting: list[ast.AST] = [running_scope(run, script.syntax).node]
    seen: set[ast.AST] = set()
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        calls = reached_by(function, script.syntax, script.flow)
        if call in calls:
            return True
        waiting += [running_scope(c, script.syntax).node for c in calls]
    return False
