"""Which of two places of a file may run behind the other, also across its functions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from jobready.script.source.children import children
from jobready.script.source.reaching import BLOCKS, LOOPS, statements_above
from jobready.script.source.scopes import COMPREHENSIONS, FUNCTIONS, Scope
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# What a block ends in that the code below it doesn't see.
LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef, ast.Lambda)
Part = ast.expr | ast.stmt
# Statements that evaluate what they are made of, and parts of them that do.
SIMPLE = (ast.AnnAssign, ast.Assign, ast.AugAssign, ast.Expr, ast.Return)
EVALUATED = (ast.Attribute, ast.Call, ast.keyword, ast.Starred, ast.Subscript)


def runs_behind(node: Part, first: Part, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``node`` runs when ``first`` has run, on some way through the file.

    By the order of the source, where both stand in one function, or what calls their
    functions does.
    """
    if running_scope(node, syntax) is running_scope(first, syntax):
        return _is_below(node, first, syntax)
    before = list(positions(first, syntax, flow))
    return any(
        _is_below(here, there, syntax)
        for scope, here in positions(node, syntax, flow)
        for other, there in before
        if scope is other
    )


def always_behind(node: ast.stmt, first: ast.stmt, syntax: Syntax) -> bool:
    """Whether ``node`` runs whenever ``first`` has run: below it in one block.

    What a with statement opens is open where its body begins.
    """
    if isinstance(first, ast.With) and node in first.body:
        return not _leave(first.body[: first.body.index(node)])
    holder = syntax.parent[first]
    for block in BLOCKS:
        members = getattr(holder, block, None)
        if isinstance(members, list) and first in members and node in members:
            above, below = members.index(first), members.index(node)
            return above < below and not _leave(members[above + 1 : below])
    return False


def _leave(statements: Iterable[ast.stmt]) -> bool:
    """Whether statements may end the block that they stand in."""
    waiting: list[ast.AST] = list(statements)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*LEAVES, ast.Yield)):
            return True
        if not isinstance(node, DEFINITIONS):  # whose return ends another block
            waiting += children(node)
    return False


def passes(statement: ast.stmt, node: ast.AST, syntax: Syntax) -> bool:
    """Whether a statement stands above a node, in a block that the node is in too."""
    return any(
        statement in statements_above(inside, above)
        for inside, above in _ways_up(node, syntax)
    )


def surely_behind(node: ast.AST, first: ast.Call, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``node`` only runs when ``first`` has run.

    It stands below it in a block, or below what surely calls its function; or it is in a
    function all of whose calls do.
    """
    done = list(statements_with(first, syntax, flow))

    def passed(here: ast.AST) -> bool:
        return any(passes(statement, here, syntax) for statement in done)

    return all_ways_pass(node, passed, syntax, flow)


def all_ways_pass(
    node: ast.AST, passed: Callable[[ast.AST], bool], syntax: Syntax, flow: Flow
) -> bool:
    """Whether something holds of a node, or else of all that calls its function."""
    seen: set[ast.AST] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if passed(here):
            continue
        function = running_scope(here, syntax).node
        if function in seen:
            continue
        seen.add(function)
        calls = flow.uses.calls.get(function, [])
        if not runs_by_these_alone(function, calls, syntax, flow):
            return False
        waiting += calls
    return True


def comes_later(node: Part, first: Part, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``node`` surely runs behind ``first``, if it runs at all where that does.

    No loop around both goes back, and the functions that only one of them is in are run
    by the calls that are seen.
    """
    ways, before = [list(positions(n, syntax, flow)) for n in (node, first)]
    common = {scope for scope, _ in ways} & {scope for scope, _ in before}
    for scope, here in (*ways, *before):
        if scope in common:
            around = list(syntax.ancestors(here))
            inside = around[: around.index(scope.node)]
            if any(isinstance(above, LOOPS) for above in inside):
                return False
        elif not isinstance(scope.node, ast.Module):
            function, calls = scope.node, flow.uses.calls.get(scope.node, [])
            if not isinstance(function, ast.FunctionDef) or _yields(function):
                return False  # which runs when somebody asks for its values
            if not runs_by_these_alone(function, calls, syntax, flow):
                return False
    return bool(common) and not runs_behind(first, node, syntax, flow)


def statements_with(call: ast.Call, syntax: Syntax, flow: Flow) -> Iterator[ast.stmt]:
    """The statements that surely run a call: its own, and those that call its function."""
    seen: set[ast.AST] = set()
    waiting = [call]
    while waiting:
        here = waiting.pop()
        statement = syntax.statement(here)
        if not isinstance(statement, SIMPLE) or here in seen:
            continue
        around = list(syntax.ancestors(here))
        if not all(isinstance(a, EVALUATED) for a in around[: around.index(statement)]):
            continue
        seen.add(here)
        yield statement
        function = syntax.scope(here).node
        if not isinstance(function, ast.FunctionDef) or statement not in function.body:
            continue
        above = function.body[: function.body.index(statement)]
        if not (function.decorator_list or _leave(above) or _yields(function)):
            calls = flow.uses.calls.get(function, [])
            waiting += [c for c in calls if _surely_calls(c, function, flow)]


def _surely_calls(call: ast.Call, function: ast.FunctionDef, flow: Flow) -> bool:
    """Whether a call gets to this function, and not maybe to another."""
    if not isinstance(call.func, ast.Name):
        return False
    return len(flow.bindings_of(call.func)) == 1 and flow.function(call.func) is function


def _yields(function: ast.FunctionDef) -> bool:
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(function))


def runs_by_these_alone(
    function: ast.AST, calls: Sequence[ast.Call], syntax: Syntax, flow: Flow
) -> bool:
    """Whether a function runs by these calls alone: its name is used for nothing else."""
    if not isinstance(function, ast.FunctionDef) or function.decorator_list or not calls:
        return False
    if not all(_surely_calls(call, function, flow) for call in calls):
        return False
    aliases = (a for n in syntax.of(ast.ImportFrom) for a in n.names)
    if any(a.asname and a.name == function.name for a in aliases):
        return False
    called = {call.func for call in calls}
    named = syntax.named.get(function.name, ())
    return all(n in called or isinstance(getattr(n, "ctx", None), ast.Store) for n in named)


def positions(node: Part, syntax: Syntax, flow: Flow) -> Iterator[tuple[Scope, Part]]:
    """Where ``node`` runs: itself, and the calls by which its function is reached."""
    seen: set[ast.AST] = set()
    waiting: list[Part] = [node]
    while waiting:
        here = waiting.pop()
        scope = running_scope(here, syntax)
        yield scope, here
        if scope.node not in seen:
            seen.add(scope.node)
            waiting += reached_by(scope.node, syntax, flow)


def reached_by(function: ast.AST, syntax: Syntax, flow: Flow) -> list[ast.Call]:
    """The calls of a function, and those that are given it; none of anything else."""
    if not isinstance(function, FUNCTIONS):
        return []
    found = [*flow.uses.calls.get(function, ()), *flow.uses.handed_over.get(function, ())]
    owner = syntax.parent.get(function)
    if isinstance(owner, ast.ClassDef) and function.name == "__init__":
        found += flow.uses.calls.get(owner, ())
    return found


def running_scope(node: ast.AST, syntax: Syntax) -> Scope:
    """The scope whose code runs the node: a comprehension runs where it stands."""
    scope = syntax.scope(node)
    while isinstance(scope.node, COMPREHENSIONS) and scope.parent is not None:
        scope = scope.parent
    return scope


def exclude_each_other(one: ast.AST, other: ast.AST, syntax: Syntax) -> bool:
    """Whether only one of two places of a function is reached: an if and its else."""
    around = {a: inside for inside, a in _ways_up(one, syntax)}
    for inside, above in _ways_up(other, syntax):
        if above not in around:
            continue
        if isinstance(above, (ast.If, ast.IfExp, ast.Match)):
            return _block(above, around[above]) != _block(above, inside)
        return False
    return False


def _ways_up(node: ast.AST, syntax: Syntax) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each node around ``node``, with the part of it that ``node`` is in."""
    inside = node
    for above in syntax.ancestors(node):
        yield inside, above
        inside = above


def _block(holder: ast.AST, part: ast.AST) -> object:
    """Which of its blocks a part of a statement stands in; the part itself for a case."""
    for block in BLOCKS:
        members = getattr(holder, block, None)
        if members is part or (isinstance(members, list) and part in members):
            return part if block in ("cases", "handlers") else block
    return "test"


def _is_below(node: Part, first: Part, syntax: Syntax) -> bool:
    """Whether a place of one function comes after another, and isn't an alternative.

    A call comes after what it is made of: ``Trainer(args).fit()`` after ``Trainer(args)``.
    """
    if isinstance(node, ast.Call) and first is not node:
        if any(above is node for above in syntax.ancestors(first)):
            return True
    start, end = syntax.place(node), syntax.end(first)
    if (start.line, start.column) < (end.line, end.column):
        return False
    if exclude_each_other(first, node, syntax):
        return False
    return not _is_left(first, node, syntax)


def _is_left(first: Part, node: Part, syntax: Syntax) -> bool:
    """Whether a block around ``first``, but not around ``node``, ends in a return."""
    around = set(syntax.ancestors(node))
    for inside, above in _ways_up(first, syntax):
        if above in around:
            return False
        for block in BLOCKS:
            members = getattr(above, block, None)
            if isinstance(members, list) and inside in members:
                if isinstance(members[-1], LEAVES):
                    return True
    return False
