"""Form ``argv``: the job's config joins the command line, at each parse."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from jobready.edits.argv_files import Asked, Made, in_file
from jobready.edits.copied_defaults import copied_defaults
from jobready.edits.handed_down import handed_down
from jobready.edits.held_arguments import arguments_name
from jobready.edits.held_values import FEW, held_values
from jobready.edits.init_config import init_edit
from jobready.edits.job_args import (
    Branch,
    parser_branches,
    unsupported,
    unsupported_commands,
)
from jobready.edits.job_args.surroundings import SUBSCRIPTS_LIST, takes_config_itself
from jobready.edits.job_config import (
    masked_parameters,
    opened_gates,
    rank_parameters,
    renamed_keys,
)
from jobready.edits.names import FUNCTION_NAMES
from jobready.edits.notes import notes
from jobready.edits.parse_words import LOOKS, is_spelled, launched_parses
from jobready.edits.plan import JobArgs, Plan, ShowEdit
from jobready.edits.shared.module import SharedModule
from jobready.edits.shown_late import shown_late
from jobready.edits.taken_back import taken_back
from jobready.edits.unknown_config import update_behind
from jobready.outcome import Reason, Refused, Unchanged
from jobready.project.environment import Environment
from jobready.script.arguments.launch_function import own_launch_config
from jobready.script.model import (
    Init,
    Parameter,
    Parse,
    ParserModel,
    Script,
)
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Rest
from jobready.script.values.order import runs_behind
from jobready.script.values.parser_classes import CONFIG_FILE_PARSERS, TAPS


def plan(
    script: Script,
    environment: Environment,
    *,
    unsafe_fixes: bool = False,
    shared: SharedModule | None = None,
) -> Plan | Unchanged | Refused:
    """The edits of form argv, or why there are none."""
    problems = list(_problems(script))
    if problems:
        return Refused(tuple(problems))
    emitted = _function(script, environment, unsafe_fixes and shared is None)
    inits = _init_edits(script, environment, unsafe_fixes)
    for part in (emitted, inits):
        if isinstance(part, Refused):
            return part
    assert isinstance(emitted, JobArgs)
    assert isinstance(inits, tuple)
    script = replace(script, parses=tuple(launched_parses(script)))
    nodes = [*(p.call for p in script.parses), *(i.node for i in inits)]
    asked = Asked(script, environment, emitted, inits, shared)
    parts: Iterable[Syntax] = dict.fromkeys(map(script.syntax.part_of, nodes))
    done = [each for part in parts for each in in_file(part, asked)]
    return _together(done, notes(script, dict(emitted.opened), inits))


def _together(done: Sequence[Made], notes: Iterable[Reason]) -> Plan | Unchanged | Refused:
    """The edits of all files of a script as one plan."""
    refused = [r for _, made in done if isinstance(made, Refused) for r in made.reasons]
    if refused:
        return Refused(tuple(dict.fromkeys(refused)))
    plans: dict[Syntax, Plan] = {}
    for part, made in done:
        if isinstance(made, Plan):  # a module's may come from several files that import it
            before = plans.get(part)
            plans[part] = made if before is None else _with_function(before, made)
    if not plans:
        every = (r for _, made in done if isinstance(made, Unchanged) for r in made.reasons)
        return Unchanged(tuple(every))
    own = [made for part, made in plans.items() if part.file is None]
    reasons = tuple(r for made in plans.values() for r in made.reasons)
    if any(made.brings_function for made in plans.values()):
        reasons += tuple(notes)
    also = tuple((part, made) for part, made in plans.items() if part.file is not None)
    new_files = dict(f for made in plans.values() for f in made.new_files)
    entry = own[0] if own else Plan(form="argv", reasons=())
    return replace(entry, reasons=reasons, also=also, new_files=tuple(new_files.items()))


def _with_function(plan: Plan, other: Plan) -> Plan:
    """The edits of a file, with the function of another plan for the same file."""
    if plan.job_args is not None or other.job_args is None:
        return plan
    return replace(plan, job_args=other.job_args)


def _function(
    script: Script, environment: Environment, unsafe_fixes: bool
) -> JobArgs | Refused:
    """The function that the script needs, under its usual name."""
    renamed = renamed_keys(script)
    if isinstance(renamed, Reason):
        return Refused((renamed,))
    opened = opened_gates(script) if unsafe_fixes else ()
    left = (*rank_parameters(script), *masked_parameters(script))
    ranks = tuple(dict.fromkeys(name for name, _ in left))
    needed = parser_branches(script.parsers)
    if takes_config_itself(environment):
        needed |= {Branch.OLDER}
    if script.asked_words:
        needed |= {Branch.LOOKED}
    hidden = [p for p in script.parameters if p.name.startswith("_")]
    if hidden and (renamed or opened or ranks) and Branch.OLDER not in needed:
        text = f"the name {hidden[0].name!r} is lost in a copy of the job's config"
        return Refused((_reason(text, hidden[0].place),))
    deferred = all(script.syntax.part_of(p.call).defers_annotations for p in script.parses)
    return JobArgs(
        FUNCTION_NAMES[0],
        needed,
        renamed,
        opened,
        ranks,
        quoted=environment.python < SUBSCRIPTS_LIST and not deferred,
    )


def _init_edits(
    script: Script, environment: Environment, unsafe_fixes: bool
) -> tuple[ShowEdit, ...] | Refused:
    """What shows the parameters of each run that starts and doesn't yet."""
    if any(p.into_dataclasses for p in script.parses):
        return ()
    found: dict[ShowEdit, None] = {}
    unplaced: list[Reason] = []
    for init in script.extensible_runs:
        for edit in copied_defaults(init, script):
            if isinstance(edit, Reason):
                unplaced.append(edit)
            else:
                found[edit] = None
        if init.unclear and init.may_show:
            edits: tuple[ShowEdit, ...] | Reason = update_behind(init, script)
        elif not init.lacks_parameters:
            continue
        elif (far := _from_far(init, script, environment)) is not None:
            edits = far
        elif (late := shown_late(init, script, environment.type_checked)) is not None:
            edits = (late,)
        elif unsafe_fixes and arguments_name(init, script) is None:
            edits = update_behind(init, script)
        elif (behind := taken_back(init, script, environment.type_checked)) is not None:
            edits = (behind,)
        else:
            shown = init_edit(init, script, environment.type_checked)
            edits = shown if isinstance(shown, Reason) else (shown,)
        if isinstance(edits, Reason):
            unplaced.append(edits)
        else:
            found.update(dict.fromkeys(edits))
    return Refused(tuple(unplaced)) if unplaced else tuple(found)


def _from_far(
    init: Init, script: Script, environment: Environment
) -> tuple[ShowEdit, ...] | None:
    """What shows the parameters of a run that starts where no name holds all of them."""
    if arguments_name(init, script) is not None:
        return None
    return (
        held_values(init, script, FEW)
        or handed_down(init, script, environment)
        or held_values(init, script, None)
    )


def _problems(script: Script) -> list[Reason]:
    """What form argv can't give rightly."""
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
    found += _parsed_again(script)
    found += _other_parameters(script)
    for place in script.argv_uses:
        found.append(_reason(LOOKS, place))
    own = own_launch_config(script.syntax)
    if own is not None:
        found.append(_reason("the script takes the config of a launched job itself", own))
    if not any(m.parameters for m in script.parsers):
        found.append(Reason("no parameters were found on the parser"))
    return list(dict.fromkeys(found))


def _of_library(parser: ParserModel) -> list[Reason]:
    """What a parser of another library than argparse does in its own way."""
    if parser.library not in CONFIG_FILE_PARSERS | TAPS:
        return []
    if parser.commands is not None:
        text = f"a parser of {parser.library} has commands"
        return [_reason(text, parser.commands.place)]
    if parser.library in TAPS:
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
            words += [b.value for b in reaching(parse.words, script.syntax) if b.value]
        if any(isinstance(w, ast.List) and is_spelled(w) for w in words):
            text = "the command may stand in words that are spelled out here"
            yield _reason(text, parse.place)


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
    """A second stage whose parser has parameters that the first stage has taken."""
    flow: Flow = script.flow
    if parse.words is None:
        return []
    rests = {m.parse for m in flow.meanings(parse.words) if isinstance(m, Rest)}
    ours = {p.name for m in parse.parsers for p in m.parameters}
    return [
        _reason(f"the first stage of the parse takes {p.name!r} too", parse.place)
        for stage in script.parses
        if stage.call in rests and stage.parsers != parse.parsers
        for m in stage.parsers
        for p in m.parameters
        if p.name in ours
    ][:1]


def _other_parameters(script: Script) -> list[Reason]:
    """Parameters of two parses that share a name and little else.

    The job's one value would be given to both, and the run shows one for both.
    """
    found = []
    parses = launched_parses(script)
    for first, later in combinations(parses, 2):
        if not runs_behind(later.call, first.call, script.syntax, script.flow):
            continue
        known = {p.name: p for m in first.parsers for p in m.parameters if p.named}
        others = (m for m in later.parsers if m not in first.parsers)
        for p in (p for m in others for p in m.parameters):
            other = known.get(p.name)
            if other is None or other.place == p.place or p.action in ("help", "version"):
                continue
            if _kind(other) != _kind(p) or not set(other.flags) & set(p.flags):
                text = f"{p.name!r} is another parameter in an earlier parse"
                found.append(_reason(f"{text} (line {other.place.line})", p.place))
    return found[:1]


def _kind(p: Parameter) -> tuple[object, ...]:
    """What makes the same value of two parameters the same."""
    return p.action, p.type or "str", repr(p.nargs), repr(p.default)


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
