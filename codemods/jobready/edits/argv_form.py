"""Form ``argv``: the job's config joins the command line, at each parse."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from jobready.edits.init_config import init_edit
from jobready.edits.job_args import (
    Branch,
    complete,
    is_written,
    parser_branches,
    plain,
    recognise,
    unsupported,
    unsupported_commands,
)
from jobready.edits.job_config import (
    masked_parameters,
    opened_gates,
    rank_parameters,
    renamed_keys,
)
from jobready.edits.kept_comments import with_comments
from jobready.edits.modules import Modules, modules_of
from jobready.edits.names import free_name, hidden_builtins
from jobready.edits.notes import notes
from jobready.edits.parse_words import guard_edits, launched_parses, parse_edits
from jobready.edits.plan import ROUTED, InitEdit, JobArgs, ParseEdit, Plan, source_of
from jobready.outcome import Reason, Refused, Unchanged
from jobready.project.environment import Environment
from jobready.project.requirements import release
from jobready.script.flow import Flow
from jobready.script.meanings import Rest
from jobready.script.model import Parameter, Parse, Place, Script
from jobready.script.order import runs_behind
from jobready.script.parsers import own_launch_config, reads_launch
from jobready.script.syntax import Syntax

# The first wandb that has load_wandb_config (measured: 0.15.12 lacks it, 0.16.1 has it).
LOADS_CONFIG = (0, 16, 1)
# The first Python in which list[str] is an expression.
SUBSCRIPTS_LIST = (3, 9)
FUNCTION_NAMES = ("job_args", "launched_args", "wandb_job_args")


def plan(
    script: Script, environment: Environment, *, unsafe_fixes: bool = False
) -> Plan | Unchanged | Refused:
    """The edits of form argv, or why there are none."""
    problems = list(_problems(script))
    if problems:
        return Refused(tuple(problems))
    emitted = _function(script, environment, unsafe_fixes)
    inits = _init_edits(script, environment)
    for part in (emitted, inits):
        if isinstance(part, Refused):
            return part
    assert isinstance(emitted, JobArgs)
    assert isinstance(inits, tuple)
    script = replace(script, parses=tuple(launched_parses(script)))
    calls = [*(p.call for p in script.parses), *(i.call for i in inits)]
    parts: Iterable[Syntax] = dict.fromkeys(map(script.syntax.part_of, calls))
    done = [(part, _in_file(script.within(part), emitted, inits)) for part in parts]
    return _together(script, done, notes(script, dict(emitted.opened)))


def _together(
    script: Script,
    done: Sequence[tuple[Syntax, Plan | Unchanged | Refused]],
    notes: Iterable[Reason],
) -> Plan | Unchanged | Refused:
    """The edits of all files of a script as one plan."""
    refused = [r for _, made in done if isinstance(made, Refused) for r in made.reasons]
    if refused:
        return Refused(tuple(refused))
    plans = [(part, made) for part, made in done if isinstance(made, Plan)]
    if not plans:
        every = (r for _, made in done if isinstance(made, Unchanged) for r in made.reasons)
        return Unchanged(tuple(every))
    own = [made for part, made in plans if part.file is None]
    reasons = tuple(r for _, made in plans for r in made.reasons)
    if any(made.job_args and not made.job_args.replaces for _, made in plans):
        reasons += tuple(notes)
    also = tuple((part, made) for part, made in plans if part.file is not None)
    entry = own[0] if own else Plan(form="argv", reasons=())
    return replace(entry, reasons=reasons, also=also)


def _in_file(
    script: Script, emitted: JobArgs, inits: Sequence[InitEdit]
) -> Plan | Unchanged | Refused:
    """The edits of one file; ``script`` is what stands in it."""
    here = tuple(i for i in inits if i.call in script.syntax.parent)
    if not script.parses:
        return Plan(form="argv", reasons=(), inits=here)
    existing = [_existing(parse, script) for parse in script.parses]
    functions = sorted({f for f in existing if f is not None}, key=lambda f: f.lineno)
    modules = modules_of(script, functions[0] if functions else None)
    if isinstance(modules, Refused):
        return modules
    source = source_of(emitted, emitted.name, modules.names)
    taken = hidden_builtins(script, source)
    if taken:
        return Refused(tuple(taken))
    if functions:
        missing = [p for p, f in zip(script.parses, existing, strict=True) if f is None]
        return _again(script, functions, missing, modules, emitted, here)
    name = free_name(FUNCTION_NAMES, script.syntax)
    edits = parse_edits(script, name, modules.names["sys"], script.parses)
    if isinstance(edits, Refused):
        return edits
    return Plan(
        form="argv",
        reasons=(),
        parses=edits,
        guards=guard_edits(script, name),
        inits=here,
        job_args=replace(emitted, name=name),
        names=modules.names,
        imports=modules.missing,
        before=modules.before,
    )


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
    version = environment.wandb_version
    if version is not None and release(version) < LOADS_CONFIG:
        needed |= {Branch.OLDER}
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


def _init_edits(script: Script, environment: Environment) -> tuple[InitEdit, ...] | Refused:
    """``config=`` for each init that starts a run and doesn't show the parameters yet."""
    found = [
        init_edit(i, script, environment.type_checked)
        for i in script.inits
        if not (i.records or i.disabled or i.resumed)
        if not any(p.into_dataclasses for p in script.parses)
    ]
    unplaced = tuple(r for r in found if isinstance(r, Reason))
    if unplaced:
        return Refused(unplaced)
    return tuple(e for e in found if isinstance(e, InitEdit))


def _again(
    script: Script,
    functions: list[ast.FunctionDef],
    missing: list[Parse],
    modules: Modules,
    emitted: JobArgs,
    inits: tuple[InitEdit, ...],
) -> Plan | Unchanged | Refused:
    """A script that has the function already: up to date, to be renewed, or edited."""
    syntax: Syntax = script.syntax
    function = functions[0]
    place = syntax.place(function)
    if len(functions) > 1:
        text = "there are two functions that read the job's config"
        return Refused((_reason(text, place),))
    found = recognise(function)
    if found is None:
        text = (
            f"{function.name} was edited by hand: delete it and its calls to have it anew"
        )
        return Refused((_reason(text, place),))
    name = function.name
    edits: tuple[ParseEdit, ...] = ()
    if missing:
        made = parse_edits(script, name, modules.names["sys"], missing)
        if isinstance(made, Refused):
            return made
        edits = made
    _, renamed, opened = plain(function)
    if place.file is not None and renamed != dict(emitted.renamed):
        text = "the function here serves a script whose run names the parameters otherwise"
        return Refused((_reason(text, place),))
    # other scripts may use it too: what it can stays, and a gate that was opened once
    current = replace(
        emitted,
        branches=complete(emitted.branches | (found - {Branch.OLDER})),
        opened=emitted.opened or tuple(opened.items()),
    )
    source = source_of(current, function.name, modules.names)
    same = is_written(function, source)
    guards = guard_edits(script, name)
    if same and not edits and not inits and not guards:
        return Unchanged((_reason(ROUTED, place),))
    renewed = None if same else replace(current, name=name, replaces=function)
    if renewed is not None:
        kept = with_comments(source, function, syntax.part_of(function).text)
        if isinstance(kept, Reason):
            return Refused((replace(kept, file=place.file),))
    return Plan(
        form="argv",
        reasons=(_reason(f"{name} is brought up to date", place),) if renewed else (),
        parses=edits,
        guards=guards,
        inits=inits,
        job_args=renewed,
        names=modules.names,
        imports=modules.missing,
        before=modules.before,
    )


def _problems(script: Script) -> list[Reason]:
    """What form argv can't give rightly."""
    found: list[Reason] = []
    for parser in script.parsers:
        for text, place in (*parser.unseen, *parser.oddities):
            found.append(_reason(text, place))
        found += unsupported(parser.parameters)
        found += unsupported_commands(parser)
    for parse in script.parses:
        found += _shared_stages(parse, script)
        found += _intermixed(parse)
    found += _other_parameters(script)
    for place in script.argv_uses:
        found.append(_reason("the script itself looks at sys.argv", place))
    own = own_launch_config(script.syntax)
    if own is not None:
        found.append(_reason("the script takes the config of a launched job itself", own))
    if not any(m.parameters for m in script.parsers):
        found.append(Reason("no parameters were found on the parser"))
    return list(dict.fromkeys(found))


def _intermixed(parse: Parse) -> list[Reason]:
    """Positionals of a parse that takes options alone first, and positionals then."""
    assert isinstance(parse.call.func, ast.Attribute)
    if "intermixed" not in parse.call.func.attr:
        return []
    places = [p for m in parse.parsers for p in m.parameters if p.positional]
    text = f"takes positionals between options ({parse.call.func.attr})"
    return [_reason(f"{p.name}: the parse {text}", p.place) for p in places[:1]]


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
        for p in (p for m in later.parsers for p in m.parameters):
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


def _existing(parse: Parse, script: Script) -> ast.FunctionDef | None:
    """The function that this parse gets launched values from already."""
    flow: Flow = script.flow
    if parse.words is None:
        return None
    for node in ast.walk(parse.words):
        if isinstance(node, ast.Call):
            function = flow.function(node.func)
            if isinstance(function, ast.FunctionDef) and reads_launch(function):
                return function
    return None


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
