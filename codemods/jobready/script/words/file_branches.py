"""The branch of a script that takes all its values from a file instead of the words.

``if len(sys.argv) == 2 and sys.argv[1].endswith(".json"): parser.parse_json_file(…)`` is
what the examples of transformers do, and what is copied from them. A parser of the script's
own may also take more words, which override what the file has.
"""

from __future__ import annotations

import ast

from jobready.script.model import CountBranch
from jobready.script.parsers.own_readers import own_readers
from jobready.script.source.reaching import is_above
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Parser
from jobready.script.values.parser_classes import READ_FILES
from jobready.script.words.count_branches import (
    asked_of_count,
    excludes_launch,
    parts_of,
)

# What asks of the number of words whether there is one behind the script, or more.
ONE_OR_MORE = frozenset(("== 2", "> 1", ">= 2", "> 2", ">= 3"))


def read_file_branches(
    syntax: Syntax, flow: Flow
) -> list[tuple[CountBranch, set[ast.AST]]]:
    """The branches, each with the nodes of its test and body."""
    if not any(method in syntax.named for method in READ_FILES):
        return []
    found = []
    readers = READ_FILES | own_readers(syntax, flow)
    for node in syntax.of(ast.If):
        parts = parts_of(node.test)
        test = next((p for p in parts if asked_of_count(p, flow) in ONE_OR_MORE), None)
        parser = _parser(node, readers, syntax, flow)
        if isinstance(test, ast.Compare) and parser is not None:
            inside = {n for part in (node.test, *node.body) for n in ast.walk(part)}
            guarded = any(excludes_launch(p, flow) for p in parts)
            place = syntax.place(test)
            found.append((CountBranch(test, parser, place, guarded), inside))
    return found


def _parser(
    node: ast.If, readers: frozenset[str], syntax: Syntax, flow: Flow
) -> str | None:
    """The name of the parser that the body has read a file, if it had it before."""
    for inner in (n for s in node.body for n in ast.walk(s)):
        if isinstance(inner, ast.Attribute) and inner.attr in readers:
            read = inner.value
            if not isinstance(read, ast.Name):
                return None
            if any(isinstance(m, Parser) for m in flow.meanings(read)):
                scope = syntax.scope(node)
                bindings = syntax.bindings(read.id, scope)
                if syntax.owner(read.id, scope) is not scope:
                    return read.id
                if any(is_above(b, node.test, syntax) for b in bindings):
                    return read.id
    return None
