"""The branches of a script that parses other words where there is one alone.

``if sys.argv.__len__() == 2: args = parser.parse_args(["@" + sys.argv[1]])``, and without
it ``args = parser.parse_args()``: the one word names a file. Either way the words are those
of the command line and a job's come behind them, so their number decides nothing else.
"""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.parser_classes import PARSE_METHODS
from jobready.script.words.count_branches import asked_of_count


def read_word_branches(syntax: Syntax, flow: Flow) -> set[ast.AST]:
    """The nodes of all such statements, tests included."""
    found: set[ast.AST] = set()
    if not syntax.mentions("argv"):
        return found
    for node in syntax.of(ast.If):
        if asked_of_count(node.test, flow) is None or not node.orelse:
            continue
        parses = [_parse_of(block, flow) for block in (node.body, node.orelse)]
        if parses[0] is not None and parses[0] == parses[1]:
            found.update(ast.walk(node))
    return found


def _parse_of(block: list[ast.stmt], flow: Flow) -> str | None:
    """What a block that only parses gives its arguments to, and by which parser."""
    *before, last = block
    if not isinstance(last, ast.Assign) or not isinstance(last.value, ast.Call):
        return None
    method = last.value.func
    if not isinstance(method, ast.Attribute) or method.attr not in PARSE_METHODS:
        return None
    if any(not _names_words(s) for s in before):
        return None
    given = [*last.value.args, *(k.value for k in last.value.keywords)]
    if given and not _is_of_words(given, before, flow):
        return None  # words of the script's own: a job's would have come without them
    return f"{ast.unparse(last.targets[0])} = {ast.unparse(method)}"


def _is_of_words(given: list[ast.expr], before: list[ast.stmt], flow: Flow) -> bool:
    """Whether what a parse is given is made of a word of the command line."""
    inside = [n for part in given for n in ast.walk(part)]
    names = {n.id for n in inside if isinstance(n, ast.Name)}
    for statement in before:
        if isinstance(statement, ast.Assign):
            if ast.unparse(statement.targets[0]) in names:
                inside += ast.walk(statement.value)
    return any(
        isinstance(n, ast.Subscript) and flow.qualified(n.value) == "sys.argv"
        for n in inside
    )


def _names_words(statement: ast.stmt) -> bool:
    """Whether it only gives a name to words: ``name = "@" + sys.argv[1]``."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return False
    if not isinstance(statement.targets[0], ast.Name):
        return False
    return not any(isinstance(n, ast.Call) for n in ast.walk(statement.value))
