"""Parameters that a script takes out of its arguments, as it does to rename them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jobready.script.arguments.parameter_reads import names_copy, parameter_read
from jobready.script.configs.parsed_aside import parsed_aside
from jobready.script.configs.recording import Problem
from jobready.script.model import ParserModel
from jobready.script.source.literals import literal
from jobready.script.source.reaching import LOOPS
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict
from jobready.script.values.order import running_scope, runs_behind

# Methods that take something out of a dict.
TAKES = frozenset(("pop", "popitem", "clear"))
# How the problem begins that a removal is.
TAKEN_OUT = "a parameter is taken out of the arguments"


@dataclass(frozen=True, eq=False)
class Removal:
    """Where something is taken out of the arguments, and its name, if that is known."""

    target: ast.expr
    name: str | None

    def problem(self, syntax: Syntax) -> Problem:
        """What stands against a run that is to show all parameters."""
        text = f"{TAKEN_OUT}: {ast.unparse(self.target)}"
        return text, syntax.place(self.target)


def all_names(parsers: Iterable[ParserModel]) -> frozenset[str] | None:
    """The names of all that parsers give their arguments; None where a run has more.

    What ``set_defaults`` gives them beside is no parameter: ``set_defaults(func=train)``.
    """
    found: set[str] = set()
    for parser in parsers:
        if parser.unseen or parser.by_objects is not None:
            return None
        if any(not p.named or p.type_kind == "fields" for p in parser.parameters):
            return None
        found.update(p.name for p in parser.parameters)
        if parser.commands is not None and parser.commands.dest is not None:
            found.add(parser.commands.dest)
    return frozenset(found)


def removals(
    syntax: Syntax,
    flow: Flow,
    names: Collection[str] | None,
    records: Sequence[ast.Call] = (),
) -> list[Removal]:
    """Where parameters are taken out, but for what happens once all ``records`` are made.

    Those are the init and the updates of its config. What the script takes out of
    arguments that these never get doesn't count, nor what isn't among the ``names`` of all
    parameters, where these are known.
    """
    found = []
    for target in _removed(syntax, flow):
        name = _name_of(target)
        if names is not None and name is not None and name not in names:
            continue
        if records and _is_late(target, records, syntax, flow):
            continue
        holder = _holder(target)
        if records and holder is not None and parsed_aside(holder, records, syntax, flow):
            continue
        method = isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Load)
        if isinstance(target, ast.Call) or method or parameter_read(target, flow):
            found.append(Removal(target, name))
    return found


def _removed(syntax: Syntax, flow: Flow) -> Iterator[ast.expr]:
    """What ``del``, ``pop`` and the like take out of arguments, or of something else."""
    for node in syntax.of(ast.Delete, ast.Call):
        holder: ast.expr | None = None
        if isinstance(node, ast.Delete):
            yield from (t for t in node.targets if not _of_copy(t, flow))
            continue
        if isinstance(node.func, ast.Attribute):
            if node.func.attr in TAKES and not names_copy(node.func.value, flow):
                holder = node.func.value
        elif isinstance(node.func, ast.Name) and node.func.id == "delattr":
            holder = node.args[0]
        if holder is not None:
            meanings = flow.meanings(holder)
            if any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings):
                yield node
    yield from _given_away(syntax, flow)


def _given_away(syntax: Syntax, flow: Flow) -> Iterator[ast.Attribute]:
    """The methods that somebody else calls: ``take = vars(args).pop``."""
    for name in TAKES:
        for node in syntax.named.get(name, ()):
            call = syntax.parent[node]
            if not isinstance(node, ast.Attribute) or names_copy(node.value, flow):
                continue
            if isinstance(call, ast.Call) and call.func is node:
                continue
            if isinstance(node.ctx, ast.Load):
                if any(isinstance(m, ArgumentsDict) for m in flow.meanings(node.value)):
                    yield node


def _holder(target: ast.expr) -> ast.expr | None:
    """What something is taken out of."""
    match target:
        case ast.Attribute(value=holder) | ast.Subscript(value=holder):
            return holder
        case ast.Call(func=ast.Attribute(value=holder)) | ast.Call(args=[holder, *_]):
            return holder
    return None


def _name_of(target: ast.expr) -> str | None:
    """What is taken out, by its name; None where that isn't spelled out."""
    name: object = None
    match target:
        case ast.Attribute(attr=name, ctx=ast.Del()):
            pass
        case ast.Subscript(slice=key):
            name = literal(key)
        case ast.Call(func=ast.Name(id="delattr"), args=[_, key]):
            name = literal(key)
        case ast.Call(func=ast.Attribute(attr="pop"), args=[key, *_]):
            name = literal(key)
    return name if isinstance(name, str) and not name.startswith("__") else None


def _is_late(
    removal: ast.expr, records: Sequence[ast.Call], syntax: Syntax, flow: Flow
) -> bool:
    """Whether it happens once, when the run is seen to have its config."""
    around = syntax.ancestors(removal)
    if any(isinstance(a, (*FUNCTIONS, *LOOPS)) for a in around):
        return False
    seen = [
        runs_behind(removal, r, syntax, flow)
        or running_scope(r, syntax) is running_scope(removal, syntax)
        for r in records
    ]
    return all(seen) and not any(runs_behind(r, removal, syntax, flow) for r in records)


def _of_copy(node: ast.expr, flow: Flow) -> bool:
    kinds = (ast.Attribute, ast.Subscript)
    return isinstance(node, kinds) and names_copy(node.value, flow)
