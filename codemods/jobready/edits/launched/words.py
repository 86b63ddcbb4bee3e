"""The words of a parse, with those that a job's config adds."""

from __future__ import annotations

import ast

from jobready.edits.launched.names import is_plain
from jobready.script.model import Parse, Script
from jobready.script.source.reaching import reaching, statements_above
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Foreign, Rest
from jobready.script.values.parser_classes import CONFIG_FILE_PARSERS


def words_with_launched(parse: Parse, script: Script) -> str | None:
    """The words of a parse with the launched ones behind them; None where it's not clear.

    In the text ``{given}`` is what it was given, ``{argv}`` the command line and
    ``{launched}`` the list of what a job's config adds.
    """
    flow: Flow = script.flow
    words = parse.words
    if words is None:
        return "{argv} + {launched}"
    if isinstance(words, ast.List):
        # a list without a word may hold a comment
        empty = not words.elts and words.lineno == words.end_lineno
        return "{launched}" if empty else "{given} + {launched}"
    argv = words.value if isinstance(words, ast.Subscript) else words
    if flow.qualified(argv) == "sys.argv":
        return "{given} + {launched}"
    meanings = flow.meanings(words)
    if meanings and all(isinstance(m, Rest) for m in meanings):
        return "{given} + {launched}"
    if isinstance(words, ast.Call) and _makes_list(words):
        return "{given} + {launched}"
    if _splits(parse) and not _is_no_text(words, flow):
        return None
    if isinstance(words, ast.Name) and _is_list(words, script):
        return "{given} + {launched}"
    if _never_none(words, script):
        return "[*{given}, *{launched}]"
    if not is_plain(words):
        return None
    text = ast.unparse(words)  # a name, which needs no {braces} of its own
    return f"[*({{argv}} if {text} is None else {{given}}), *{{launched}}]"


def _splits(parse: Parse) -> bool:
    """Whether the parse would take one text and split it: ConfigArgParse does."""
    return any(p.library in CONFIG_FILE_PARSERS for p in parse.parsers)


def _is_no_text(words: ast.expr, flow: Flow) -> bool:
    """Whether all that the words may be is seen, and is a list of them or None."""
    nodes = (m.node if isinstance(m, Foreign) else None for m in flow.meanings(words))
    return all(
        isinstance(n, (ast.List, ast.Subscript))
        or (isinstance(n, ast.Call) and _makes_list(n))
        for n in nodes
    )


def _is_list(words: ast.Name, script: Script) -> bool:
    """Whether a name is surely that of a list: ``argv = sys.argv[1:]``, ``list(words)``."""
    values = [b.value for b in reaching(words, script.syntax) if b.index is None]
    return bool(values) and all(
        (isinstance(v, ast.Call) and _makes_list(v))
        or (v is not None and _spells_words(v, script))
        for v in values
    )


def _spells_words(value: ast.expr, script: Script) -> bool:
    """Whether an expression is a list of words: of the command line, or spelled out."""
    if isinstance(value, ast.List):
        return True
    if not isinstance(value, ast.Subscript) or not isinstance(value.slice, ast.Slice):
        return False
    return bool(script.flow.qualified(value.value) == "sys.argv")


def _never_none(words: ast.expr, script: Script) -> bool:
    """Whether words that are given are some, and not None for those of the command line.

    ``argv or sys.argv[1:]``, ``sys.argv[1:] if argv is None else argv``, or a name that
    gets those of the command line where it is None.
    """
    if isinstance(words, ast.BoolOp):
        last = words.values[-1]
        return isinstance(words.op, ast.Or) and _spells_words(last, script)
    if isinstance(words, ast.IfExp):
        test = ast.unparse(words.test)
        given, other = (_copied(part) for part in (words.body, words.orelse))
        if test in (given, f"{given} is not None"):
            return _spells_words(words.orelse, script)
        if test in (f"{other} is None", f"not {other}"):
            return _spells_words(words.body, script)
        return False
    return is_plain(words) and (
        _is_given(words, script.syntax)
        or _is_completed(words, script)
        or (isinstance(words, ast.Name) and _is_made_whole(words, script))
    )


def _copied(words: ast.expr) -> str | None:
    """The plain words that a list is made of, or these themselves; None for others."""
    if (
        isinstance(words, ast.Call)
        and name_of(words.func) == "list"
        and len(words.args) == 1
    ):
        words = words.args[0]
    return ast.unparse(words) if is_plain(words) else None


def _is_made_whole(words: ast.Name, script: Script) -> bool:
    """Whether a name got those of the command line where there were no others."""
    values = [b.value for b in reaching(words, script.syntax) if b.index is None]
    return bool(values) and all(
        isinstance(v, (ast.BoolOp, ast.IfExp)) and _never_none(v, script) for v in values
    )


def _is_completed(words: ast.expr, script: Script) -> bool:
    """Whether ``if argv is None: argv = sys.argv[1:]`` stands above the parse."""
    syntax: Syntax = script.syntax
    text = ast.unparse(words)
    inside: ast.AST = words
    for ancestor in syntax.ancestors(words):
        if any(_completes(s, text, script) for s in statements_above(inside, ancestor)):
            return not isinstance(ancestor, (ast.For, ast.While))
        if isinstance(ancestor, FUNCTIONS):
            return False
        inside = ancestor
    return False


def _completes(statement: ast.AST, text: str, script: Script) -> bool:
    if not isinstance(statement, ast.If) or len(statement.body) != 1 or statement.orelse:
        return False
    only = statement.body[0]
    if ast.unparse(statement.test) != f"{text} is None" or not isinstance(only, ast.Assign):
        return False
    targets = [ast.unparse(t) for t in only.targets]
    return targets == [text] and _spells_words(only.value, script)


def _is_given(words: ast.expr, syntax: Syntax) -> bool:
    """Whether the parse stands under ``if words is not None`` or ``if words``."""
    text = ast.unparse(words)
    inside: ast.AST = words
    for ancestor in syntax.ancestors(words):
        if isinstance(ancestor, ast.If) and inside in ancestor.body:
            return ast.unparse(ancestor.test) in (f"{text} is not None", text)
        inside = ancestor
    return False


def _makes_list(call: ast.Call) -> bool:
    """Whether the call returns a list for sure: ``text.split()``, ``shlex.split(text)``."""
    name = ast.unparse(call.func)
    return name in ("list", "sorted") or name.rpartition(".")[2] == "split"
