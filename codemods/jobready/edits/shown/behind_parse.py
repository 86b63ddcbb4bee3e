"""Showing the parameters of a run that has started before they are parsed.

``wandb.init()`` at the top of a script, ``args = parser.parse_args()`` further down: an
update behind the parse shows them. What a launch sets stays as it is; what the run has from
a file of defaults, or from before it was resumed, doesn't go before the arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.plan import LinesBehind
from jobready.edits.shown.init_config import (
    config_of,
    config_read,
    config_written,
    unclear_update,
)
from jobready.edits.shown.parsed_there import Parsed, parsed_there, starts_before
from jobready.edits.shown.run_statement import run_behind, run_statement
from jobready.edits.shown.unknown_config import update_line
from jobready.outcome import Reason
from jobready.script.model import Init, Parse, Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.order import (
    always_behind,
    reached_by,
    running_scope,
    runs_behind,
)

ENDS = frozenset(("__exit__", "finish", "teardown"))
LOOPS = (ast.AsyncFor, ast.For, ast.While)


def shown_behind_parse(
    init: Init, script: Script, type_checked: bool
) -> LinesBehind | None:
    """The line behind the parse; None where no run starts before, or not surely."""
    parses = launched_parses(script)
    start = run_statement(init, script.syntax)
    if init.extends is not None or start is None or len(parses) != 1:
        return None
    (parse,) = parses
    before = [i for i in script.inits if starts_before(i, parse, script)]
    if before != [init]:
        return None
    if unclear_update(script) or config_read(script) or config_written(script):
        return None
    parsed = parsed_there(parse, script)
    run = run_behind(init, start)
    if isinstance(parsed, Reason) or run is None:
        return None
    name = run.partition(".")[0]
    ways = _ways(parsed.call, start, script)
    if ways is None or not _is_named(name, parsed, start, script):
        return None
    if _may_have_ended(parse, start, name, ways, script):
        return None
    shown = config_of(parsed.name, False, script, type_checked)
    return LinesBehind(parsed.call, (update_line(run, shown),))


def _ways(parsed: ast.Call, start: ast.stmt, script: Script) -> list[ast.Call] | None:
    """The calls by which a parse is reached from the function that starts the run.

    None where one of its ways may not come by the start.
    """
    syntax: Syntax = script.syntax
    there = running_scope(start, syntax)
    found = [parsed]
    for here in found:  # which grows
        scope = running_scope(here, syntax)
        if scope is there:
            if not _is_behind(here, start, syntax):
                return None
            continue
        calls = reached_by(scope.node, syntax, script.flow)
        if not calls:
            return None
        found += [call for call in calls if call not in found]
    return found


def _is_named(name: str, parsed: Parsed, start: ast.stmt, script: Script) -> bool:
    """Whether the run, or wandb, surely has the same name at the parse."""
    syntax: Syntax = script.syntax
    here, there = syntax.scope(parsed.call), running_scope(start, syntax)
    if syntax.owner(name, here) is not syntax.owner(name, there):
        return False
    if any(name in inner.names for inner in syntax.of(ast.Nonlocal)):
        return False
    return all(
        b.kind == "import"
        or (
            syntax.scope(b.node) is there
            and syntax.statement(b.node).lineno <= start.lineno
        )
        for b in syntax.bindings(name, there)
    )


def _may_have_ended(
    parse: Parse, start: ast.stmt, name: str, ways: Sequence[ast.Call], script: Script
) -> bool:
    """Whether the run, which has this name or is wandb's, may be finished by the parse.

    Behind its end, in a loop that may have it, or where what parses is called later.
    """
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    ends = list(_ends(name, script))
    if not ends and not isinstance(start, ast.With):
        return False
    around = {*syntax.ancestors(start)}
    loops = (a for way in ways for a in syntax.ancestors(way) if isinstance(a, LOOPS))
    functions = (running_scope(way, syntax).node for way in ways)
    return (
        any(runs_behind(parse.call, end, syntax, flow) for end in ends)
        or any(loop not in around for loop in loops)
        or any(flow.uses.handed_over.get(function) for function in functions)
    )


def _ends(name: str, script: Script) -> Iterator[ast.expr | ast.stmt]:
    """Where a run may end: ``wandb.finish()``, ``end = run.finish``, ``with run:``."""
    syntax: Syntax = script.syntax
    for node in syntax.of(ast.Attribute):
        owner = ast.unparse(node.value) if node.attr == "join" else None
        if node.attr in ENDS or owner in (name, "wandb"):
            yield node
    for member in ENDS:
        yield from script.flow.calls.get(f"wandb.{member}", ())
    for block in syntax.of(ast.With):
        if any(ast.unparse(item.context_expr) == name for item in block.items):
            yield block


def _is_behind(node: ast.AST, start: ast.stmt, syntax: Syntax) -> bool:
    """Whether the run has started whenever a place of the same scope is reached."""
    around = [a for a in syntax.ancestors(node) if isinstance(a, ast.stmt)]
    if isinstance(start, ast.With):  # which ends the run
        around = [a for a in around if a in start.body]
    return any(always_behind(statement, start, syntax) for statement in around)
