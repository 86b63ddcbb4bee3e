"""What a reader of the diff should know beside it: gates, ranks, overwrites, secrets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from jobready.edits.launched.job_config import masked_at, rank_parameters
from jobready.edits.launched.parsed_for_others import parsed_for_others
from jobready.edits.plan import LinesBehind, ShowEdit
from jobready.edits.shown.unshown import unrecordable
from jobready.edits.shown.used_secrets import secret_parameters
from jobready.outcome import COMMAND_IN_ENTRY, NOTE, Reason
from jobready.script.arguments.unnamed_overwrites import unnamed_overwrites
from jobready.script.configs.removals import TAKEN_OUT
from jobready.script.model import Gate, Init, Script
from jobready.script.source.place import Place
from jobready.script.starts.own_start import starts_itself
from jobready.script.values.handed_over import VARIABLE


def notes(
    script: Script, opened: Collection[str], edits: Sequence[ShowEdit]
) -> Iterator[Reason]:
    """The notes on a script in form argv; ``opened`` are the gates that a job opens.

    ``edits`` are those that show the parameters.

    What holds of several runs is said of the first.
    """
    told: set[str] = set()
    for note in _notes(script, opened, edits):
        if note.message not in told:
            told.add(note.message)
            yield note


def _notes(
    script: Script, opened: Collection[str], edits: Sequence[ShowEdit]
) -> Iterator[Reason]:
    ranks = {name for name, _ in rank_parameters(script)}
    tests = {_of_one_rank(i.gate, ranks) for i in script.runs if i.gate is not None}
    for init in script.runs:
        if init.gate is not None and not init.gate.opens_by_default:
            if _opposite(_of_one_rank(init.gate, ranks)) not in tests:
                yield from _gate_note(init.gate, opened, ranks)
        yield from _hidden_note(init, script, ranks)
        if init.filtered is not None:
            text = "the run may not show all parameters: a clone takes the others' defaults"
            yield _note(text, init.filtered)
        if init.file is not None:
            text = "the run also shows what a file gives: launching that changes nothing"
            yield _note(text, init.file)
        if init.replaced is not None:
            text = "the arguments may be set anew here, as from any command line"
            yield _note(text, init.replaced)
    recorded = any(run.records for run in script.runs)
    others = parsed_for_others(script) if recorded else None
    if others is not None:
        text = f"{others.message}: a clone takes the defaults of what the run doesn't show"
        yield replace(others, message=NOTE + text)
    otherwise = _first_places((n, p) for i in script.runs for n, p in i.otherwise)
    if otherwise:
        value = "other values" if len(otherwise) > 1 else "another value"
        frameworks = {pair for t in script.trackers for pair in t.run.otherwise}
        shows = "shows" if frameworks.isdisjoint(otherwise.items()) else "may show"
        yield _note_on(otherwise, f"the run {shows} {value} as {{}}")
    for init in script.inits:
        if init.resumed and not init.records:
            text = "the run that is resumed keeps its config, without these parameters"
            yield _note(text, init.place)
        if not init.records and any(p.into_dataclasses for p in script.parses):
            text = "the run shows no parameters but those that a Trainer records"
            yield _note(text, init.place)
    for tracker in script.trackers if not script.inits else ():
        for text, place in tracker.unseen:
            yield _note(text, place)
    beside = [i for i in script.inits if i.unclear and i.may_show]
    if beside:
        text = "the parameters are shown as args/NAME, beside what the run's config holds"
        yield _note(f"{text}: launching that changes nothing", beside[0].place)
        for text, place in (cause for init in beside for cause in init.unclear):
            if not text.startswith(TAKEN_OUT):
                yield _note(text, place)
    lines = [e for e in edits if isinstance(e, LinesBehind)]
    far = [e.call for e in lines if any(VARIABLE in line for line in e.lines)]
    if far:
        text = f"the environment, {VARIABLE}, takes the parameters to the run: args/NAME"
        yield _note(text, script.syntax.place(far[-1]))
    if any(run.lacks_parameters for run in script.extensible_runs):
        yield from unshown_notes(script)
    for name, place in rank_parameters(script):
        yield _note(f"{name} is left to the launcher of each process", place)
    for parser in (m for m in script.parsers if m.given_only):
        text = "a clone gives all values but None, whatever its run was given"
        yield _note(text, parser.place)
    unheld = [m.commands for m in script.parsers if m.commands and not m.commands.shown_as]
    if script.command_word is not None:
        yield _note(COMMAND_IN_ENTRY, script.command_word)
    elif unheld:
        yield _note(COMMAND_IN_ENTRY, unheld[0].place)
    again = starts_itself(script.syntax, script.flow)
    if script.own_words:
        text = "processes that the script starts of itself have the words it gives them"
        yield _note(f"{text} alone", script.own_words[0])
    elif again is not None:
        text = "the script starts itself: there too the job's values count, before argv"
        yield _note(text, again)
    if script.started_by_others:
        text = "another program starts the script here: in a job of that, the job's values"
        yield _note(f"{text} count before these words", script.started_by_others[0])
    masked = masked_at(script)
    if masked is not None:
        text = "a Trainer records what ends in _token masked: a clone takes the defaults"
        yield _note(text, masked)
    inside = _first_places(pair for i in script.runs for pair in i.inside)
    if inside:
        shows = "show" if len(inside) > 1 else "shows"
        text = f"{{}} also {shows} parameters inside: launch them by their own names"
        yield _note_on(inside, text)
    written = _first_places(
        (o.name, o.place) for o in script.overwrites if o.counts and o.name not in ranks
    )
    if written:
        are, them = ("are", "them") if len(written) > 1 else ("is", "it")
        text = f"{{}} {are} overwritten; a clone overwrites {them} again"
        yield _note_on(written, text)
    for node in [*unnamed_overwrites(script.syntax, script.flow)][:1]:
        text = "only a run tells which parameters are overwritten here, those of a job too"
        yield _note(text, script.syntax.place(node))


def _hidden_note(init: Init, script: Script, ranks: set[str]) -> Iterator[Reason]:
    """The parameters that a run with a config of its own leaves out."""
    names = dict.fromkeys(p.name for p in script.parameters if p.named)
    lacks = init.taken_out if init.whole else {*names} - init.shown
    told = {*ranks, *(name for name, _ in init.otherwise)}
    hidden = [n for n in names if n in lacks and n not in told]
    if not init.records or not hidden:
        return
    text = f"the run doesn't show {_few(hidden)}: a clone takes the defaults"
    yield _note(text, init.place)


def unshown_notes(script: Script) -> Iterator[Reason]:
    """What a new ``config=`` leaves out."""
    for name, parameter in secret_parameters(script).items():
        text = f"{name} looks like a secret and is left out of config="
        yield _note(text, parameter.place)
    for name, place in unrecordable(script):
        yield _note(f"no run can show {name}: it is left out of config=", place)


def _gate_note(gate: Gate, opened: Collection[str], ranks: set[str]) -> Iterator[Reason]:
    """What must hold for the run to start, where that isn't a matter of the rank."""
    if gate.names <= ranks:
        return
    text = f"the run only starts where `{gate.test}` holds; give it to the job"
    if not gate.closed_by_default:
        text = f"whether the run starts depends on `{gate.test}`"
    if gate.names <= ranks.union(opened):
        text = f"in a job `{gate.test}` holds unless the job's config says otherwise"
    yield _note(text, gate.place)


def _first_places(found: Iterable[tuple[str, Place]]) -> dict[str, Place]:
    """Each parameter with the place where it was found first."""
    places: dict[str, Place] = {}
    for name, place in found:
        places.setdefault(name, place)
    return places


def _note_on(places: Mapping[str, Place], text: str) -> Reason:
    """One note on several parameters, at the place of the first."""
    return _note(text.format(_few(list(places))), next(iter(places.values())))


def _few(names: Sequence[str]) -> str:
    """``a, b and c``; of more than four only how many."""
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join(", ".join(names).rsplit(", ", 1))


def _of_one_rank(gate: Gate, ranks: set[str]) -> str:
    """A gate's test, less what it asks of the rank."""
    parts = re.sub(r"\((not [\w.]+)\)", r"\1", gate.test).split(" and ")
    return " and ".join(p for p in parts if not ranks & set(re.findall(r"\w+", p)))


def _opposite(test: str) -> str:
    return test.removeprefix("not ") if test.startswith("not ") else f"not {test}"


def _note(text: str, place: Place) -> Reason:
    return Reason.at(f"{NOTE}{text}", place)
