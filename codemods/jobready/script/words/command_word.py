"""The command that a script takes itself, as the first word of its command line.

``command = sys.argv[1]; sys.argv = sys.argv[1:]``, and then each command has a parser of
its own. The word is no parameter: a job's entry point names it, and what a job launches
comes behind it, at the parse. So all that is decided by the first word is decided alike,
if there is one; where there is none the script must end before it parses.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from jobready.script.model import Parse
from jobready.script.parsers.launch_function import emitted_nodes
from jobready.script.source.place import Place
from jobready.script.source.reaching import LOOPS
from jobready.script.source.scopes import COMPREHENSIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Rest
from jobready.script.values.order import (
    all_ways_pass,
    exclude_each_other,
    passes,
    running_scope,
    runs_behind,
    runs_by_these_alone,
)
from jobready.script.words.count_branches import asked_of_count
from jobready.script.words.ending_branches import only_ends, only_prints
from jobready.script.words.first_word import (
    Removal,
    fails_first,
    first_word,
    only_chooses,
    removal,
)
from jobready.script.words.wordless import NO_WORDS

NONE = None, frozenset[ast.AST]()


@dataclass(frozen=True, eq=False)
class _Looks:
    """What a script does with its first word.

    ``words`` are where it is read, ``removals`` where it is taken away, and ``ends`` the
    branches that end a script without one.
    """

    words: tuple[ast.expr, ...]
    removals: tuple[Removal, ...]
    ends: tuple[ast.If, ...]


def read_command_word(
    parses: Sequence[Parse], syntax: Syntax, flow: Flow
) -> tuple[Place | None, frozenset[ast.AST]]:
    """Where a script takes its command from ``sys.argv``, and the nodes by which it does.

    None, and no nodes, where a job's values might change what is decided.
    """
    looks = _looks(syntax, flow) if "argv" in syntax.named else None
    if looks is None or not looks.words:
        return NONE
    parsers = [m for p in parses for m in p.parsers]
    if not parsers or any(m.own for m in parsers):
        return NONE
    read = [p.call for p in parses if not _is_spelled_out(p)]
    if not all(only_chooses(word, syntax) for word in looks.words):
        return NONE
    needs = _needs(looks, syntax, flow)
    if looks.removals:
        seen = _are_taken_once(looks, syntax, flow) and all(
            r.fails or _all_pass(r.statement, needs, syntax, flow) for r in looks.removals
        )
        first = [r.statement for r in looks.removals]
    else:
        seen = not any(m.commands for m in parsers)
        seen = seen and all(_is_without_first(p, flow) for p in parses)
        first = needs
    if not seen or not read or not all(_all_pass(c, first, syntax, flow) for c in read):
        return NONE
    own: list[ast.AST] = [*looks.words, *(r.statement for r in looks.removals)]
    own += [_first_part(branch.test) for branch in looks.ends]
    inside = frozenset(n for each in own for n in ast.walk(each))
    return min((syntax.place(w) for w in looks.words), key=lambda p: p.line), inside


def _looks(syntax: Syntax, flow: Flow) -> _Looks | None:
    """What the script at hand does; None where another file looks at the words too."""
    written = emitted_nodes(syntax)
    words: list[ast.expr] = []
    removals: dict[ast.stmt, Removal] = {}
    for node in syntax.named["argv"]:
        if not isinstance(node, ast.Attribute) or node in written:
            continue
        if flow.qualified(node) != "sys.argv":
            continue
        word, taken = first_word(node, syntax), removal(node, syntax)
        if (word or taken) and syntax.place(node).file is not None:
            return None
        if word is not None:
            words.append(word)
        if taken is not None:
            removals[taken.statement] = taken
    ends = [n for n in syntax.of(ast.If) if syntax.place(n).file is None]
    ends = [n for n in ends if _ends_without_words(n, syntax, flow)]
    first = [r.statement for r in removals.values()]
    ends = [n for n in ends if not any(runs_behind(n.test, s, syntax, flow) for s in first)]
    return _Looks(tuple(words), tuple(removals.values()), tuple(ends))


def _ends_without_words(branch: ast.If, syntax: Syntax, flow: Flow) -> bool:
    """Whether ``if len(sys.argv) < 2: …`` says something and ends, or more for help."""
    test = branch.test
    if isinstance(test, ast.BoolOp) and not isinstance(test.op, ast.Or):
        return False
    if asked_of_count(_first_part(test), flow) not in NO_WORDS:
        return False
    *before, last = branch.body
    if isinstance(last, ast.Return):
        return only_prints(before, flow) and _returns_last(last, syntax, flow)
    return only_ends(branch.body, flow)


def _returns_last(statement: ast.Return, syntax: Syntax, flow: Flow) -> bool:
    """Whether the script ends where a function returns: ``sys.exit(main())``."""
    function = syntax.scope(statement).node
    calls = flow.uses.calls.get(function, [])
    if len(calls) != 1 or not runs_by_these_alone(function, calls, syntax, flow):
        return False
    block = syntax.parent[syntax.statement(calls[0])]
    around = [syntax.statement(calls[0]), block]
    if not isinstance(block, ast.Module):
        around.append(syntax.parent[block])
    members = [getattr(holder, "body", []) for holder in around[1:]]
    return isinstance(around[-1], ast.Module) and all(
        isinstance(inner, (ast.Expr, ast.Raise, ast.If)) and body and body[-1] is inner
        for inner, body in zip(around, members, strict=False)
    )


def _needs(looks: _Looks, syntax: Syntax, flow: Flow) -> list[ast.stmt]:
    """The statements that a script without words doesn't get past."""
    found: list[ast.stmt] = [*looks.ends]
    for word in looks.words:
        statement = fails_first(word, syntax)
        if statement is not None:
            found.append(statement)
    return [s for s in found if not _may_be_caught(s, syntax, flow)]


def _may_be_caught(statement: ast.stmt, syntax: Syntax, flow: Flow) -> bool:
    """Whether the script may go on where a statement fails, or ends it."""
    waiting: list[ast.AST] = [statement]
    seen: set[ast.AST] = set()
    while waiting:
        here = waiting.pop()
        if any(_catches(a, flow) for a in syntax.ancestors(here)):
            return True
        function = running_scope(here, syntax).node
        if function not in seen:
            seen.add(function)
            waiting += flow.uses.calls.get(function, [])
    return False


def _catches(around: ast.AST, flow: Flow) -> bool:
    """Whether a script goes on behind a statement in which it failed."""
    if isinstance(around, (ast.With, ast.AsyncWith)):
        return any("suppress" in ast.unparse(i.context_expr) for i in around.items)
    if not isinstance(around, ast.Try):
        return isinstance(around, getattr(ast, "TryStar", ()))
    if any(isinstance(n, ast.Return) for s in around.finalbody for n in ast.walk(s)):
        return True  # which ends all failures
    return not all(
        (h.type is not None and ast.unparse(h.type) == "KeyboardInterrupt")
        or isinstance(h.body[-1], ast.Raise)
        or only_ends(h.body, flow)
        for h in around.handlers
    )


def _are_taken_once(looks: _Looks, syntax: Syntax, flow: Flow) -> bool:
    """Whether one word is taken away at most, and read as the first before that."""
    statements = [r.statement for r in looks.removals]
    for i, one in enumerate(statements):
        if not _runs_once(one, syntax, flow):
            return False
        for other in statements[:i]:
            if not exclude_each_other(one, other, syntax):
                return False
        for word in looks.words:
            if running_scope(word, syntax) is not running_scope(one, syntax):
                return False
            inside = one in (word, *syntax.ancestors(word))
            if not inside and runs_behind(word, one, syntax, flow):
                return False
    return True


def _runs_once(statement: ast.stmt, syntax: Syntax, flow: Flow) -> bool:
    """Whether the script gets to a statement once, by the calls that are seen."""
    here: ast.AST = statement
    seen: set[ast.AST] = set()
    while True:
        function = running_scope(here, syntax).node
        around = list(syntax.ancestors(here))
        inside = around[: around.index(function)]
        if any(isinstance(a, (*LOOPS, *COMPREHENSIONS)) for a in inside):
            return False
        if isinstance(function, ast.Module):
            return syntax.place(here).file is None
        calls = flow.uses.calls.get(function, [])
        if function in seen or len(calls) != 1:
            return False
        if not runs_by_these_alone(function, calls, syntax, flow):
            return False
        seen.add(function)
        here = calls[0]


def _all_pass(node: ast.AST, first: Sequence[ast.stmt], syntax: Syntax, flow: Flow) -> bool:
    """Whether a node only runs behind one of some statements, or chosen by their test."""

    def passed(here: ast.AST) -> bool:
        around = list(syntax.ancestors(here))
        return any(
            passes(statement, here, syntax)
            or (isinstance(statement, ast.Match) and statement in around)
            or (isinstance(statement, ast.If) and _is_chosen(here, statement, around, flow))
            for statement in first
        )

    return all_ways_pass(node, passed, syntax, flow)


def _is_chosen(
    node: ast.AST, branch: ast.If, around: Sequence[ast.AST], flow: Flow
) -> bool:
    """Whether a node is in a branch whose test needs the word, or is past its end."""
    if branch not in around:
        return False
    held = (node, *around[: around.index(branch)])
    if any(inner in branch.orelse for inner in held):
        return True
    counts = asked_of_count(_first_part(branch.test), flow) is not None
    return not counts and any(inner in branch.body for inner in held)


def _first_part(test: ast.expr) -> ast.expr:
    """What a test asks before all else."""
    return test.values[0] if isinstance(test, ast.BoolOp) else test


def _is_spelled_out(parse: Parse) -> bool:
    """Whether a parse is given words of the script's own, or none."""
    words = parse.words
    if not isinstance(words, ast.List):
        return False
    return not any(isinstance(e, ast.Starred) for e in words.elts)


def _is_without_first(parse: Parse, flow: Flow) -> bool:
    """Whether a parse is given all words but the first, or what another one left."""
    words = parse.words
    if words is None:
        return False
    if _is_spelled_out(parse):
        return True
    if isinstance(words, ast.BinOp) and parse.function is not None:
        words = words.left
    if isinstance(words, ast.Subscript):
        given = flow.qualified(words.value) == "sys.argv"
        return given and ast.unparse(words.slice) == "2:"
    meanings = flow.meanings(words)
    return bool(meanings) and all(isinstance(m, Rest) for m in meanings)
