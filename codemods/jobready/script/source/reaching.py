"""Which bindings of a name may hold where the name is read."""

from __future__ import annotations

import ast
from itertools import pairwise

from jobready.script.source.scopes import COMPREHENSIONS, Binding
from jobready.script.source.syntax import Syntax

LOOPS = (ast.For, ast.AsyncFor, ast.While)
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def reaching(node: ast.Name, syntax: Syntax) -> list[Binding]:
    """The bindings that ``node`` may see, by the order of the statements of its scope.

    A binding that every way to the read passes hides those before it; one that comes
    later is only seen round a loop. For a name of an outer scope nothing is known of the
    order, so all its bindings count.
    """
    scope = syntax.scope(node)
    owner = syntax.owner(node.id, scope)
    bindings = syntax.bindings(node.id, scope)
    while isinstance(scope.node, COMPREHENSIONS) and scope.parent is not None:
        scope = scope.parent  # it runs where it stands
    if len(bindings) < 2 or owner is not scope:
        return bindings
    if any(b.kind in ("other", "loop", "deleted") for b in bindings):
        return bindings
    read = syntax.statement(node)
    around = [read, *(a for a in syntax.ancestors(read) if isinstance(a, ast.stmt))]
    loops = {a for a in around if isinstance(a, LOOPS)}
    found: list[Binding] = []
    before: list[Binding] = []
    later: list[Binding] = []
    for binding in bindings:
        (before if _is_before(binding, read, syntax) else later).append(binding)
    for binding in sorted(before, key=_line, reverse=True):
        found.append(binding)
        if _always_passed(binding, around, syntax):
            break
    if loops:
        found += [b for b in later if loops.intersection(syntax.ancestors(b.node))]
    return found or bindings


def is_above(binding: Binding, node: ast.AST, syntax: Syntax) -> bool:
    """Whether every way to ``node``, of the same scope, passes the binding."""
    read = syntax.statement(node)
    around = [read, *(a for a in syntax.ancestors(read) if isinstance(a, ast.stmt))]
    return _is_before(binding, read, syntax) and _always_passed(binding, around, syntax)


def is_plain_statement(binding: Binding, syntax: Syntax) -> bool:
    """Whether it is an assignment (or import, definition) that its module always passes."""
    if binding.kind not in ("assign", "import", "definition"):
        return False
    return isinstance(syntax.parent[syntax.statement(binding.node)], ast.Module)


def passed_before(node: ast.AST, syntax: Syntax) -> set[ast.stmt]:
    """The statements above one, in its block and those around it, up to the module's."""
    ways = pairwise((node, *syntax.ancestors(node)))
    return {above for inner, holder in ways for above in statements_above(inner, holder)}


def statements_above(inside: ast.AST, holder: ast.AST) -> list[ast.stmt]:
    """The statements above one in its block of ``holder``; none above anything else."""
    for block in ("body", "orelse", "finalbody"):
        members = getattr(holder, block, None)
        if isinstance(members, list) and inside in members:
            return members[: members.index(inside)]
    return []


def _line(binding: Binding) -> int:
    if binding.kind == "parameter":
        return 0
    return getattr(binding.node, "lineno", 1)


def _is_before(binding: Binding, read: ast.stmt, syntax: Syntax) -> bool:
    if binding.kind == "parameter":
        return True
    if isinstance(binding.node, ast.NamedExpr):
        return binding.node.lineno <= (read.end_lineno or read.lineno)
    statement = syntax.statement(binding.node)
    if statement is read or read in syntax.ancestors(statement):
        # a with binds before its body, an assignment after its value
        return isinstance(statement, (ast.With, ast.AsyncWith)) and statement is not read
    return statement.lineno <= read.lineno


def _always_passed(binding: Binding, around: list[ast.stmt], syntax: Syntax) -> bool:
    """Whether the binding stands in a block that the read stands in too."""
    if binding.kind == "parameter":
        return True
    if binding.kind not in ("assign", "with", "import", "definition"):
        return False
    statement = syntax.statement(binding.node)
    holder = syntax.parent[statement]
    for block in BLOCKS:
        members = getattr(holder, block, None)
        if isinstance(members, list) and statement in members:
            return any(a in members for a in around)
    return False
