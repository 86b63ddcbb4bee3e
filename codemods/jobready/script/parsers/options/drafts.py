"""A parser while its parts are being collected, and the model that becomes of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jobready.script.model import CommandsModel, Expression, Parameter, ParserModel
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.dataclass_parts import dest_of
from jobready.script.values.parser_classes import ParserClass

# Statements that decide whether, or how often, what is in them happens.
CONDITIONS = (ast.If, ast.For, ast.While, ast.Try, ast.Match)


@dataclass
class CommandsDraft:
    """The commands of a parser: the key of the one that is given, and their parsers."""

    place: Place
    dest: str | None = None
    parsers: list[ast.Call] = field(default_factory=list)
    of_dataclasses: bool = False


@dataclass
class Draft:
    """What has been found of one parser so far."""

    call: ast.Call
    made: ParserClass
    parameters: list[Parameter] = field(default_factory=list)
    unseen: list[tuple[str, Place]] = field(default_factory=list)
    added: dict[Place, ast.Call] = field(default_factory=dict)
    defaults: list[ast.Call] = field(default_factory=list)
    commands: CommandsDraft | None = None
    parents: list[ast.Call] = field(default_factory=list)
    oddities: list[tuple[str, Place]] = field(default_factory=list)
    from_files: list[Place] = field(default_factory=list)
    by_objects: Place | None = None
    copied: bool = False
    given_only: bool = False
    dataclasses: list[ast.Call] = field(default_factory=list)


def inherit(drafts: Mapping[ast.Call, Draft], syntax: Syntax) -> None:
    """Give each parser the parameters of its parents."""
    done: set[ast.Call] = set()
    for call in drafts:
        _inherit(call, drafts, syntax, done)


def _inherit(
    call: ast.Call, drafts: Mapping[ast.Call, Draft], syntax: Syntax, done: set[ast.Call]
) -> None:
    if call in done:
        return
    done.add(call)
    draft = drafts[call]
    for parent in draft.parents:
        _inherit(parent, drafts, syntax, done)
        theirs = [
            _with_default(p, drafts[parent], syntax) for p in drafts[parent].parameters
        ]
        draft.parameters = theirs + draft.parameters
        draft.added |= {p.place: call for p in theirs}  # with the parser itself
        draft.unseen += drafts[parent].unseen
        draft.by_objects = draft.by_objects or drafts[parent].by_objects
        draft.commands = draft.commands or drafts[parent].commands


def finish(drafts: Mapping[ast.Call, Draft], syntax: Syntax) -> dict[ast.Call, ParserModel]:
    """The models of all parsers; those of commands are part of their parser's."""
    models: dict[ast.Call, ParserModel] = {}
    for call in drafts:
        _finish(call, (), drafts, syntax, models)
    return {call: models[call] for call in drafts}


def _finish(
    call: ast.Call,
    above: tuple[ast.Call, ...],
    drafts: Mapping[ast.Call, Draft],
    syntax: Syntax,
    models: dict[ast.Call, ParserModel],
) -> ParserModel:
    """The model of one parser, made once; ``above`` are those that it is a command of."""
    if call not in models:
        draft = drafts[call]
        inner = draft.commands.parsers if draft.commands else ()
        chain = (*above, call)
        parsers = [
            _finish(c, chain, drafts, syntax, models) for c in inner if c not in chain
        ]
        if any(c in chain for c in inner):
            text = "a command may be one of its own commands"
            draft.oddities.append((text, syntax.place(call)))
        models[call] = _model(draft, parsers, syntax)
    return models[call]


def _model(draft: Draft, commands: list[ParserModel], syntax: Syntax) -> ParserModel:
    # of a dataclass that several fields have the same places come again
    parameters = {(p.place, p.within and p.name): p for p in draft.parameters}
    ordered = sorted(parameters.values(), key=lambda p: (p.place.line, p.place.column))
    taking = draft.commands
    if draft.from_files and (taking or any(p.positional for p in ordered)):
        # a job's value for one is no word of its own, and wouldn't name a file
        text = "the parser reads words from files, and takes some by their place"
        draft.oddities += [(text, place) for place in draft.from_files]
    return ParserModel(
        call=draft.call,
        place=syntax.place(draft.call),
        parameters=tuple(_with_default(p, draft, syntax) for p in ordered),
        unseen=tuple(dict.fromkeys(draft.unseen)),
        commands=None
        if taking is None
        else CommandsModel(
            taking.place, taking.dest, tuple(commands), taking.of_dataclasses
        ),
        parents=tuple(draft.parents),
        oddities=tuple(dict.fromkeys(draft.oddities)),
        library=draft.made.library,
        own=bool(draft.made.own),
        by_objects=draft.by_objects,
        copied=draft.copied,
        given_only=draft.given_only,
        dataclasses=tuple(filter(None, map(dest_of, draft.dataclasses))),
    )


def _with_default(parameter: Parameter, draft: Draft, syntax: Syntax) -> Parameter:
    """The parameter with the default that ``set_defaults`` gives it.

    A default of its own counts where the parameter is added after that. Where a condition
    decides about the new one, only a run can tell which it is.
    """
    call = draft.added.get(parameter.place, draft.call)  # a dataclass's with the parser
    own = parameter.has_default
    for setting in draft.defaults:
        beside = syntax.scope(setting) is syntax.scope(call)
        if own and beside and setting.lineno < call.lineno:
            continue
        for keyword in setting.keywords:
            if keyword.arg in (parameter.name, None):
                value = literal(keyword.value)
                unsure = (own and not beside) or _depends(setting, call, syntax)
                if keyword.arg is None or unsure:
                    value = Expression(ast.unparse(keyword.value))
                parameter = replace(parameter, default=value, has_default=True)
    return parameter


def _depends(setting: ast.Call, call: ast.Call, syntax: Syntax) -> bool:
    """Whether a test or a loop decides about ``setting`` that isn't around ``call``."""
    around = {*syntax.ancestors(call)}
    deciding = (
        above
        for above in syntax.ancestors(setting)
        if isinstance(above, CONDITIONS) and above not in around
    )
    return any(
        not isinstance(above, ast.If) or "__name__" not in ast.unparse(above.test)
        for above in deciding
    )
