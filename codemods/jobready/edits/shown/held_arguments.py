"""The names that hold the parsed arguments where a run starts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.shown.missing_arguments import may_be_missing
from jobready.script.arguments.parameter_reads import names_copy
from jobready.script.model import Init, Parameter, ParserModel, Script
from jobready.script.source.reaching import is_above
from jobready.script.source.scopes import FUNCTIONS, Function, Scope
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import changes
from jobready.script.values.functions import calls_from, is_method, method_of
from jobready.script.values.meanings import Arguments, ArgumentsDict, Dataclasses

NONE = ("help", "version")  # actions that give no value


@dataclass(frozen=True)
class Held:
    """A name of the arguments, the parameters that they hold, and where they are parsed.

    Where they hold dataclasses it is the dict of them all, and ``owner`` their own name.
    """

    name: str
    is_dict: bool
    parameters: frozenset[str]
    line: int
    owner: str


def arguments_name(init: Init, script: Script) -> tuple[str, bool] | None:
    """The innermost name of the arguments at the init; with True it is their dict.

    Of several it is that of the parse with the most parameters: a first stage has few.
    """
    found = _held(init, script)
    if not found:
        return None
    # the last of two alike: stages come one after the other
    best = max(found, key=lambda held: (len(held.parameters), held.line))
    return best.name, best.is_dict


def parse_stages(init: Init, script: Script) -> list[Held]:
    """The names that hold all parameters only together, the last parse last."""
    rest = frozenset(p for held in _held(init, script) for p in held.parameters)
    stages: list[Held] = []
    for held in sorted(_held(init, script), key=lambda h: -len(h.parameters)):
        if held.parameters & rest:
            stages.append(held)
            rest -= held.parameters
    return sorted(stages, key=lambda held: held.line)


def dict_of(held: Held) -> str:
    """The text of the dict of the arguments."""
    return held.name if held.is_dict else f"vars({held.name})"


def _held(init: Init, script: Script) -> list[Held]:
    """The names that hold arguments at the init, those of the innermost scope."""
    syntax: Syntax = script.syntax
    found: list[Held] = []
    here: Scope | None = syntax.scope(init.call)
    while here is not None and not found:
        names = [] if here.is_class else list(here.bindings)
        found += [
            held
            for name in names
            if syntax.owner(name, syntax.scope(init.call)) is here
            if (held := _held_by(name, init, script)) is not None
            if _is_bound_by(name, here, init, script)
        ]
        here = here.parent
    return found or list(_attributes_of_self(init, script))


def _held_by(name: str, init: Init, script: Script) -> Held | None:
    """What a name holds there, if it is nothing but arguments as they were parsed."""
    meanings = script.flow.named_at(name, init.call)
    kinds = {type(m) for m in meanings}
    if kinds not in ({Arguments}, {ArgumentsDict}, {Dataclasses}):
        return None
    launched = {p.call: p for p in launched_parses(script)}
    if not all(m.parse in launched for m in meanings):
        return None
    if _is_partial(name, init, script) or may_be_missing(name, init, script):
        return None
    parsers = [m for of in meanings for m in launched[of.parse].parsers]
    parameters = max(map(_held_of, parsers), key=len, default=())
    line = max(launched[m.parse].place.line for m in meanings)
    known = frozenset(p.name for p in parameters)
    if kinds != {Dataclasses}:
        return Held(name, kinds == {ArgumentsDict}, known, line, name)
    if len(meanings) != 1 or len(parsers) != 1 or not all(p.named for p in parameters):
        return None
    if parsers[0].commands is not None:
        return None  # what has them is inside, and what holds it may have the name
    return Held(_dict_of_parts(name, parsers[0]), True, known, line, name)


def _held_of(parser: ParserModel) -> tuple[Parameter, ...]:
    """The parameters that the arguments of a parser hold in any case.

    A dataclass that is made for a command holds those of that.
    """
    commands = parser.commands
    if commands is None or not commands.of_dataclasses:
        return parser.parameters
    return tuple(p for each in commands.parsers for p in each.parameters)


def _dict_of_parts(name: str, parser: ParserModel) -> str:
    """The dict of all parameters where the arguments hold dataclasses."""
    parts = [f"vars({name}.{part})" for part in parser.dataclasses]
    own = [p.name for p in parser.parameters if p.within is None and p.action not in NONE]
    if len(parts) == 1 and not own:
        return parts[0]
    items = [*(f"**{part}" for part in parts), *(f'"{n}": {name}.{n}' for n in own)]
    return f"{{{', '.join(items)}}}"


def _is_partial(name: str, init: Init, script: Script) -> bool:
    """Whether a name is that of a copy which lacks some, or is changed."""
    syntax: Syntax = script.syntax
    read = ast.copy_location(ast.Name(name, ast.Load()), init.call)
    syntax.scopes[read] = syntax.scope(init.call)
    if "." in name or not names_copy(read, script.flow):
        return False
    values = [b.value for b in syntax.bindings(name, syntax.scope(init.call))]
    filtered = any(isinstance(v, ast.DictComp) for v in values)
    return filtered or bool(changes(read, syntax))


def _attributes_of_self(init: Init, script: Script) -> Iterator[Held]:
    """The same for ``self.args``, where the method that starts the run surely has it."""
    syntax: Syntax = script.syntax
    function = syntax.scope(init.call).node
    owner = syntax.parent.get(function)
    if not isinstance(owner, ast.ClassDef) or not isinstance(function, FUNCTIONS):
        return
    first = [*function.args.posonlyargs, *function.args.args][:1]
    if not first or not is_method(function, syntax):
        return
    makers = (function, method_of(owner, "__init__"))
    for attribute, values in script.flow.attributes(owner).items():
        given = [syntax.statement(value) for value in values]
        above = [
            s
            for s in given
            if syntax.parent[s] in makers
            if not _is_too_late(s, function, init, script)
        ]
        held = _held_by(f"{first[0].arg}.{attribute}", init, script) if above else None
        if held is not None:
            yield held


def _is_too_late(
    statement: ast.stmt, function: Function, init: Init, script: Script
) -> bool:
    """Whether the run may start before a statement has set the attribute.

    Also where ``__init__`` has called the method that starts it by then.
    """
    syntax: Syntax = script.syntax
    if syntax.parent[statement] is function:
        return statement.lineno >= init.place.line
    starts = calls_from(syntax.scope(statement), function, syntax, script.flow.uses)
    return any(start.lineno <= statement.lineno for start in starts)


def _is_bound_by(name: str, scope: Scope, init: Init, script: Script) -> bool:
    """Whether a name is bound whenever the init is reached."""
    syntax: Syntax = script.syntax
    bindings = scope.bindings[name]
    function = syntax.scope(init.call)
    if function is not scope and not _is_read_in(name, function.node, script):
        # who imports the file gets the function without the name
        bindings = [b for b in bindings if not _is_for_main(b.node, syntax)]
    if syntax.scope(init.call) is scope:
        return any(is_above(b, init.call, syntax) for b in bindings)
    starts = calls_from(scope, syntax.scope(init.call).node, syntax, script.flow.uses)
    return bool(starts) and all(
        any(is_above(b, start, syntax) for b in bindings) for start in starts
    )


def _is_read_in(name: str, function: ast.AST, script: Script) -> bool:
    """Whether a function reads a name already."""
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(function))


def _is_for_main(node: ast.AST, syntax: Syntax) -> bool:
    """Whether it stands under ``if __name__ == "__main__":``."""
    tests = (a.test for a in syntax.ancestors(node) if isinstance(a, ast.If))
    return any("__name__" in ast.unparse(test) for test in tests)
