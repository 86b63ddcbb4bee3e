"""Commands of a command, of which the source must show whose they are.

``add(commands, name)``, which makes the parser of many commands, may be given those of one
that it made: only a run tells then which command is one of another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jobready.script.parsers.options.drafts import Draft
from jobready.script.source.reaching import LOOPS
from jobready.script.source.scopes import COMPREHENSIONS, FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.order import running_scope


def read_nested_commands(drafts: Iterable[Draft], syntax: Syntax, flow: Flow) -> None:
    """Note of each command with commands whether one call makes the parser of several."""
    for draft in drafts:
        method = draft.call.func
        if draft.commands is None or not isinstance(method, ast.Attribute):
            continue
        if method.attr == "add_parser" and not _makes_one(draft.call, syntax, flow):
            text = "several commands may have these, and be among them"
            draft.oddities.append((text, draft.commands.place))


def _makes_one(call: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether a call is done once, each time that the function is called which starts it.

    That is one without parameters, which makes the first parser, or no other calls it.
    """
    here = call
    seen: set[ast.AST] = set()
    while True:
        function = running_scope(here, syntax).node
        for around in syntax.ancestors(here):
            if around is function:
                break
            if isinstance(around, (*LOOPS, *COMPREHENSIONS)):
                return False
        if not isinstance(function, FUNCTIONS) or not any(
            ast.iter_child_nodes(function.args)
        ):
            return True
        calls = flow.uses.calls.get(function, [])
        if function in seen or len(calls) > 1:
            return False
        if not calls:
            return True
        seen.add(function)
        here = calls[0]
