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

# What single values are taken out of a dict by.
TAKES = frozenset(("get", "pop", "setdefault"))


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
    here = all(running_scope(r, syntax).node is function for r in reads)
    if not here or any(
        r not in returned and not _only_looks(r, names, syntax) for r in reads
    ):
        return False
    calls = flow.uses.calls.get(function, ()) if returned else ()
    if returned and (not calls or flow.uses.handed_over.get(function)):
        return False
    return all(_stays(call, leading, syntax, flow) for call in calls)


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
        case ast.Subscript(value=value) if value is read:
            return True
        case ast.Compare(left=left) if left is not read:
            return True  # a key is looked for
        case ast.Attribute(attr=name):
            if name.startswith("__"):
                return False
            called = syntax.parent[above]
            is_called = isinstance(called, ast.Call) and called.func is above
            return name in TAKES if is_called else _holds_values(read, syntax)
        case ast.Call(func=ast.Name(id="getattr" | "hasattr" | "setattr" | "delattr")):
            return above.args[0] is read and ast.unparse(above.args[1]) != "'__dict__'"
        case ast.Call(func=ast.Name(id="vars")):
            given = syntax.parent[above]
            if isinstance(given, ast.Assign):
                targets = given.targets
                return all(isinstance(t, ast.Name) and t.id in names for t in targets)
            if isinstance(given, ast.Attribute):
                return given.attr in TAKES and isinstance(syntax.parent[given], ast.Call)
            return isinstance(given, ast.Subscript) and given.value is above
    return False


def _holds_values(read: ast.Name, syntax: Syntax) -> bool:
    """Whether a name is that of the arguments, whose attributes are values."""
    bindings = syntax.bindings(read.id, syntax.scope(read))
    made = [b.value.func for b in bindings if isinstance(b.value, ast.Call)]
    return len(made) == len(bindings) and all(isinstance(f, ast.Attribute) for f in made)


def _stays(call: ast.Call, leading: set[ast.AST], syntax: Syntax, flow: Flow) -> bool:
    """Whether what a call returns goes no further than to functions of elsewhere.

    These print it, or write it to a file. The function around returns nothing at all.
    """
    function = running_scope(call, syntax).node
    if not isinstance(function, FUNCTIONS) or function in leading or _gives(function):
        return False
    above = syntax.parent[call]
    if not isinstance(above, ast.Assign):
        return isinstance(above, ast.Expr) or _is_handed_away(call, syntax, flow)
    names = [t.id for t in above.targets if isinstance(t, ast.Name)]
    bound = [b for n in names for b in syntax.bindings(n, syntax.scope(call))]
    if len(names) != len(above.targets) or any(b.scope.node is not function for b in bound):
        return False
    reads = [read for name in names for read in _reads(name, function, syntax)]
    return all(
        running_scope(read, syntax).node is function and _is_handed_away(read, syntax, flow)
        for read in reads
    )


def _gives(function: ast.AST) -> bool:
    """Whether a function gives its caller anything, or others by names of theirs."""
    kinds = (ast.Yield, ast.YieldFrom, ast.Global, ast.Nonlocal, ast.Lambda)
    return any(
        isinstance(node, kinds) or (isinstance(node, ast.Return) and node.value is not None)
        for node in ast.walk(function)
    )


def _is_handed_away(node: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether it is an item that is read, or given to calls in a statement of their own.

    None of them is a function or a class that the source shows.
    """
    part: ast.AST = node
    above = syntax.parent[node]
    if isinstance(above, ast.Subscript) and above.value is node:
        return True
    while isinstance(above, (ast.Call, ast.keyword, ast.FormattedValue, ast.JoinedStr)):
        if isinstance(above, ast.Call):
            if above.func is part or flow.functions(above.func):
                return False
            if flow.definition(above.func) is not None:
                return False
        part, above = above, syntax.parent[above]
    return isinstance(above, ast.Expr)


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
