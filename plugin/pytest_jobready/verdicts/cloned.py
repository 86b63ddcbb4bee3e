"""The recorded config, launched as it is: W&B's launch drawer is filled from a run."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_jobready.rehearsal import Rehearsed
from pytest_jobready.verdicts import reads, texts
from pytest_jobready.verdicts.as_it_is import Plain
from pytest_jobready.verdicts.parameters import Parameter, Typed
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict

PLAIN = frozenset(("bool", "int", "float", "str", "NoneType"))  # recorded as they are


def cloned(plain: Plain, take: Rehearsed) -> Verdict:
    """Whether the job reaches ``wandb.init`` without a command line, as the run it is of.

    Parameters that the script overwrites before it records them are changed again; that
    is no fault of how they get in, so they are named, and the rest is judged.
    """
    problem = clone_problem(plain, take)
    if problem:
        return Red(problem)
    overwritten = dict(_overwritten(plain))
    lines = texts.stale_lines(_changed(plain, take, overwritten), plain.root)
    if lines:
        head = (
            f"{plain.name}: launched with its own recorded config, it reads other values:"
        )
        return Red(texts.joined([head, *lines]))
    if overwritten:
        return Expected(f"{plain.name}: {'; '.join(overwritten.values())}")
    return Good()


def clone_problem(plain: Plain, take: Rehearsed) -> str:
    """Why the clone came to nothing, "" where it ran as the plain run did."""
    if not take.reached_init:
        lines = [
            f"{plain.name}: launched with the config of the plain run and without a command"
            f" line, it never reaches wandb.init: the script {take.ending}",
            *texts.crashed(take, plain.root),
        ]
        went_on = take.ended == "timeout" or not texts.ended_badly(take)
        if plain.take.reached_init and went_on:
            lines += _gates(plain)
        return texts.joined([*lines, take.output])
    if texts.ended_badly(take):
        lines = [
            f"{plain.name}: launched with the config of the plain run, the script"
            f" {take.ending}",
            *texts.crashed(take, plain.root),
        ]
        return texts.joined([*lines, take.output])
    return ""


def _gates(plain: Plain) -> Iterator[str]:
    for init in plain.script.inits:
        if init.gate is not None and init.gate.place.file is None:
            said = f"the launched values don't reach this: {init.gate.test}"
            yield texts.at(plain.root / plain.name, init.gate.place.line, plain.root, said)


def _changed(
    plain: Plain, take: Rehearsed, overwritten: dict[str, str]
) -> list[reads.Stale]:
    """The first reads of each parameter that saw another value than the plain run."""
    before = reads.seen_by(plain.take.reads, plain.parameters)
    due = {
        p.name: p.value
        for p in plain.parameters
        if p.value is not None and p.recorded and p.name not in overwritten
    }
    found = reads.without(reads.stale(take.reads, plain.parameters, due), before)
    return reads.first_of_each(found)


def _overwritten(plain: Plain) -> Iterator[tuple[str, str]]:
    """Each parameter that is recorded with a value that the script made of it."""
    lines = {
        o.name: o.place.line
        for o in plain.script.overwrites
        if o.counts and o.place.file is None
    }
    for parameter in plain.parameters:
        changed = _recorded_otherwise(plain, parameter)
        if parameter.name not in lines and changed is None:
            continue
        said = f"{parameter.name} is overwritten before it is recorded"
        if parameter.name in lines:
            said += f" ({plain.name}:{lines[parameter.name]})"
        if changed is not None:
            said += f", {parameter.value} as {changed}"
        yield parameter.name, f"{said}, so that a clone changes it again"


def _recorded_otherwise(plain: Plain, parameter: Parameter) -> Typed | None:
    """What a parameter is recorded as, where that isn't what the parse gave."""
    value = parameter.value
    if value is None or not parameter.recorded or value.type not in PLAIN:
        return None
    if value.text == "nan":  # recorded as null
        return None
    recorded = (plain.take.config or {})[parameter.key]
    found = Typed(type(recorded).__name__, repr(recorded))
    return None if found.is_same(value) else found
