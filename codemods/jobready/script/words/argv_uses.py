"""What a script itself does with the words of its command line."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass, field

from jobready.script.parsers.launch_function import emitted_nodes
from jobready.script.parsers.parsers import calls_function
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.called import functions_of, taken_as
from jobready.script.values.flow import Flow
from jobready.script.values.parser_classes import PARSE_METHODS
from jobready.script.words.shown_words import (
    asks_for_none,
    is_shown,
    reads_of,
    stands_in,
)

# The expressions in which words are put together for a parse.
WORDS = (
    ast.BinOp,
    ast.List,
    ast.Starred,
    ast.IfExp,
    ast.Subscript,
    ast.Slice,
    ast.keyword,
)


def argv_uses(
    syntax: Syntax, flow: Flow, own: set[ast.AST], tests: Collection[ast.expr] = ()
) -> list[Place]:
    """Where the script changes ``sys.argv`` or decides something by it.

    Showing it, joining it for a log and taking the program's name decide nothing; a parse
    that is given ``sys.argv[1:]`` is a parse. The nodes in ``own`` are
    dealt with elsewhere, and so are the ``tests`` of whether there are words.
    """
    found = []
    words = _Words(syntax, flow, {n for test in tests for n in ast.walk(test)})
    written = emitted_nodes(syntax)
    names = {"argv"} | {
        alias.asname
        for node in syntax.of(ast.ImportFrom)
        if node.module == "sys"
        for alias in node.names
        if alias.asname
    }
    for node in (n for name in sorted(names) for n in syntax.named.get(name, ())):
        assert isinstance(node, (ast.Attribute, ast.Name))
        if node in written or node in own:
            continue
        if not _is_argv(node, flow):
            continue
        read = isinstance(node.ctx, ast.Load)
        if not read or not (is_shown(node, syntax, flow) or words.are_parsed(node)):
            found.append(syntax.place(node))
    return sorted(found, key=lambda place: (place.line, place.column))


def _is_argv(node: ast.Attribute | ast.Name, flow: Flow) -> bool:
    """Whether it is ``sys.argv``, or a name of it that may stand for other words too."""
    if flow.qualified(node) == "sys.argv":
        return True
    bindings = flow.bindings_of(node) if isinstance(node, ast.Name) else []
    return any(flow.imported(b) == "sys.argv" for b in bindings)


@dataclass(frozen=True)
class _Words:
    """Follows words of the command line to the parses that they are for.

    The nodes in ``tests`` ask for whether there are any.
    """

    syntax: Syntax
    flow: Flow
    tests: set[ast.AST]
    _asked: set[tuple[Function, str]] = field(default_factory=set)

    def are_parsed(self, node: ast.AST) -> bool:
        """Whether it is (part of) what is given to a parse, or a function that parses."""
        inside = node
        for ancestor in self.syntax.ancestors(node):
            if isinstance(ancestor, ast.Call):
                method = ancestor.func
                if isinstance(method, ast.Attribute) and method.attr in PARSE_METHODS:
                    if not calls_function(method, self.flow):
                        return True
                return self._only_parses(ancestor, inside)
            if isinstance(ancestor, ast.Assign):
                return self._only_name(ancestor)
            if isinstance(ancestor, ast.BoolOp):  # given or sys.argv[1:]
                if inside is not ancestor.values[-1]:
                    return False
            elif not isinstance(ancestor, WORDS):
                return False
            inside = ancestor
        return False

    def _only_name(self, statement: ast.Assign) -> bool:
        """Whether what gets the words is a name for the words of parses: ``argv = …``."""
        if not (isinstance(statement.value, ast.Subscript) or stands_in(statement.value)):
            return False  # words of the script's own may come behind
        reads = reads_of(statement, self.syntax)
        return bool(reads) and all(self._decide_nothing(n) for n in reads)

    def _only_parses(self, call: ast.Call, given: ast.AST) -> bool:
        """Whether what a call gets to is seen, and only parses the words, or shows them."""
        words = given.value if isinstance(given, ast.keyword) else given
        functions = functions_of(call, self.flow)
        return bool(functions) and all(self._are_for(words, call, f) for f in functions)

    def _are_for(self, words: ast.AST, call: ast.Call, function: Function) -> bool:
        """Whether a function only parses the words that a call gives it, or shows them."""
        taking = taken_as(words, call, function, self.flow)
        if len(taking) != 1:
            return False
        name = taking[0].arg
        if (function, name) in self._asked:
            return True  # it gives them to itself
        self._asked.add((function, name))
        named = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name)
        reads = (n for n in named if isinstance(n.ctx, ast.Load))
        return all(self._decide_nothing(n) for n in reads if self._is_given(n))

    def _is_given(self, node: ast.Name) -> bool:
        """Whether a name may still stand for a parameter: not in ``args = parse(args)``."""
        return any(b.kind == "parameter" for b in reaching(node, self.syntax))

    def _decide_nothing(self, node: ast.AST) -> bool:
        """Whether the words that a name stands for are only parsed, shown or looked for."""
        if node in self.tests or asks_for_none(node, self.syntax):
            return True
        if is_shown(node, self.syntax, self.flow, whole=False):
            return True
        return self.are_parsed(node)
