"""The words that a script looks for in ``sys.argv``: ``if "--wandb" in sys.argv``.

A job has no words, only values. Where a word is a switch that a job may launch, and is
only asked for behind the parse, the launched words can stand in ``sys.argv`` by then. A
word that no parameter has is none of a job's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from jobready.script.model import OF_FIELDS, Parameter, Parse, ParserModel
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.order import running_scope, surely_behind
from jobready.script.values.parser_classes import ARGPARSE


def asked_word(test: ast.AST, flow: Flow) -> str | None:
    """The word in ``"--wandb" in sys.argv``, ``not in`` or in ``sys.argv[1:]``."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    word, words = test.left, test.comparators[0]
    if not isinstance(test.ops[0], (ast.In, ast.NotIn)):
        return None
    if not isinstance(word, ast.Constant) or not isinstance(word.value, str):
        return None
    if isinstance(words, ast.Subscript) and ast.unparse(words.slice) == "1:":
        words = words.value
    return word.value if flow.qualified(words) == "sys.argv" else None


def read_asked_words(
    parsers: Sequence[ParserModel], parses: Sequence[Parse], syntax: Syntax, flow: Flow
) -> tuple[list[Place], set[ast.AST]]:
    """Where a switch is asked for that the words in ``sys.argv`` would answer for.

    And the nodes of all tests that need nothing else to be done.
    """
    places: list[Place] = []
    known: set[ast.AST] = set()
    for test in syntax.of(ast.Compare) if syntax.mentions("argv") else ():
        word = asked_word(test, flow)
        named = None if word is None else _parameters(word, parsers)
        if word is None or named is None:
            continue
        if named:
            answered = (
                _can_stand_there(parsers, parses)
                and _is_switch(word, named[0])
                # an option with the same dest may say otherwise
                and sum(p.name == named[0].name for p in parsers[0].parameters) == 1
                and _is_read(test, syntax, flow)
                and surely_behind(test, parses[0].call, syntax, flow)
            )
            if not answered:
                continue
            places.append(syntax.place(test))
        known.update(ast.walk(test))
    return places, known


def _parameters(word: str, parsers: Iterable[ParserModel]) -> list[Parameter] | None:
    """The parameters that a job launches by such a word; None where it can't be told."""
    every = [p for m in parsers for p in m.parameters]
    if not word.startswith("-") or not word.lstrip("-")[:1].isalpha():
        return None  # a value may be that word
    if any(m.unseen or m.oddities for m in parsers) or not every:
        return None
    if any(not p.named or p.type_kind in ("any", *OF_FIELDS) for p in every):
        return None
    named = [p for p in every if word in p.flags]
    if not named and any(_may_be(word, flag) for p in every for flag in p.flags):
        return None
    return [p for p in named if p.action not in ("help", "version")]


def _may_be(word: str, flag: str) -> bool:
    """Whether argparse may take a word for a flag: ``--lr=1``, ``--l`` and ``-x1``."""
    return flag.startswith(word.partition("=")[0]) or (
        len(flag) == 2 and word.startswith(flag)
    )


def _can_stand_there(parsers: Sequence[ParserModel], parses: Sequence[Parse]) -> bool:
    """Whether there is one parse, which would take the launched words from ``sys.argv``."""
    if len(parsers) != 1 or len(parses) != 1 or parses[0].words is not None:
        return False
    (parser,) = parsers
    return parser.library == ARGPARSE and not parser.own and parser.commands is None


def _is_switch(word: str, parameter: Parameter) -> bool:
    """Whether a launched value that isn't the default gives the word, and only that."""
    if parameter.action not in ("store_true", "store_false"):
        return False
    off = parameter.action == "store_false"
    return parameter.flags[-1] == word and parameter.default is off


def _is_read(test: ast.Compare, syntax: Syntax, flow: Flow) -> bool:
    """Whether all that may run the test is read: in the script, or on the way to a run."""
    if syntax.place(test).file is None:
        return True
    starts = flow.calls.get("wandb.init", ())
    return any(running_scope(test, syntax).node in syntax.ancestors(c) for c in starts)
