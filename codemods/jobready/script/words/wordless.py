"""The branch of a script for a command line without words.

``if len(sys.argv) == 1: parser.print_help(); sys.exit()``, or ``if not argv`` of what is
parsed: a job has no words there, though it launches values. It must not take the branch
then, as a command line with these values doesn't.
"""

from __future__ import annotations

import ast

from jobready.script.model import CountBranch
from jobready.script.parsers.launch_function import launching_function
from jobready.script.source.reaching import is_above, passed_before, reaching
from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser
from jobready.script.values.parser_classes import PARSE_METHODS
from jobready.script.words.count_branches import (
    asked_of_count,
    excludes_launch,
    parts_of,
)
from jobready.script.words.shown_words import stands_in

NO_WORDS = frozenset(("== 1", "<= 1", "< 2"))
NOTHING = frozenset(("== 0", "<= 0", "< 1"))
NEVER: frozenset[Binding] = frozenset()


def read_wordless_branches(
    syntax: Syntax, flow: Flow
) -> list[tuple[CountBranch, set[ast.AST]]]:
    """The branches, each with the nodes of its test.

    Only where the parser has all its parameters there: none is added between the branch
    and the parse below, or above, it.
    """
    if not syntax.mentions("sys.argv") and "argv" not in syntax.named:
        return []
    found = []
    for node in syntax.of(ast.If):
        parts = parts_of(node.test)
        test = next((p for p in parts if _asks_for_none(p, node, syntax, flow)), None)
        parser = _parser_there(node, syntax, flow) if test is not None else None
        if test is not None and parser is not None:
            guarded = any(excludes_launch(p, flow) for p in parts)
            branch = CountBranch(test, parser, syntax.place(test), guarded)
            found.append((branch, set(ast.walk(test))))
    return found


def _asks_for_none(part: ast.expr, node: ast.If, syntax: Syntax, flow: Flow) -> bool:
    """Whether a test asks if there are no words: on the command line, or for the parse."""
    if asked_of_count(part, flow) in NO_WORDS:
        return True
    match part:
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name() as name):
            return _are_parsed(name, node, syntax, flow)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Subscript() as words):
            return _is_of_argv(words, flow)
        case ast.Compare(left=ast.Call(func=ast.Name("len"), args=[ast.Name() as name])):
            asked = ast.unparse(part).removeprefix(ast.unparse(part.left)).strip()
            return asked in NOTHING and _are_parsed(name, node, syntax, flow)
    return False


def _are_parsed(name: ast.Name, node: ast.If, syntax: Syntax, flow: Flow) -> bool:
    """Whether a name has the words of the command line, and the parse around takes them."""
    call = _parse_around(node, syntax)
    if call is None or len(call.args) + len(call.keywords) != 1:
        return False
    words = [*call.args, *(k.value for k in call.keywords)][0]
    if not isinstance(words, ast.Name) and launching_function(words, flow) is None:
        return False
    given = [n for n in ast.walk(words) if isinstance(n, ast.Name) and n.id == name.id]
    if not given or any(isinstance(syntax.parent[n], ast.Subscript) for n in given):
        return False
    here = reaching(name, syntax)
    if not all(set(here) <= set(reaching(n, syntax)) for n in given):
        return False
    return _are_words(here, syntax, flow)


def _are_words(
    bindings: list[Binding], syntax: Syntax, flow: Flow, seen: frozenset[Binding] = NEVER
) -> bool:
    """Whether a name surely stands for words of the command line, and is never None."""
    completed = any(_completes(b, syntax) for b in bindings)
    given: list[ast.expr] = []
    for binding in bindings:
        if binding.kind != "parameter":
            made = [binding.value] if binding.value and binding.index is None else []
        elif completed:
            continue
        else:
            made = [] if binding in seen else flow.given(binding)
        if not made:
            return False
        given += made
    seen = seen.union(bindings)
    return bool(bindings) and all(
        _are_words(reaching(value, syntax), syntax, flow, seen)
        if isinstance(value, ast.Name)
        else _is_of_argv(value, flow) or stands_in(value)
        for value in given
    )


def _is_of_argv(value: ast.expr, flow: Flow) -> bool:
    """Whether it is ``sys.argv[1:]``."""
    if not isinstance(value, ast.Subscript) or ast.unparse(value.slice) != "1:":
        return False
    return flow.qualified(value.value) == "sys.argv"


def _completes(binding: Binding, syntax: Syntax) -> bool:
    """Whether ``if argv is None: argv = …`` gives the value."""
    holder = syntax.parent[syntax.statement(binding.node)]
    if binding.kind != "assign" or not isinstance(holder, ast.If):
        return False
    return ast.unparse(holder.test) == f"{binding.name} is None" and not holder.orelse


def _parser_there(node: ast.If, syntax: Syntax, flow: Flow) -> str | None:
    """The name of the parser of the parse around, if the test can ask it for its words."""
    call = _parse_around(node, syntax)
    if call is None or not isinstance(call.func, ast.Attribute):
        return None
    scope = syntax.scope(node)
    parser = call.func.value
    assert isinstance(parser, ast.Name)
    bindings = syntax.bindings(parser.id, scope)
    if syntax.owner(parser.id, scope) is not scope or len(bindings) != 1:
        return None
    meanings = flow.meanings(parser)
    if not meanings or not all(isinstance(m, Parser) for m in meanings):
        return None
    if not is_above(bindings[0], node.test, syntax):
        return None
    start, end = sorted((node.lineno, call.lineno))
    inside = {n for part in (node.test, *node.body, call) for n in ast.walk(part)}
    added = syntax.named.get("add_argument", ())
    if any(not isinstance(syntax.parent[a], ast.Call) for a in added):
        return None  # under another name: it can't be told where
    used = [n for n in syntax.named.get(parser.id, ()) if syntax.scope(n) is scope]
    between = (n for n in (*used, *added) if start <= getattr(n, "lineno", 0) <= end)
    return parser.id if all(n in inside for n in between) else None


def _parse_around(node: ast.If, syntax: Syntax) -> ast.Call | None:
    """The next parse by a name below the branch, else the last one that leads to it."""
    scope = syntax.scope(node)
    parses = [
        call
        for method in PARSE_METHODS
        for at in syntax.named.get(method, ())
        if isinstance(at, ast.Attribute) and isinstance(at.value, ast.Name)
        if isinstance(call := syntax.parent[at], ast.Call) and call.func is at
        if syntax.scope(call) is scope
    ]
    below = [call for call in parses if call.lineno > (node.end_lineno or node.lineno)]
    if below:
        return min(below, key=lambda call: call.lineno)
    passed = passed_before(node, syntax)
    above = [
        call
        for call in parses
        if (statement := syntax.statement(call)) in passed
        if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr))
    ]
    return max(above, key=lambda call: call.lineno, default=None)
