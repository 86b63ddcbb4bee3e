"""Words behind a command that the script hands on by itself, to the parser of the command.

``args = sys.argv[1:]``, then ``if args and args[0] == "train": train(args[1:])``, or
``COMMANDS[sys.argv[1]](*sys.argv[2:])``. The first word is no parameter: a job's entry
point names it. Each parse has a tail of the command line, behind which comes what a job
launches; a command line without the command has no such tail, and gets to no parse.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jobready.script.model import KeptName, Parse
from jobready.script.parsers.launch_function import emitted_nodes, launching_function
from jobready.script.parsers.parsers import calls_function
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.called import functions_of, taken_as
from jobready.script.values.flow import Flow
from jobready.script.values.function_values import values_called
from jobready.script.values.parser_classes import PARSE_METHODS
from jobready.script.values.tables import is_only_called_or_chosen
from jobready.script.words.first_word import only_chooses
from jobready.script.words.shown_words import (
    asks_for_none,
    is_shown,
    reads_of,
)
from jobready.script.words.some_words import asked_for_some, has_some

ELSEWHERE = "a module that isn't read may give this function words of its own"
# Of ``sys.argv``: the words without the program, and those behind the first of them.
ALL, BEHIND = "1:", "2:"


NONE = None, frozenset[ast.AST](), tuple[KeptName, ...]()


def read_words_behind(
    parses: Sequence[Parse], syntax: Syntax, flow: Flow
) -> tuple[Place | None, frozenset[ast.AST], tuple[KeptName, ...]]:
    """The first word of a script that hands on the others, and the nodes by which it does.

    None, and no nodes, where a parse may get other words than a tail of the command line,
    or something else may be decided by them. The names are those of the files whose
    functions get words: a module that isn't read may give them others, if it says the name.
    """
    words = _Words(syntax, flow)
    nodes = [n for n in syntax.named.get("argv", ()) if isinstance(n, ast.Attribute)]
    written = emitted_nodes(syntax)
    nodes = [n for n in nodes if n not in written and flow.qualified(n) == "sys.argv"]
    if not any(isinstance(syntax.parent[n], ast.Subscript) for n in nodes):
        return NONE
    seen = all(words.follow_all(node) for node in nodes)
    if not seen or not words.first or not words.parses or not words.are_all():
        return NONE
    others = (p for p in parses if p.call not in words.parses)
    if any(not _is_spelled_out(p.words) for p in others):
        return NONE
    if any(m.own or m.commands for p in parses for m in p.parsers):
        return NONE
    own = {*nodes, *(n for test in words.tests for n in ast.walk(test))}
    places = map(syntax.place, words.first)
    first = min(places, key=lambda p: (p.file or "", p.line))
    takers = [syntax.place(function) for function, _ in words.takers]
    names = (
        KeptName(Path(p.file).stem, p, ELSEWHERE) for p in takers if p.file is not None
    )
    return first, frozenset(own), tuple(names)


@dataclass(frozen=True)
class _Words:
    """Follows all words of the command line but the program, to whatever gets them.

    ``first`` are the reads of a first word, ``parses`` what gets words behind it, ``given``
    the expressions that stand for words, ``takers`` the parameters that get some, and
    ``tests`` ask whether there are any.
    """

    syntax: Syntax
    flow: Flow
    first: list[ast.expr] = field(default_factory=list)
    parses: set[ast.Call] = field(default_factory=set)
    given: set[ast.AST] = field(default_factory=set)
    takers: set[tuple[Function, ast.arg]] = field(default_factory=set)
    tests: list[ast.expr] = field(default_factory=list)
    _followed: set[tuple[ast.AST, bool]] = field(default_factory=set)

    def follow_all(self, argv: ast.Attribute) -> bool:
        """Whether all that is done with one ``sys.argv`` is seen and as it should be."""
        syntax, parent = self.syntax, self.syntax.parent[argv]
        if self._is_asked(argv):
            return True
        if not isinstance(parent, ast.Subscript) or not isinstance(parent.ctx, ast.Load):
            return is_shown(argv, syntax, self.flow)
        part = ast.unparse(parent.slice)
        if part == "1":
            return self._chooses(parent)
        if part == ALL:
            return self._never_stands_in(parent) or self._follow(parent, behind=False)
        if part == BEHIND and has_some(argv, syntax, self.flow):
            return self._follow(parent, behind=True)
        return is_shown(argv, syntax, self.flow)

    def are_all(self) -> bool:
        """Whether what gets words never gets any other."""
        names = (n for n in self.given if isinstance(n, ast.Name))
        bindings = {b for n in names for b in reaching(n, self.syntax)}
        return all(map(self._has_words, bindings)) and all(
            self._only_takes(function, parameter) for function, parameter in self.takers
        )

    def _has_words(self, binding: Binding) -> bool:
        """Whether what binds a name gives it words that are followed."""
        if binding.kind == "parameter":
            return (binding.scope.node, binding.node) in self.takers
        value = binding.value
        if binding.index is not None and isinstance(value, ast.Tuple):
            value = value.elts[binding.index]
        return value in self.given

    def _only_takes(self, function: Function, parameter: ast.arg) -> bool:
        """Whether all calls of a function give one of its parameters words."""
        if function.decorator_list or not is_only_called_or_chosen(function, self.flow):
            return False
        calls = self.flow.calls_for(function)
        if parameter is function.args.vararg:
            given = [_starred_alone(call) for call in calls]
        else:
            given = [self.flow.given_for(call, function, parameter) for call in calls]
        return all(value in self.given for value in given)

    def _follow(self, node: ast.expr, *, behind: bool) -> bool:
        """Whether words, all or those ``behind`` the first, get to parses only."""
        if (node, behind) in self._followed:
            return True
        self._followed.add((node, behind))
        self.given.add(node)
        syntax, parent = self.syntax, self.syntax.parent[node]
        if self._is_asked(node):
            return True
        match parent:
            case ast.Subscript(value=value, ctx=ast.Load()) if value is node:
                return self._follow_part(parent, node)
            case ast.Call(func=ast.Name(id="list" | "tuple"), args=[_], keywords=[]):
                return self._follow(parent, behind=behind)
            case ast.IfExp() if _given_or_not(parent) and parent.test is not node:
                return self._follow(parent, behind=behind)
            case ast.Assign():
                return self._follow_name(parent, None, behind=behind)
            case ast.Tuple() if isinstance(holder := syntax.parent[parent], ast.Assign):
                index = parent.elts.index(node)
                return self._follow_name(holder, index, behind=behind)
            case ast.Call() | ast.keyword() | ast.Starred() | ast.BinOp():
                return self._follow_given(node, behind=behind)
        return asks_for_none(node, syntax) or is_shown(node, syntax, self.flow, whole=False)

    def _follow_part(self, part: ast.Subscript, words: ast.expr) -> bool:
        """The first of some words, or those behind it."""
        index = ast.unparse(part.slice)
        if index == "0":
            return self._chooses(part)
        if index != "1:":
            return False
        return has_some(words, self.syntax, self.flow) and self._follow(part, behind=True)

    def _follow_name(
        self, statement: ast.Assign, index: int | None, *, behind: bool
    ) -> bool:
        """The reads of the name that gets words: ``args = …``, ``word, args = …, …``."""
        reads = reads_of(statement, self.syntax, index)
        return bool(reads) and all(self._follow(read, behind=behind) for read in reads)

    def _follow_given(self, node: ast.expr, *, behind: bool) -> bool:
        """Words in a call: of a parse, or of functions whose parameter gets them."""
        words, call = self._with_launched(node)
        given: ast.AST = words
        if isinstance(call, (ast.keyword, ast.Starred)):
            given, call = call, self.syntax.parent[call]
        if not isinstance(call, ast.Call) or given is call.func:
            return False
        method = call.func
        if isinstance(method, ast.Attribute) and method.attr in PARSE_METHODS:
            if not calls_function(method, self.flow):
                self.parses.add(call)
                return behind and not isinstance(given, ast.Starred)
        if words is not node:
            return False
        functions = self._functions(call)
        if is_shown(node, self.syntax, self.flow, whole=False):
            return True
        return bool(functions) and all(
            self._follow_taken(given, call, f, behind=behind) for f in functions
        )

    def _with_launched(self, node: ast.expr) -> tuple[ast.expr, ast.AST]:
        """The words with those of a job behind them, where so, and what has them."""
        parent = self.syntax.parent[node]
        match parent:
            case ast.BinOp(left=left, op=ast.Add(), right=right) if left is node:
                if launching_function(right, self.flow) is not None:
                    return parent, self.syntax.parent[parent]
            case ast.Starred():
                holder = self.syntax.parent[parent]
                match holder:
                    case ast.List(elts=[first, ast.Starred(value=last)]):
                        launched = launching_function(last, self.flow)
                        if first is parent and launched is not None:
                            return holder, self.syntax.parent[holder]
        return node, parent

    def _functions(self, call: ast.Call) -> list[Function]:
        """All functions that a call may get to; none where that isn't sure."""
        found = functions_of(call, self.flow)
        if found:
            return found
        values = [value for value, _ in values_called(call, self.flow)]
        functions = [v for v in values if isinstance(v, FUNCTIONS)]
        return functions if len(functions) == len(values) else []

    def _follow_taken(
        self, given: ast.AST, call: ast.Call, function: Function, *, behind: bool
    ) -> bool:
        """The parameter of a function that gets the words, one or ``*args``."""
        parameters = function.args
        if isinstance(given, ast.Starred):
            alone = _starred_alone(call) is given.value
            taken = [parameters.vararg] if parameters.vararg is not None else []
            if not alone or parameters.posonlyargs or parameters.args:
                return False
        else:
            words = given.value if isinstance(given, ast.keyword) else given
            taken = taken_as(words, call, function, self.flow)
            if len(taken) != 1:
                return False
        return all(self._follow_parameter(function, p, behind=behind) for p in taken)

    def _follow_parameter(
        self, function: Function, parameter: ast.arg, *, behind: bool
    ) -> bool:
        self.takers.add((function, parameter))
        named = [n for n in ast.walk(function) if isinstance(n, ast.Name)]
        named = [n for n in named if n.id == parameter.arg]
        for node in named:
            if isinstance(self.syntax.parent[node], (ast.AugAssign, ast.Delete)):
                return False
        reads = [n for n in named if isinstance(n.ctx, ast.Load)]
        return all(
            self._follow(n, behind=behind)
            for n in reads
            if any(b.node is parameter for b in reaching(n, self.syntax))
        )

    def _never_stands_in(self, words: ast.Subscript) -> bool:
        """Whether words stand in for what never is None: ``argv`` of all calls, say."""
        parent = self.syntax.parent[words]
        name = _given_or_not(parent)
        bindings = reaching(name, self.syntax) if name is not None else []
        return bool(bindings) and all(self._is_some(b) for b in bindings)

    def _is_some(self, binding: Binding) -> bool:
        """Whether a parameter never is None, by the calls that are seen."""
        function, parameter = binding.scope.node, binding.node
        if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
            return False
        if parameter is function.args.vararg:
            return True
        given = self.flow.given(binding)
        return bool(given) and not any(isinstance(g, ast.Constant) for g in given)

    def _chooses(self, word: ast.expr) -> bool:
        """Whether something is only chosen by a first word."""
        self.first.append(word)
        return only_chooses(word, self.syntax)

    def _is_asked(self, words: ast.expr) -> bool:
        """Whether it is only asked if there are words."""
        test = asked_for_some(words, self.syntax, self.flow)
        if test is not None:
            self.tests.append(test)
        return test is not None


def _is_spelled_out(words: ast.expr | None) -> bool:
    """Whether a parse is given words of the script's own, or none."""
    if not isinstance(words, ast.List):
        return False
    return not any(isinstance(e, ast.Starred) for e in words.elts)


def _given_or_not(node: ast.AST) -> ast.Name | None:
    """The name in ``sys.argv[1:] if argv is None else argv``, or the other way round."""
    match node:
        case ast.IfExp(test=ast.Compare(left=ast.Name(id=name), ops=[op])):
            given = node.orelse if isinstance(op, ast.Is) else node.body
        case _:
            return None
    if not ast.unparse(node.test).endswith(" None"):
        return None
    match given:
        case ast.Call(func=ast.Name(id="list" | "tuple"), args=[only], keywords=[]):
            given = only
    return given if isinstance(given, ast.Name) and given.id == name else None


def _starred_alone(call: ast.Call) -> ast.expr | None:
    """What a call gives with a star, if that is all it gives: ``train(*args)``."""
    match call:
        case ast.Call(args=[ast.Starred(value=value)], keywords=[]):
            return value
    return None
