"""What the function can't give a parser rightly, so that the script is refused."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.edits.job_args.branch import Branch
from jobready.edits.job_args.needs import BUILT_IN, branches
from jobready.outcome import Reason
from jobready.script.model import CommandsModel, Expression, Parameter, ParserModel, Value

# Actions that may set one dest in turn.
SHARE_A_DEST = frozenset(("store", "store_true", "store_false", "store_const"))
READING = ("r", "rb", "rt")
# What gives a value that has words by an option of its own, which no group knows.
WITHOUT_WORDS = frozenset((Branch.BOOLEAN_OPTIONAL, Branch.COUNT, Branch.VALUE))
_ITEMS: dict[str | None, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "str": (str,),
    None: (str,),
}


def unsupported(parameters: Sequence[Parameter]) -> tuple[Reason, ...]:
    """What of these parameters (of one parser) the function can't give, and why."""
    kept = [p for p in parameters if p.action not in ("help", "version")]
    return tuple(
        Reason.at(f"{_name(p)} {text}", p.place)
        for i, p in enumerate(kept)
        for text in (*_of_one(p), *_of_neighbours(p, kept[:i], kept))
    )


def unsupported_commands(parser: ParserModel) -> tuple[Reason, ...]:
    """What the function can't give a parser because it has commands, and why."""
    commands = parser.commands
    if commands is None:
        return ()
    found = [*_named_twice(parser, commands)]
    for p in parser.parameters:
        if p.positional:
            found.append(Reason.at(f"{_name(p)} is a positional beside commands", p.place))
        elif p.group is not None:
            text = f"{_name(p)} excludes other options, beside commands"
            found.append(Reason.at(text, p.place))
        elif sum(q.name == p.name for q in parser.parameters) > 1:
            text = f"{_name(p)} shares its dest with another option, beside commands"
            found.append(Reason.at(text, p.place))
    return tuple(found)


def _named_twice(parser: ParserModel, commands: CommandsModel) -> Iterator[Reason]:
    """What a command has under a name that its parser, or the command itself, has too."""
    ours = {p.name for p in parser.parameters}
    if commands.dest in ours:
        text = f"{commands.dest} is the name of an option and of the command"
        yield Reason.at(text, commands.place)
    for inner in _below(commands):
        for p in inner.parameters:
            if p.action in ("help", "version"):
                continue
            if p.name in ours:
                yield Reason.at(f"{_name(p)} is an option before the command too", p.place)
            elif commands.dest in {p.name, p.within and p.name.partition(".")[0]} - {None}:
                yield Reason.at(f"{_name(p)} has the name of the command too", p.place)
        taken = inner.commands
        if taken is not None and taken.dest in {*ours, commands.dest} - {None}:
            text = f"the commands of a command have the name {taken.dest} again"
            yield Reason.at(text, taken.place)


def _below(commands: CommandsModel) -> Iterator[ParserModel]:
    """The parsers of commands, and those of the commands that these have."""
    for inner in commands.parsers:
        yield inner
        if inner.commands is not None:
            yield from _below(inner.commands)


def _name(p: Parameter) -> str:
    return p.flags[-1] if p.flags else p.name


def _of_one(p: Parameter) -> Iterator[str]:
    if p.action == "append_const":
        yield "has action append_const, whose values the job can't name"
    elif p.positional and p.action in BUILT_IN - {"store"}:
        yield f"is a positional with action {p.action}"
    elif p.action == "extend" and p.nargs not in (None, "*", "+"):
        yield f"has action extend with nargs {_text(p.nargs)}"
    if p.nargs in ("...", "A..."):
        yield "takes the rest of the command line (nargs=REMAINDER; nargs='*' wouldn't)"
    if p.type_kind == "mixed enum":
        yield f"has type {p.type}, of which one member has the name that is another's value"
    if p.type_kind == "file" and p.type and not _only_reads(p.type):
        yield "may open its file for writing, which a clone would do under another name"
    if p.group is not None and WITHOUT_WORDS & branches((p,)):
        yield "excludes other options, and has values that no words give"
    if p.group == "required exclusive" and Branch.ACTION in branches((p,)):
        yield "may be the one that a group needs, by an action of the script's own"
    if p.group == "required exclusive" and Branch.ODD_SWITCH in branches((p,)):
        yield "is on already in a group that needs one of its options"
    if p.positional and p.nargs == "*" and isinstance(p.default, str) and p.type:
        yield f"has text as default, which argparse doesn't convert to {p.type} here"
    if p.action in ("append", "extend") and not _fits(p.default, p):
        yield f"has items in its default that {p.type or 'the command line'} doesn't make"
    if isinstance(p.default, dict) and not all(isinstance(k, str) for k in p.default):
        yield "has a dict with keys that are no text, which W&B records as text"


def _only_reads(file_type: str) -> bool:
    """Whether an ``argparse.FileType(…)`` opens what is there already."""
    call = ast.parse(file_type, mode="eval").body
    assert isinstance(call, ast.Call)
    modes = [*call.args[:1], *(k.value for k in call.keywords if k.arg in ("mode", None))]
    return all(isinstance(m, ast.Constant) and m.value in READING for m in modes)


def _fits(default: Value, p: Parameter) -> bool:
    """Whether the words of the default's items give the items again."""
    if p.type not in _ITEMS or not isinstance(default, list | tuple):
        return default is None or isinstance(default, list | tuple | Expression)
    items = [i for d in default for i in (d if isinstance(d, list | tuple) else [d])]
    kinds = _ITEMS[p.type]
    return all(isinstance(i, kinds) and not isinstance(i, bool) for i in items)


def _of_neighbours(
    p: Parameter, earlier: Sequence[Parameter], every: Sequence[Parameter]
) -> Iterator[str]:
    """What is wrong between parameters; told at the later one."""
    places = [q for q in every if q.positional] if p.positional else []
    if p is not next(iter(places), p) and any(q.nargs is not None for q in places):
        yield "is a positional beside others, of which one takes more or less than a word"
    before = [q for q in earlier if q.name == p.name and p.named]
    # argparse takes a flag twice only where the first isn't added, or is put out for it
    same = [q for q in before if not q.flags or not {*q.flags} <= {*p.flags}]
    if not same:
        return
    first = same[0]
    line = f"line {first.place.line}"
    if p.positional or first.positional:
        yield f"shares its dest with a positional ({line})"
    elif p.required or first.required:
        yield f"is required, or the other option with its dest is ({line})"
    elif {p.action, first.action} - SHARE_A_DEST:
        yield f"collects values in the same dest as another option ({line})"
    elif p.action == "store" and (p.type, p.nargs, p.choices) != (
        first.type,
        first.nargs,
        first.choices,
    ):
        yield f"has the same dest as another option of another kind ({line})"


def _text(value: Value) -> str:
    return value.source if isinstance(value, Expression) else repr(value)
