"""Form ``argv``: the job's config joins the command line, at each parse."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import replace

from jobready.edits.init_config import init_edit
from jobready.edits.job_args import (
    Branch,
    is_written,
    parser_branches,
    plain,
    recognise,
    unsupported,
    unsupported_commands,
)
from jobready.edits.job_config import opened_gates, rank_parameters, renamed_keys
from jobready.edits.names import free_name, hidden_builtins, missing_imports, module_names
from jobready.edits.parse_words import parse_edits
from jobready.edits.plan import InitEdit, JobArgs, ParseEdit, Plan, source_of
from jobready.outcome import Reason, Refused, Unchanged
from jobready.script.flow import Flow
from jobready.script.meanings import Rest
from jobready.script.model import Parse, Place, Script
from jobready.script.parsers import reads_launch
from jobready.script.syntax import Syntax

FUNCTION_NAMES = ("job_args", "launched_args", "wandb_job_args")


def plan(
    script: Script, *, unsafe_fixes: bool = False, older: bool = False
) -> Plan | Unchanged | Refused:
    """The edits of form argv, or why there are none.

    ``older``: the project's wandb has no ``load_wandb_config`` yet.
    """
    problems = list(_problems(script))
    if problems:
        return Refused(tuple(problems))
    renamed = renamed_keys(script)
    if isinstance(renamed, Reason):
        return Refused((renamed,))
    opened = opened_gates(script) if unsafe_fixes else ()
    needed = parser_branches(script.parsers)
    if older:
        needed |= {Branch.OLDER}
    ranks = rank_parameters(script)
    emitted = JobArgs(
        FUNCTION_NAMES[0], needed, renamed, opened, tuple(r for r, _ in ranks)
    )
    existing = [_existing(parse, script) for parse in script.parses]
    functions = {f for f in existing if f is not None}
    inits = [init_edit(i, script) for i in script.inits if not i.records]
    unplaced = [r for r in inits if isinstance(r, Reason)]
    if unplaced:
        return Refused(tuple(unplaced))
    init_edits = tuple(e for e in inits if isinstance(e, InitEdit))
    if functions:
        return _again(script, functions, existing, emitted, init_edits)
    name = free_name(FUNCTION_NAMES, script.syntax)
    edits = parse_edits(script, name)
    if isinstance(edits, Refused):
        return edits
    imports = missing_imports(script)
    if isinstance(imports, Refused):
        return imports
    return Plan(
        form="argv",
        reasons=tuple(_notes(script, dict(opened))),
        parses=edits,
        inits=init_edits,
        job_args=replace(emitted, name=name),
        imports=imports,
    )


def _again(
    script: Script,
    functions: set[ast.FunctionDef],
    existing: list[ast.FunctionDef | None],
    emitted: JobArgs,
    inits: tuple[InitEdit, ...],
) -> Plan | Unchanged | Refused:
    """A script that has the function already: up to date, to be renewed, or edited."""
    syntax: Syntax = script.syntax
    function = min(functions, key=lambda f: f.lineno)
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
    missing = [p for p, f in zip(script.parses, existing, strict=True) if f is None]
    name = function.name
    edits: tuple[ParseEdit, ...] = ()
    if missing:
        made = parse_edits(script, name, missing)
        if isinstance(made, Refused):
            return made
        edits = made
    _, _, opened = plain(function)
    # a gate that was opened once stays open
    current = replace(emitted, opened=emitted.opened or tuple(opened.items()))
    same = is_written(function, source_of(current, function.name, module_names(script)))
    if same and not edits and not inits:
        return Unchanged((_reason("takes launched values already", place),))
    renewed = None if same else replace(current, name=name, replaces=function)
    return Plan(
        form="argv",
        reasons=(_reason(f"{name} is brought up to date", place),) if renewed else (),
        parses=edits,
        inits=inits,
        job_args=renewed,
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
    found += hidden_builtins(script)
    for place in script.argv_uses:
        found.append(_reason("the script itself looks at sys.argv", place))
    if not any(m.parameters for m in script.parsers):
        found.append(Reason("no parameters were found on the parser"))
    return list(dict.fromkeys(found))


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


def _notes(script: Script, opened: Collection[str]) -> list[Reason]:
    """What a reader of the diff should know beside it."""
    notes = []
    for init in script.inits:
        if init.gate is not None:
            test, place = init.gate
            text = f"note: the run only starts where `{test}` holds; give it to the job"
            if init.switch in opened:
                text = (
                    f"note: in a job `{test}` holds unless the job's config says otherwise"
                )
            notes.append(_reason(text, place))
        for text, place in init.notes:
            notes.append(_reason(f"note: {text}", place))
    for name, place in rank_parameters(script):
        notes.append(
            _reason(f"note: {name} is left to the launcher of each process", place)
        )
    told: set[str] = set()
    for overwrite in script.overwrites:
        if overwrite.counts and overwrite.name not in told:
            told.add(overwrite.name)
            text = f"note: {overwrite.name} is overwritten; a clone overwrites it again"
            notes.append(_reason(text, overwrite.place))
    return notes


def _reason(text: str, place: Place) -> Reason:
    return Reason(text, place.line, place.column)
