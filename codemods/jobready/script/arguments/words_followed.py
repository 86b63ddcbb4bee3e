"""Where words of the command line go, through names and functions, to the parses."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from jobready.script.arguments.parsers import calls_function
from jobready.script.arguments.shown_words import (
    asks_for_none,
    is_shown,
    reads_of,
    stands_in,
)
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.called import functions_of
from jobready.script.values.flow import Flow
from jobready.script.values.parser_classes import PARSE_METHODS

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


@dataclass(frozen=True)
class WordsFollowed:
    """Follows words of the command line to the parses that they are for.

    The nodes in ``tests`` ask for whether there are any. ``parses`` are those it came to,
    and ``handed`` the calls by which it came to each function.
    """

    syntax: Syntax
    flow: Flow
    tests: set[ast.AST]
    parses: set[ast.Call] = field(default_factory=set)
    handed: dict[Function, set[ast.Call]] = field(default_factory=dict)
    _asked: set[tuple[Function, str]] = field(default_factory=set)

    def are_parsed(self, node: ast.AST) -> bool:
        """Whether it is (part of) what is given to a parse, or a function that parses."""
        inside = node
        for ancestor in self.syntax.ancestors(node):
            if isinstance(ancestor, ast.Call):
                method = ancestor.func
                if isinstance(method, ast.Attribute) and method.attr in PARSE_METHODS:
                    if not calls_function(method, self.flow):
                        self.parses.add(ancestor)
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
        for function in functions:
            self.handed.setdefault(function, set()).add(call)
        return bool(functions) and all(self._are_for(words, call, f) for f in functions)

    def _are_for(self, words: ast.AST, call: ast.Call, function: Function) -> bool:
        """Whether a function only parses the words that a call gives it, or shows them."""
        taking = self._taking(words, call, function)
        if taking is None:
            return False
        name = taking.arg
        if (function, name) in self._asked:
            return True  # it gives them to itself
        self._asked.add((function, name))
        named = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name)
        reads = (n for n in named if isinstance(n.ctx, ast.Load))
        return all(self._decide_nothing(n) for n in reads if self._is_given(n))

    def _taking(self, words: ast.AST, call: ast.Call, function: Function) -> ast.arg | None:
        """The parameter that takes the words: also all of ``*words``, if that is all."""
        given = function.args
        if isinstance(words, ast.Starred):
            alone = call.args == [words] and not call.keywords
            return given.vararg if alone and not (given.posonlyargs or given.args) else None
        parameters = (*given.posonlyargs, *given.args, *given.kwonlyargs)
        taking = [p for p in parameters if self.flow.given_for(call, function, p) is words]
        return taking[0] if len(taking) == 1 else None

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
