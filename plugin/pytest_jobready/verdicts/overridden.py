"""Other values, launched: does every read see them, and what was proven."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_jobready.rehearsal import Rehearsed
from pytest_jobready.verdicts import reads, texts
from pytest_jobready.verdicts.as_it_is import Plain
from pytest_jobready.verdicts.excerpts import shown_path
from pytest_jobready.verdicts.launches import Launched
from pytest_jobready.verdicts.own_reads import own_lines, own_reads
from pytest_jobready.verdicts.parameters import Parameter, Typed, has_read
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict

LONGEST = 200  # characters of a job's words or config


@dataclass(frozen=True)
class Launch:
    """One take with launched values, and the run on a command line that says the same.

    ``reference`` is None where nobody asked, or no command line can say it.
    """

    launched: tuple[Launched, ...]
    take: Rehearsed
    reference: Rehearsed | None = None


@dataclass(frozen=True)
class Tried:
    """All that was tried: the launches, and what was left alone.

    ``kept`` are the parameters that were meant to keep their values; the clone shows of
    some that they arrive.
    """

    launches: tuple[Launch, ...]
    clone: Rehearsed | None = None
    kept: frozenset[str] = field(default_factory=frozenset)


def doubtful(plain: Plain, launch: Launch) -> list[reads.Stale]:
    """The reads that saw something else than the launched value."""
    return reads.stale(launch.take.reads, plain.parameters, _due(launch))


def _due(launch: Launch) -> dict[str, Typed]:
    return {each.name: each.due for each in launch.launched}


def refuted(plain: Plain, launch: Launch) -> list[reads.Stale]:
    """Those of them that nothing explains.

    With a reference it explains what the script itself makes of a value. Without one,
    only what the plain run saw at the same place is surely stale.
    """
    found = doubtful(plain, launch)
    if launch.reference is not None:
        return reads.without(found, reads.seen_by(launch.reference.reads, plain.parameters))
    before = reads.seen_by(plain.take.reads, plain.parameters)
    known = reads.without(found, before)
    stale = [each for each in found if each not in known]
    lost = [each for each in known if _is_lost_type(each) or _is_contrary(each, launch)]
    return [each for each in found if each in stale or each in lost]


def _is_lost_type(each: reads.Stale) -> bool:
    return each.saw.type != each.due.type and str(each.saw.value) == str(each.due.value)


def _is_contrary(each: reads.Stale, launch: Launch) -> bool:
    """Whether a read saw what the fixed arguments say."""
    return any(
        one.name == each.name
        and one.otherwise is not None
        and each.saw.is_same(one.otherwise)
        for one in launch.launched
    )


def proven(plain: Plain, launch: Launch) -> set[str]:
    """The parameters of which a use saw the launched value, which nothing else gives."""
    telling = {each.name: each for each in launch.launched if _is_telling(each, launch)}
    return {
        name
        for name, read in reads.uses(launch.take.reads, plain.parameters)
        if name in telling and reads.typed(read).is_same(telling[name].due)
    }


def _is_telling(each: Launched, launch: Launch) -> bool:
    """Whether seeing the value shows that it was launched.

    Where only the command line says something else, it must have been read.
    """
    if each.otherwise is None or each.due.is_same(each.otherwise):
        return each.otherwise is None
    if each.otherwise == each.parameter.value:
        return True
    return any(has_read(parsed, each.contrary) for parsed in launch.take.parses)


def proven_by_clone(plain: Plain, clone: Rehearsed) -> set[str]:
    """Those that differ from their defaults in a clone, which has no command line.

    Of a script without one it is those that are read from the run's config: there nothing
    but the launched value can be.
    """
    return {
        name
        for name, read in reads.uses(clone.reads, plain.parameters)
        if (parameter := _named(plain.parameters, name)).value is not None
        and reads.typed(read).is_same(parameter.value)
        and (
            read.source == "config"
            if parameter.kind == "Config"
            else parameter.required or parameter.value.text != parameter.default
        )
    }


def _named(parameters: Iterable[Parameter], name: str) -> Parameter:
    return next(p for p in parameters if p.name == name)


def unread(plain: Plain, launch: Launch) -> tuple[Launched, ...]:
    """The launched values that nothing used, where fewer of them may show more.

    That is so where the script broke, and where the plain run used the parameter: another
    value leads the script elsewhere.
    """
    used = _used(launch.take, plain)
    broke = texts.ended_badly(launch.take)
    before = _used(plain.take, plain)
    return tuple(
        each
        for each in launch.launched
        if each.name not in used and (broke or each.name in before)
    )


def _used(take: Rehearsed, plain: Plain) -> set[str]:
    return {name for name, _ in reads.uses(take.reads, plain.parameters)}


def overridden(plain: Plain, tried: Tried) -> Verdict:
    """Red where a read saw another value; as expected where some are not proven."""
    shown: set[str] = set()
    stale: list[reads.Stale] = []
    for launch in tried.launches:
        shown |= proven(plain, launch)
        stale += refuted(plain, launch)
    if tried.clone is not None:
        shown |= proven_by_clone(plain, tried.clone)
    stale = reads.first_of_each(stale)
    counted = [
        p.name for p in plain.parameters if p.name not in tried.kept or p.name in shown
    ]
    own = list(own_reads(plain, counted))
    wrong = {each.name for each in stale} | {name for name, _ in own}
    good = [name for name in counted if name in shown and name not in wrong]
    open_ = {
        name: _why(plain, tried, name)
        for name in counted
        if name not in shown and name not in wrong
    }
    listed = _by_reason(open_)
    facts = (
        ("jobready_proven", str(len(good))),
        ("jobready_parameters", str(len(counted))),
        ("jobready_not_proven", listed),
        ("jobready_shown_early", _shown_early(plain, tried)),
    )
    if stale or own:
        lines = own_lines(plain, own)
        return Red(_stale_text(plain, tried, stale, tuple(lines), wrong), facts)
    if not open_:
        return Good(facts)
    said = f"{len(good)} of {len(counted)} parameters proven; not proven: {listed}"
    return Expected(f"{plain.name}: {said}", facts)


def _shown_early(plain: Plain, tried: Tried) -> str:
    """``train.py:8``: where the script prints other values than it is going to use."""
    places = {
        (shown_path(each.read.file, plain.root), each.read.line)
        for launch in tried.launches
        for each in reads.outdated_displays(
            launch.take.reads, plain.parameters, _due(launch)
        )
    }
    return ", ".join(f"{path}:{line}" for path, line in sorted(places))


def _by_reason(why: Mapping[str, str]) -> str:
    """``a, b (one reason); c (another)``."""
    groups: dict[str, list[str]] = {}
    for name, reason in why.items():
        groups.setdefault(reason, []).append(name)
    return "; ".join(f"{', '.join(names)} ({r})" for r, names in groups.items())


def _stale_text(
    plain: Plain,
    tried: Tried,
    stale: Sequence[reads.Stale],
    own: Sequence[str],
    wrong: Collection[str],
) -> str:
    read = (each.name for each in stale)
    names = dict.fromkeys((*read, *(n for n in plain.names if n in wrong)))
    lines = [
        f"{plain.name}: launched values don't arrive: {', '.join(names)}",
        *texts.stale_lines(stale, plain.root, dict(_from_words(tried, stale))),
        *own,
    ]
    values: dict[str, Any] = {}
    words: list[str] = []
    for each in (each for launch in tried.launches for each in launch.launched):
        if each.name in names and each.parameter.key not in values:
            values[each.parameter.key] = each.json
            words += each.contrary
    job = " ".join([plain.name, *words])
    lines.append(
        f"  = the job was: {_cut(job)}, with the config {_cut(json.dumps(values))}"
    )
    for launch in tried.launches:
        if texts.ended_badly(launch.take):
            lines.append(f"  = and the script {launch.take.ending}")
    return texts.joined(lines)


def _from_words(tried: Tried, stale: Sequence[reads.Stale]) -> Iterator[tuple[str, str]]:
    """Parameters whose value of the plain run was launched: what the command line said."""
    for launch in tried.launches:
        for one in launch.launched:
            if one.parameter.value == one.due and one.contrary:
                yield one.name, " ".join(one.contrary)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _why(plain: Plain, tried: Tried, name: str) -> str:
    """Why a parameter is not proven, in a few words."""
    parameter = _named(plain.parameters, name)
    launched = [x for x in tried.launches if any(o.name == name for o in x.launched)]
    if not launched:
        if not parameter.recorded:
            return "the run's config doesn't show it"
        return "no other value is safe: give one in overrides"
    last = launched[-1].take
    if texts.ended_badly(last):
        return f"inconclusive: the script {_short(last)} before it was read"
    reached = any(n == name for n, _ in reads.uses(last.reads, plain.parameters))
    if reached:
        return "what reads it can't tell where the value is from"
    if last.ended == "stopped":
        return "nothing read it before the stop: see stop"
    return "nothing read it"


def _short(take: Rehearsed) -> str:
    crash = take.crash
    return f"stopped with {crash.type}" if crash is not None else take.ending
