"""Arguments that a function parses for itself, as one does to print the defaults."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser
from jobready.script.values.order import running_scope
from jobready.script.values.parser_classes import PARSE_METHODS

# Parents of a name by which it gives nobody the object that it stands for.
LOOKS = (ast.Attribute, ast.Compare, ast.Subscript)


def parsed_aside(
    holder: ast.expr, records: Sequence[ast.Call], syntax: Syntax, flow: Flow
) -> bool:
    """Whether no run of ``records`` gets the arguments that ``holder`` names.

    The function parses them itself, and nobody has them but those that it returns them
    to: none of these starts the run, or leads to what does.
    """
    function = running_scope(holder, syntax).node
    names = _names(holder, function, syntax, flow)
    if not isinstance(function, FUNCTIONS) or not names:
        return False
    leading = _leading(records, syntax, flow)
    if function in leading:
        return False
    reads = [r for name in names for r in _reads(name, function, syntax)]
    returned = [r for r in reads if isinstance(syntax.parent[r], ast.Return)]
    if not all(r in returned or _only_looks(r, names, syntax) for r in reads):
        return False
    calls = flow.uses.calls.get(function, ()) if returned else ()
    return all(_stays(call, leading, syntax) for call in calls)


def _names(
    holder: ast.expr, function: ast.AST, syntax: Syntax, flow: Flow
) -> frozenset[str]:
    """The function's names of its arguments, and their dict; none for those of others."""
    found: set[str] = set()
    node: ast.expr | None = holder
    match holder:
        case ast.Call(func=ast.Name(id="vars"), args=[of]):
            node = of
    while isinstance(node, ast.Name) and node.id not in found:
        bindings = syntax.bindings(node.id, syntax.scope(node))
        if len(bindings) != 1 or bindings[0].scope.node is not function:
            break
        found.add(node.id)
        (binding,) = bindings
        match binding.value:
            case ast.Call(func=ast.Name(id="vars"), args=[of]) if binding.index is None:
                node = of
            case ast.Call() as call if binding.kind == "assign" and not binding.index:
                return frozenset(found) if _makes_anew(call, flow) else frozenset()
            case _:
                break
    return frozenset()


def _makes_anew(call: ast.Call, flow: Flow) -> bool:
    """Whether it is a parse, into no object that was there before."""
    match call:
        case ast.Call(func=ast.Attribute(value=parser, attr=method), args=[] | [_]):
            found = flow.meanings(parser)
            return (
                method in PARSE_METHODS
                and bool(found)
                and all(isinstance(m, Parser) for m in found)
                and all(k.arg == "args" for k in call.keywords)
            )
    return False


def _reads(name: str, function: ast.AST, syntax: Syntax) -> Iterator[ast.Name]:
    """Where a name of a function is read; in functions inside of it too."""
    for node in syntax.named.get(name, ()):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            owner = syntax.owner(name, syntax.scope(node))
            if owner is not None and owner.node is function:
                yield node


def _only_looks(read: ast.Name, names: frozenset[str], syntax: Syntax) -> bool:
    """Whether somebody takes single values, or gives the dict one of the ``names``."""
    above = syntax.parent[read]
    match above:
        case ast.Attribute(attr="__dict__"):
            return False
        case ast.Call(func=ast.Name(id="getattr" | "hasattr" | "setattr" | "delattr")):
            return above.args[0] is read
        case ast.Call(func=ast.Name(id="vars")):
            given = syntax.parent[above]
            return isinstance(given, LOOKS) or (
                isinstance(given, ast.Assign)
                and all(isinstance(t, ast.Name) and t.id in names for t in given.targets)
            )
    return isinstance(above, LOOKS)


def _stays(call: ast.Call, leading: set[ast.AST], syntax: Syntax) -> bool:
    """Whether what a call returns is only given to calls of a function without a run."""
    function = running_scope(call, syntax).node
    if not isinstance(function, FUNCTIONS) or function in leading:
        return False
    above = syntax.parent[call]
    if isinstance(above, ast.Assign):
        if not all(isinstance(t, ast.Name) for t in above.targets):
            return False
        names = [t.id for t in above.targets if isinstance(t, ast.Name)]
        bound = (b for n in names for b in syntax.bindings(n, syntax.scope(call)))
        if any(b.scope.node is not function for b in bound):
            return False
        reads = (r for name in names for r in _reads(name, function, syntax))
        return all(_is_given(read, syntax) for read in reads)
    return isinstance(above, ast.Expr) or _is_given(call, syntax)


def _is_given(node: ast.expr, syntax: Syntax) -> bool:
    above = syntax.parent[node]
    return isinstance(above, (*LOOKS, ast.Call, ast.keyword))


def _leading(records: Sequence[ast.Call], syntax: Syntax, flow: Flow) -> set[ast.AST]:
    """The functions, and maybe the module, by which a run gets to its config."""
    found: set[ast.AST] = set()
    waiting: list[ast.AST] = [running_scope(r, syntax).node for r in records]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        owner = syntax.parent.get(here)
        if isinstance(owner, ast.ClassDef) and isinstance(here, FUNCTIONS):
            waiting.append(owner)  # whose methods run where its object is, or later
        uses = (flow.uses.calls, flow.uses.handed_over)
        calls = [call for each in uses for call in each.get(here, ())]
        waiting += [running_scope(call, syntax).node for call in calls]
    return found
