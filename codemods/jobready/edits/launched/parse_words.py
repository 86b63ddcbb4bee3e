"""The new words of each parse: those it had, and behind them the launched ones."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.edits.job_args.needs import takes_rest
from jobready.edits.launched.names import free_name, hidden, is_plain
from jobready.edits.launched.own_words import aims, has_own_words
from jobready.edits.launched.words import words_with_launched
from jobready.edits.plan import GIVEN, GuardEdit, ParseEdit, StopEdit
from jobready.outcome import Reason, Refused
from jobready.script.model import LOOKS, Parse, Script
from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.parser_classes import (
    first_parameter,
    is_super,
)

PARSER_NAMES = ("parser", "arg_parser", "argument_parser")


def needs_sys(script: Script) -> bool:
    """Whether a line that is emitted for a script names ``sys.argv``."""
    asks = any(m.commands or any(map(takes_rest, m.parameters)) for m in script.parsers)
    asks = asks or any(p.leaves_words for p in script.parses)
    return asks or words_need_sys(script)


def words_need_sys(script: Script) -> bool:
    """Whether the words of a parse, without the function, name ``sys.argv``."""
    if script.asked_words:
        return True
    return any("{argv}" in (words_with_launched(p, script) or "") for p in script.parses)


def launched_parses(script: Script) -> list[Parse]:
    """The parses that get launched values: all but those that only show the defaults.

    Words that the script spells out, as in ``defaults = parser.parse_args([])``, or reads
    from a file are none of the command line's. They get launched values where none of its
    parameters is read from other words, or where both parses give the same name: one for a
    notebook, say.
    """
    own = [p for p in script.parses if has_own_words(p, script)]
    reading = [p for p in script.parses if p not in own]
    if not own or not reading:
        return list(script.parses)
    return [
        p
        for p in script.parses
        if p in reading
        or not any(_parameters(r) & _parameters(p) for r in reading)
        or any(aims(p.call, script) & aims(r.call, script) for r in reading)
    ]


def _parameters(parse: Parse) -> set[Place]:
    """Where the parameters of a parse are added: other parsers may inherit them."""
    return {p.place for m in parse.parsers for p in m.parameters}


def parse_edits(
    script: Script, name: str, sys: str, parses: Sequence[Parse]
) -> tuple[ParseEdit, ...] | Refused:
    """The edits of the parses, for a function called ``name``.

    ``sys`` is what the file calls that module.
    """
    syntax: Syntax = script.syntax
    if script.asked_words:
        return _above(script, name, sys, parses)
    edits: list[ParseEdit] = []
    for parse in parses:
        assert isinstance(parse.call.func, ast.Attribute)
        receiver = parse.call.func.value
        hoist = None
        text = ast.unparse(receiver)
        if is_super(receiver):
            method = syntax.scope(parse.call).node
            named = first_parameter(method) if isinstance(method, FUNCTIONS) else None
            if named is None:
                why = "the parser has no name where super() parses"
                return Refused((_reason(why, parse.place),))
            text = named
        elif not is_plain(receiver):
            hoist = text = free_name(PARSER_NAMES, syntax, syntax.scope(parse.call))
            beside = [
                e for e in edits if syntax.statement(e.call) is syntax.statement(parse.call)
            ]
            if beside or not _can_hoist(parse, syntax):
                why = "the parser has no name and the statement leaves no room for one"
                return Refused((_reason(why, parse.place),))
        words = words_with_launched(parse, script)
        if words is None:
            given = ast.unparse(parse.words or parse.call)
            why = f"can't tell what words the parse is given: {given}"
            return Refused((_reason(why, parse.place),))
        why_not = hidden("sys", sys, parse.call, script) if "{argv}" in words else None
        if why_not is not None:
            return Refused((why_not,))
        launched = f"{name}({text})"
        words = words.format(argv=f"{sys}.argv[1:]", given=GIVEN, launched=launched)
        edits.append(ParseEdit(parse.call, words, hoist))
    return tuple(edits)


def _above(
    script: Script, name: str, sys: str, parses: Sequence[Parse]
) -> tuple[ParseEdit, ...] | Refused:
    """The line above the parse by which the words are seen in ``sys.argv`` too."""
    if script.foreign:  # which may take them for its own
        name_of_it, place = script.foreign[0]
        text = f"{LOOKS}, and {name_of_it} may see what is launched there"
        return Refused((_reason(text, place),))
    edits = []
    for parse in parses:
        assert isinstance(parse.call.func, ast.Attribute)
        parser = parse.call.func.value
        if not is_plain(parser) or not _can_hoist(parse, script.syntax):
            return Refused(tuple(_reason(LOOKS, place) for place in script.asked_words))
        why_not = hidden("sys", sys, parse.call, script)
        if why_not is not None:
            return Refused((why_not,))
        line = f"{sys}.argv += {name}({ast.unparse(parser)})"
        edits.append(ParseEdit(parse.call, GIVEN, above=line))
    return tuple(edits)


def called_name(parses: Sequence[Parse], function: ast.FunctionDef, flow: Flow) -> str:
    """What a file calls a function that its parses get launched values from."""
    given = [
        p.words if p.above is None else p.above.value
        for p in parses
        if p.function is function
    ]
    words = [w for w in given if w is not None]
    inside = (n for w in words for n in ast.walk(w) if isinstance(n, ast.Call))
    return next(ast.unparse(n.func) for n in inside if flow.function(n.func) is function)


def guard_edits(script: Script, name: str) -> tuple[GuardEdit | StopEdit, ...]:
    """What keeps a job that launches values from branches without words.

    The tests for no word, or a file alone, don't pass; where the environment holds all
    values the job stops, for it can't be told which of them it would take.
    """
    guards = (
        GuardEdit(branch.test, f"not {name}({branch.parser})")
        for branch in script.count_branches
        if not branch.guarded
    )
    stops = (
        StopEdit(
            script.syntax.statement(branch.call),
            f"{name}({branch.parser})",
            f'{branch.parser}.error("{branch.given}: not allowed with a W&B config")',
        )
        for branch in script.stop_branches
        if not branch.stopped
    )
    return *guards, *stops


def _can_hoist(parse: Parse, syntax: Syntax) -> bool:
    """Whether a line before the statement can make the parser."""
    statement = syntax.statement(parse.call)
    if not isinstance(statement, (ast.Assign, ast.Return, ast.Expr)):
        return False
    if syntax.scope(statement).is_class:
        return False  # the name would be an attribute of the class
    holder = syntax.parent[statement]
    for block in ("body", "orelse", "finalbody"):
        beside = getattr(holder, block, None)
        if isinstance(beside, list) and statement in beside:
            index = beside.index(statement)
            if index and beside[index - 1].end_lineno == statement.lineno:
                return False
            if index + 1 < len(beside) and beside[index + 1].lineno == statement.end_lineno:
                return False
    if not syntax.part_of(statement).begins_line(statement):
        return False
    return _comes_first(parse.call, statement, syntax)


def _comes_first(call: ast.Call, statement: ast.stmt, syntax: Syntax) -> bool:
    """Whether nothing of the statement is evaluated before the call."""
    inside: ast.AST = call
    for ancestor in syntax.ancestors(call):
        if ancestor is statement:
            return True
        if isinstance(ancestor, ast.Call):
            first = ancestor.args[:1] == [inside] and isinstance(ancestor.func, ast.Name)
            if not first and ancestor.func is not inside:
                return False
        elif isinstance(ancestor, (ast.Attribute, ast.Subscript)):
            if ancestor.value is not inside:
                return False
        else:
            return False
        inside = ancestor
    return False


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
