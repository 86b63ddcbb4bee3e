"""The command that a script takes from its words, where it hands on those behind it.

``args = sys.argv[1:]``, and then ``commands[args[0]](args[1:])``: the first word is no
parameter, and a job's entry point names it. What a job launches comes in at the parse that
the words behind it get to, so nothing that the script decides by the first one changes.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from jobready.script.arguments.count_branches import asked_of_count
from jobready.script.arguments.first_word import only_chooses
from jobready.script.arguments.launch_function import emitted_nodes
from jobready.script.arguments.shown_words import COPIES, is_shown, reads_of, stands_in
from jobready.script.arguments.wordless import NO_WORDS, NOTHING
from jobready.script.arguments.words_followed import WordsFollowed
from jobready.script.model import Parse
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.parser_classes import PARSE_METHODS

NONE = None, frozenset[ast.AST]()
TESTED = (ast.Assert, ast.If, ast.IfExp, ast.While)


@dataclass(frozen=True)
class _Looks:
    """What a script does with its words.

    ``words`` are where the first one is read, ``rests`` all behind that one, and ``own``
    the nodes that ask whether there is one, or copy all of them for that.
    """

    words: list[ast.expr] = field(default_factory=list)
    rests: list[ast.expr] = field(default_factory=list)
    own: set[ast.AST] = field(default_factory=set)


def read_handed_command(
    parses: Sequence[Parse], syntax: Syntax, flow: Flow
) -> tuple[Place | None, frozenset[ast.AST]]:
    """Where a script takes its command, and the nodes by which it does.

    None, and no nodes, where a job's values might change what is decided.
    """
    looks = _looks(syntax, flow) if "argv" in syntax.named else None
    if looks is None or not looks.words or not looks.rests:
        return NONE
    if not all(only_chooses(word, syntax) for word in looks.words):
        return NONE
    followed = WordsFollowed(syntax, flow, set())
    for rest in looks.rests:
        if not (followed.are_parsed(rest) or _is_left_to(rest, syntax, flow)):
            return NONE
    if not all(p.call in followed.parses for p in parses):
        return NONE  # it gets the command as well, or other words
    for function, calls in followed.handed.items():
        if set(flow.calls_for(function)) - calls - syntax_alone(syntax):
            return NONE
    read = [n for each in (*looks.words, *looks.rests) for n in ast.walk(each)]
    place = min((syntax.place(w) for w in looks.words), key=lambda p: (p.line, p.column))
    return place, frozenset((*read, *looks.own))


def syntax_alone(syntax: Syntax) -> set[ast.AST]:
    """What other files do only where they are run themselves."""
    return set(getattr(syntax, "alone", ()))


def _looks(syntax: Syntax, flow: Flow) -> _Looks | None:
    """What the script does; None where it does more with a copy of its words."""
    found = _Looks()
    written = emitted_nodes(syntax)
    for node in syntax.named["argv"]:
        if node in written or not isinstance(node, ast.Attribute):
            continue
        if syntax.place(node).file is not None:
            continue  # which sees what it is given
        if flow.qualified(node) != "sys.argv" or _is_in_parse(node, syntax):
            continue
        parent = syntax.parent[node]
        counts = syntax.parent[parent]
        if isinstance(counts, ast.Compare) and asked_of_count(counts, flow) in NO_WORDS:
            found.own.update(ast.walk(counts))
        elif isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Load):
            index = ast.unparse(parent.slice)
            if index == "1":
                found.words.append(parent)
            elif index == "2:":
                found.rests.append(parent)
            elif index == "1:":
                reads = (
                    reads_of(copied, syntax) if (copied := _copied(parent, syntax)) else []
                )
                if not reads or not all(
                    _is_look(read, syntax, flow, found) for read in reads
                ):
                    return None
                found.own.add(node)
    return found


def _is_left_to(rest: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether a file that neither parses nor starts a run gets the words, and all ends.

    ``return show(args[1:])``: what else the script does is for other commands.
    """
    call = syntax.parent[rest]
    statement = syntax.statement(rest)
    if not isinstance(call, ast.Call) or not isinstance(statement, ast.Return):
        return False
    name = flow.qualified(call.func) if statement.value is call else None
    return name is not None and syntax.leaves_out(name, call)


def _is_in_parse(node: ast.AST, syntax: Syntax) -> bool:
    """Whether words are put together for a parse there."""
    calls = (a for a in syntax.ancestors(node) if isinstance(a, ast.Call))
    return any(name_of(call.func) in PARSE_METHODS for call in calls)


def _copied(words: ast.expr, syntax: Syntax) -> ast.Assign | None:
    """The statement that gives all words a name: ``args = list(sys.argv[1:])``."""
    value: ast.AST = words
    parent = syntax.parent[value]
    while isinstance(parent, ast.expr) and (
        stands_in(parent)
        or (isinstance(parent, ast.Call) and name_of(parent.func) in COPIES)
    ):
        value, parent = parent, syntax.parent[parent]
    return parent if isinstance(parent, ast.Assign) and parent.value is value else None


def _is_look(read: ast.Name, syntax: Syntax, flow: Flow, found: _Looks) -> bool:
    """Whether a copy of the words is only looked at: for the first one, or those behind."""
    parent = syntax.parent[read]
    if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Load):
        index = ast.unparse(parent.slice)
        if index == "0":
            found.words.append(parent)
        elif index == "1:":
            found.rests.append(parent)
        return index in ("0", "1:")
    counts = syntax.parent[parent]
    if isinstance(counts, ast.Compare) and isinstance(parent, ast.Call):
        asked = ast.unparse(counts).removeprefix(f"len({read.id})").strip()
        return asked in NOTHING
    return _is_tested(read, syntax) or is_shown(read, syntax, flow, whole=False)


def _is_tested(node: ast.AST, syntax: Syntax) -> bool:
    """Whether it is only asked for whether there are words: ``if args and …``."""
    parent = syntax.parent[node]
    while isinstance(parent, ast.BoolOp) or (
        isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)
    ):
        node, parent = parent, syntax.parent[parent]
    return isinstance(parent, TESTED) and parent.test is node
