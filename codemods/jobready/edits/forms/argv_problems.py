"""What form ``argv`` can't give rightly: of a parser, of a parse, of a whole script."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations
from types import NoneType

from jobready.edits.forms.asked_before import other_twins
from jobready.edits.forms.shared_parameters import (
    are_only_read,
    gives_the_same,
    into_the_same,
    is_set_between,
    namespaces,
)
from jobready.edits.job_args import unsupported, unsupported_commands
from jobready.edits.launched.job_config import rank_parameters
from jobready.edits.launched.names import FUNCTION_NAMES
from jobready.edits.launched.own_words import is_spelled, sometimes_own
from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.shown.init_config import config_reads
from jobready.edits.shown.read_back import key_taken, read_back
from jobready.outcome import Reason
from jobready.script.files.start_commands import PUT_TOGETHER
from jobready.script.model import LOOKS, Parameter, Parse, ParserModel, Script
from jobready.script.parsers.launch_function import own_launch_config
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Foreign, Rest
from jobready.script.values.order import runs_behind
from jobready.script.values.parser_classes import CONFIG_FILE_PARSERS, SIMPLE_PARSERS, TAPS


def problems(script: Script) -> list[Reason]:
    """All that stands against form argv; none where it can serve the script."""
    found: list[Reason] = [r for p in script.parses for r in _lost_function(p, script)]
    if found:
        return found  # which is why the rest can't be told
    for parser in script.parsers:
        for text, place in (*parser.unseen, *parser.oddities):
            found.append(_reason(text, place))
        found += unsupported(parser.parameters)
        found += unsupported_commands(parser)
        found += _of_library(parser)
    for parse in script.parses:
        found += _shared_stages(parse, script)
        found += _intermixed(parse)
    found += _spelled_commands(script)
    text = "the parse is given words of its own here, which a job's values would override"
    found += [_reason(text, place) for place in sometimes_own(script)]
    found += _parsed_again(script)
    found += _other_parameters(script)
    found += read_back(script)
    for place in script.argv_uses:
        found.append(_reason(LOOKS, place))
    found += [_reason(text, place) for text, place in script.doubts]
    if script.command_word is not None and script.asked_words:
        found.append(_reason(LOOKS, script.asked_words[0]))
    found += started_anew(script)
    found += _held_before(script)
    own = own_launch_config(script.syntax)
    if own is not None:
        found.append(_reason("the script takes the config of a launched job itself", own))
    if not any(m.parameters for m in script.parsers):
        found.append(Reason("no parameters were found on the parser"))
    return list(dict.fromkeys(found))


def _held_before(script: Script) -> list[Reason]:
    """What a parse finds in a Namespace that no word gives: ``Namespace(n=4)``.

    A clone has it from the run as it is, and gives it by a word, which is a text for an
    option without a type.
    """
    untyped = {p.name for p in script.parameters if p.type_kind in ("none", "str")}
    untyped -= {p.name for p in script.parameters if p.action not in ("store", "append")}
    return [
        _reason(f"{name} has a value here that no word gives", parse.place)
        for parse in launched_parses(script)
        for given in namespaces(parse)
        for name, value in _put_in(given, script)
        if name in untyped and not isinstance(literal(value), (str, NoneType))
    ]


def _put_in(namespace: ast.expr, script: Script) -> Iterator[tuple[str, ast.expr]]:
    """What a Namespace is made with, and what is set on it: ``held.n = 4``."""
    held = {m for m in script.flow.meanings(namespace) if isinstance(m, Foreign)}
    for made in (m.node for m in held):
        for keyword in made.keywords if isinstance(made, ast.Call) else ():
            if keyword.arg is not None:
                yield keyword.arg, keyword.value
    for statement in script.syntax.of(ast.Assign) if held else ():
        for target in statement.targets:
            if isinstance(target, ast.Attribute) and held & script.flow.meanings(
                target.value
            ):
                yield target.attr, statement.value


def started_anew(script: Script) -> list[Reason]:
    """What the script says to processes that it starts of itself, before a job's values.

    A launcher's own words, such as a rank, no job launches, and where such processes are
    told apart they get none of its values.
    """
    if script.own_words:
        return list(_lost_keys(script))[:1]
    ranks = {name for name, _ in rank_parameters(script)}
    own = {f for p in script.parameters if p.name not in ranks for f in p.flags}
    given = {
        option: place
        for option, place in reversed(script.started_anew)
        if option in own or option == PUT_TOGETHER
    }
    if not given:
        return _starts_itself(script)
    spelled = [option for option in reversed(given) if option != PUT_TOGETHER]
    options = ", ".join(spelled) or "options that it puts together"
    text = f"the script is started anew with words of its own for {options}"
    return [_reason(f"{text}, which a job's values would override", [*given.values()][-1])]


def _lost_keys(script: Script) -> Iterator[Reason]:
    """What only a job gives, and is read from a run's config.

    Processes that have their own words have no config of a job.
    """
    syntax: Syntax = script.syntax
    known = {p.name for p in script.parameters}
    known |= {key for run in script.runs for _, key in run.renamed}
    known |= {k.arg for k in syntax.of(ast.keyword) if k.arg is not None}
    keys = (key for node in syntax.of(ast.Dict) for key in node.keys)
    known |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    for read, name in config_reads(script):
        key = key_taken(read, name, script)
        is_set = isinstance(getattr(syntax.parent[read], "ctx", None), (ast.Store, ast.Del))
        if key and key not in known and not is_set:
            text = f"{key} is read from the run's config, which only the first process has"
            yield _reason(text, syntax.place(read))


def _starts_itself(script: Script) -> list[Reason]:
    """Where the script is started anew without a word that a job has a value for.

    Not where a launcher's word for each rank is all that it gets.
    """
    given = [option for option, _ in script.started_anew if option]
    bare = [place for option, place in script.started_anew if not option]
    text = "the script starts itself here, without words that a job's values would give"
    return [_reason(text, place) for place in bare[:1] if not given]


def _of_library(parser: ParserModel) -> list[Reason]:
    """What a parser of another library than argparse does in its own way."""
    if parser.library not in CONFIG_FILE_PARSERS | TAPS | SIMPLE_PARSERS:
        return []
    if parser.commands is not None and not parser.commands.of_dataclasses:
        text = f"a parser of {parser.library} has commands"
        return [_reason(text, parser.commands.place)]
    if parser.library not in CONFIG_FILE_PARSERS:
        return []
    known = [p.name for p in parser.parameters]
    return [
        _reason(f"{p.name}: a file may set one of its options, a job another", p.place)
        for i, p in enumerate(parser.parameters)
        if p.name in known[:i]
    ]


def _lost_function(parse: Parse, script: Script) -> Iterator[Reason]:
    """The function that a parse gets its launched values from, where it isn't there."""
    flow: Flow = script.flow
    if parse.words is None or parse.function is not None:
        return
    for node in ast.walk(parse.words):
        name = flow.qualified(node.func) if isinstance(node, ast.Call) else None
        if name is not None and name.rpartition(".")[2] in FUNCTION_NAMES:
            text = f"{name}, which gives it launched values, isn't found"
            advice = "restore it, or migrate with --shared"
            yield Reason.at(f"{text}: {advice}", parse.place)


def _intermixed(parse: Parse) -> list[Reason]:
    """Positionals of a parse that takes options alone first, and positionals then."""
    assert isinstance(parse.call.func, ast.Attribute)
    if "intermixed" not in parse.call.func.attr:
        return []
    places = [p for m in parse.parsers for p in m.parameters if p.positional]
    text = f"takes positionals between options ({parse.call.func.attr})"
    return [_reason(f"{p.name}: the parse {text}", p.place) for p in places[:1]]


def _spelled_commands(script: Script) -> Iterator[Reason]:
    """A command that stands in words of the script's own, where the job can't see it."""
    for parse in launched_parses(script):
        if parse.words is None or all(m.commands is None for m in parse.parsers):
            continue
        words = [parse.words]
        if isinstance(parse.words, ast.Name):
            bound = reaching(parse.words, script.syntax)
            words += [b.value for b in bound if b.value]
            words += [value for b in bound for value in _given(b, script.flow)]
        if any(isinstance(w, ast.List) and is_spelled(w) for w in words):
            text = "the command may stand in words that are spelled out here"
            yield _reason(text, parse.place)


def _given(parameter: Binding, flow: Flow) -> Iterator[ast.expr]:
    """What the calls of its function give a parameter, as far as they are seen."""
    function, node = parameter.scope.node, parameter.node
    if isinstance(function, FUNCTIONS) and isinstance(node, ast.arg):
        yield from flow.given_by_calls(function, node)


def _parsed_again(script: Script) -> Iterator[Reason]:
    """A parser that a launched positional changes, and that parses another time.

    What may be left out is needed once it is launched, in every parse.
    """
    launched = launched_parses(script)
    for parse in script.parses:
        if parse in launched:
            continue
        for p in (p for m in parse.parsers for p in m.parameters):
            if p.positional and p.nargs in ("?", "*"):
                text = f"{p.name} is parsed another time (line {parse.place.line})"
                yield _reason(f"{text}, where it may be missing", p.place)


def _shared_stages(parse: Parse, script: Script) -> list[Reason]:
    """A second stage whose parser has parameters that the first stage has taken.

    Not where both leave the same value in the same arguments.
    """
    flow: Flow = script.flow
    if parse.words is None:
        return []
    earlier = _earlier_stages(parse, script)
    ours: dict[str, list[Parameter]] = {}
    for p in (p for m in parse.parsers for p in m.parameters):
        ours.setdefault(p.name, []).append(p)
    return [
        _reason(f"the first stage of the parse takes {p.name!r} too", parse.place)
        for stage in earlier
        if stage.parsers != parse.parsers
        for m in stage.parsers
        for p in m.parameters
        if p.name in ours
        and not (
            into_the_same(parse, stage, flow)
            and are_only_read(parse, stage, flow)
            and not is_set_between(p.name, parse, script)
            and all(gives_the_same(p, other) for other in ours[p.name])
        )
    ][:1]


def _earlier_stages(parse: Parse, script: Script) -> list[Parse]:
    """The parses that have left the words of this one, each to the next."""
    found = [parse]
    for later in found:  # which grows
        rests = set(_rests(later, script.flow))
        found += [p for p in script.parses if p.call in rests and p not in found]
    return found[1:]


def _rests(parse: Parse, flow: Flow) -> Iterator[ast.Call]:
    """The parses that have left words of which those of a parse are made."""
    waiting: list[ast.AST] = [] if parse.words is None else [parse.words]
    seen: set[ast.AST] = set()
    while waiting:
        for node in ast.walk(waiting.pop()):
            if not isinstance(node, ast.expr) or node in seen:
                continue
            seen.add(node)
            yield from (m.parse for m in flow.meanings(node) if isinstance(m, Rest))
            if isinstance(node, ast.Name):
                waiting += [v for b in reaching(node, flow.syntax) for v in flow.given(b)]


def _other_parameters(script: Script) -> list[Reason]:
    """Parameters of two parses that share a name and little else.

    The job's one value would be given to both, and the run shows one for both.
    """
    found = []
    parses = launched_parses(script)
    for first, later in combinations(parses, 2):
        if not runs_behind(later.call, first.call, script.syntax, script.flow):
            continue
        found += [_reason(*told) for told in other_twins(first, later, script)]
    return found[:1]


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
