"""Where a parser is given all values past the command line: by a dict, or a file.

``parser.parse_dict(kwargs)`` of a function that others call with keywords is no matter of
a job of this script. Where the dict comes from a variable of the environment, as in
``config = os.getenv("CONFIG")``, a job may have it, too: it stops if it launches values.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.model import Parse, StopBranch
from jobready.script.parsers.launch_function import launching_function
from jobready.script.parsers.own_readers import own_method, parser_members
from jobready.script.source.place import Place
from jobready.script.source.reaching import statements_above
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.nothing_given import NothingGiven
from jobready.script.values.parser_classes import READ_FILES


def read_other_values(
    syntax: Syntax, flow: Flow, known: set[ast.AST], parses: Sequence[Parse]
) -> tuple[list[StopBranch], list[tuple[str, Place]]]:
    """The branches in which a job that launches values stops, and what can't be told.

    Those that are ``known``, and those that a job doesn't get to, are left out. What a
    method of the script's own parser reads counts where that is called.
    """
    branches, strange = [], []
    waiting = list(_methods(syntax, flow, known))
    for method in waiting:  # which grows
        if NothingGiven(flow).excludes(method):
            continue
        reader = own_method(method, syntax, flow)
        if reader is not None:
            calls = parser_members(reader.name, syntax, flow)
            waiting += [c for c in calls if c not in known and c not in waiting]
            continue
        branch = _stop_branch(method, syntax, flow, parses)
        if branch is None:
            text = f"parser.{method.attr} takes the values past the command line"
            strange.append((text, syntax.place(method)))
        else:
            branches.append(branch)
    return branches, strange


def _methods(syntax: Syntax, flow: Flow, known: set[ast.AST]) -> Iterator[ast.Attribute]:
    """The methods of parsers that take no words, in the order of their names."""
    for name in sorted(READ_FILES):
        for method in parser_members(name, syntax, flow):
            if method not in known:
                yield method


def _stop_branch(
    method: ast.Attribute, syntax: Syntax, flow: Flow, parses: Sequence[Parse]
) -> StopBranch | None:
    """The branch that a script only takes by a variable of its environment.

    Only where the same parser takes the words of the command line beside it.
    """
    call, statement = syntax.parent[method], syntax.statement(method)
    if not isinstance(call, ast.Call) or not isinstance(method.value, ast.Name):
        return None
    if not _parses_beside(method, syntax, parses) or not _leaves_room(statement, syntax):
        return None
    if not NothingGiven(flow, unset=True).excludes(statement):
        return None
    parser, given = method.value.id, _given(call, syntax) or method.attr
    stopped = _is_stopped(statement, parser, syntax, flow)
    return StopBranch(call, parser, given, syntax.place(method), stopped)


def _given(call: ast.Call, syntax: Syntax) -> str | None:
    """The name of what holds the values: ``text`` in ``parse_dict(json.loads(text))``."""
    for value in (*call.args, *(k.value for k in call.keywords)):
        for node in (n for n in ast.walk(value) if isinstance(n, ast.Name)):
            holder = syntax.parent[node]
            called = isinstance(holder, ast.Call) and holder.func is node
            if not called and not isinstance(holder, ast.Attribute):
                return node.id
    return None


def _parses_beside(method: ast.Attribute, syntax: Syntax, parses: Sequence[Parse]) -> bool:
    """Whether a parser of that name parses in the same function, or the module."""
    return any(
        isinstance(parse.call.func, ast.Attribute)
        and ast.unparse(parse.call.func.value) == ast.unparse(method.value)
        and syntax.scope(parse.call) is syntax.scope(method)
        for parse in parses
    )


def _leaves_room(statement: ast.stmt, syntax: Syntax) -> bool:
    """Whether a line can be put above a statement."""
    if not isinstance(statement, (ast.Assign, ast.Return)):
        return False
    part = syntax.part_of(statement)
    return part.begins_line(statement) and not syntax.scope(statement).is_class


def _is_stopped(statement: ast.stmt, parser: str, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``if job_args(parser): parser.error(…)`` stands above."""
    above = statements_above(statement, syntax.parent[statement])
    return any(
        isinstance(each, ast.If)
        and launching_function(each.test, flow) is not None
        and isinstance(each.test, ast.Call)
        and ast.unparse(each.body[-1]).startswith(f"{parser}.error(")
        for each in above
    )
