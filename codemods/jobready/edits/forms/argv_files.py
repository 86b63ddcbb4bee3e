"""What each file of a script gets in form ``argv``: the function, or an import of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jobready.edits.launched.modules import modules_of, sys_of, with_modules
from jobready.edits.launched.names import FUNCTION_NAMES, free_name, hidden_builtins
from jobready.edits.launched.parse_words import called_name, guard_edits, parse_edits
from jobready.edits.launched.present_function import Renewal, imported_renewal, renewal
from jobready.edits.plan import JobArgs, LinesBehind, Modules, Plan, ShowEdit, source_of
from jobready.edits.shared.importer import Importer, by_import, new_file
from jobready.edits.shared.module import SharedModule
from jobready.outcome import ROUTED, Reason, Refused, Unchanged
from jobready.project.environment import Environment
from jobready.script.model import Parse, Script
from jobready.script.source.syntax import Syntax

# A file, and what becomes of it.
Made = tuple[Syntax, Plan | Unchanged | Refused]


@dataclass(frozen=True, eq=False)
class Asked:
    """A script, the function that it needs, and what each of its files is to get."""

    script: Script
    environment: Environment
    emitted: JobArgs
    inits: tuple[ShowEdit, ...]
    shared: SharedModule | None


def in_file(part: Syntax, asked: Asked) -> Iterator[Made]:
    """The edits of one file, and of the module that it imports the function from."""
    script = asked.script.within(part)
    inits = tuple(i for i in asked.inits if i.node in part.parent)
    used = {m: None for i in inits if isinstance(i, LinesBehind) for m in i.uses}
    for each, made in _in_file(part, script, inits, asked):
        if used and each is part and isinstance(made, Plan):
            yield each, with_modules(made, script, tuple(used))
        else:
            yield each, made


def _in_file(
    part: Syntax, script: Script, inits: tuple[ShowEdit, ...], asked: Asked
) -> Iterator[Made]:
    if not script.parses:
        yield part, Plan(form="argv", reasons=(), inits=inits)
        return
    found = {p.function: None for p in script.parses if p.function is not None}
    functions = sorted(found, key=lambda f: f.lineno)
    missing = [p for p in script.parses if p.function is None]
    if len(functions) > 1:
        text = "there are two functions that read the job's config"
        place = asked.script.syntax.place(functions[0])
        yield part, Refused((Reason.at(text, place),))
    elif functions and functions[0] not in part.parent:
        yield from _imported(functions[0], part, script, missing, inits, asked)
    elif asked.shared is not None and part.file != asked.shared.shown:
        own = functions[0] if functions else None
        yield from _shared(own, part, missing, inits, asked)
    else:
        yield part, _own(functions, part, script, missing, inits, asked)


def _own(
    functions: Sequence[ast.FunctionDef],
    part: Syntax,
    script: Script,
    missing: Sequence[Parse],
    inits: tuple[ShowEdit, ...],
    asked: Asked,
) -> Plan | Unchanged | Refused:
    """The edits of a file that has the function itself, or gets it."""
    emitted = asked.emitted
    modules = modules_of(script, functions[0] if functions else None)
    if isinstance(modules, Refused):
        return modules
    source = partial(source_of, emitted, emitted.name, modules.names)
    taken = hidden_builtins(script, source)
    if taken:
        return Refused(tuple(taken))
    if functions:
        (function,) = functions
        renewed = renewal(function, part, asked.script, emitted)
        if isinstance(renewed, Refused):
            return renewed
        name, job_args = function.name, renewed.job_args
    else:
        name = free_name(FUNCTION_NAMES, part)
        job_args = replace(emitted, name=name)
    edits = parse_edits(script, name, modules.names["sys"], missing)
    if isinstance(edits, Refused):
        return edits
    guards = guard_edits(script, name)
    if functions and not (job_args or edits or inits or guards):
        return Unchanged((Reason.at(ROUTED, part.place(functions[0])),))
    said = f"{name} is brought up to date"
    again = functions and job_args is not None
    return Plan(
        form="argv",
        reasons=(Reason.at(said, part.place(functions[0])),) if again else (),
        parses=edits,
        guards=guards,
        inits=inits,
        job_args=job_args,
        modules=modules,
    )


def _imported(
    function: ast.FunctionDef,
    part: Syntax,
    script: Script,
    missing: Sequence[Parse],
    inits: tuple[ShowEdit, ...],
    asked: Asked,
) -> Iterator[Made]:
    """The edits of a file that imports the function, and of the module that has it."""
    holder = asked.script.syntax.part_of(function)
    place = holder.place(function)
    renewed = imported_renewal(function, holder, asked.script, asked.emitted, asked.shared)
    modules = sys_of(script)
    for each in (renewed, modules):
        if isinstance(each, Refused):
            yield part, each
            return
    assert isinstance(renewed, Renewal)
    assert isinstance(modules, Modules)
    name = called_name(script.parses, function, script.flow)
    edits = parse_edits(script, name, modules.names["sys"], missing)
    guards = guard_edits(script, name)
    if isinstance(edits, Refused):
        yield part, edits
        return
    if renewed.plan is not None:
        said = Reason.at(f"{function.name} is brought up to date", place)
        yield holder, replace(renewed.plan, reasons=(said,))
    new: tuple[tuple[str, str], ...] = ()
    if asked.shared is not None and asked.shared.shown == holder.file:
        new = (new_file(part, asked.shared, asked.emitted),) if asked.shared.is_new else ()
    if edits or guards or inits or new:
        plan = Plan(
            form="argv",
            reasons=(),
            parses=edits,
            guards=guards,
            inits=inits,
            modules=modules,
            new_files=new,
        )
        yield part, plan
    elif renewed.plan is None:
        yield part, Unchanged((Reason.at(ROUTED, place),))


def _shared(
    own: ast.FunctionDef | None,
    part: Syntax,
    missing: Sequence[Parse],
    inits: tuple[ShowEdit, ...],
    asked: Asked,
) -> Iterator[Made]:
    """The edits of a file that is to import the function, and of the shared module."""
    entry = asked.environment.path
    assert asked.shared is not None
    assert entry is not None, "a script without a place imports nothing"
    file = Importer(asked.script, part, entry, asked.emitted, asked.shared, own)
    made = by_import(file, missing, inits)
    if isinstance(made, Refused):
        yield part, made
        return
    plan, renewed = made
    yield part, plan
    holder = asked.shared.syntax
    if renewed is not None and holder is not None:
        yield holder, renewed
