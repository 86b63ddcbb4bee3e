"""What a reader of the diff should know beside it: gates, ranks, overwrites, secrets."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jobready.edits.job_config import masked_parameters, rank_parameters
from jobready.edits.secrets import looks_secret
from jobready.outcome import Reason
from jobready.script.model import Gate, Init, Place, Script
from jobready.script.own_start import starts_itself


def notes(script: Script, opened: Collection[str]) -> Iterator[Reason]:
    """The notes on a script in form argv; ``opened`` are the gates that a job opens."""
    ranks = {name for name, _ in rank_parameters(script)}
    tests = {i.gate.test for i in script.runs if i.gate is not None}
    for init in script.runs:
        other = init.gate is not None and _opposite(init.gate.test) in tests
        if init.gate is not None and not init.gate.opens_by_default and not other:
            yield from _gate_note(init.gate, opened, ranks)
        yield from _hidden_note(init, script, ranks)
        if init.filtered is not None:
            text = "the run may not show all parameters: a clone takes the others' defaults"
            yield _note(text, init.filtered)
        if init.file is not None:
            text = "the run shows the parameters beside what a file gives, and before it"
            yield _note(f"{text} where both have a name", init.file)
        if init.replaced is not None:
            text = "the arguments may be set anew here, as from any command line"
            yield _note(text, init.replaced)
        for name, place in init.otherwise:
            yield _note(f"the run shows another value as {name}", place)
    for init in script.inits:
        if not init.records and any(p.into_dataclasses for p in script.parses):
            text = "the run shows no parameters but those that a Trainer records"
            yield _note(text, init.place)
    for tracker in script.trackers if not script.inits else ():
        for text, place in tracker.unseen:
            yield _note(text, place)
    if not all(init.records for init in script.inits):
        yield from secret_notes(script)
    for name, place in rank_parameters(script):
        yield _note(f"{name} is left to the launcher of each process", place)
    again = starts_itself(script.syntax, script.flow)
    if again is not None:
        text = "the script starts itself: there too the job's values count, before argv"
        yield _note(text, again)
    masked = masked_parameters(script)
    if masked:
        tokens = " and ".join(name for name, _ in masked)
        yield _note(f"{tokens} are left out: a Trainer records them masked", masked[0][1])
    told: set[str] = set()
    for overwrite in script.overwrites:
        if overwrite.counts and overwrite.name not in told:
            told.add(overwrite.name)
            text = f"{overwrite.name} is overwritten; a clone overwrites it again"
            yield _note(text, overwrite.place)


def _hidden_note(init: Init, script: Script, ranks: set[str]) -> Iterator[Reason]:
    """The parameters that a run with a config of its own leaves out."""
    names = dict.fromkeys(p.name for p in script.parameters if p.named)
    hidden = [n for n in names if n not in init.shown and n not in ranks]
    if not init.records or init.whole or not hidden:
        return
    few = ", ".join(hidden[:3]) + (f" and {len(hidden) - 3} more" if hidden[3:] else "")
    yield _note(f"the run doesn't show {few}: a clone takes the defaults", init.place)


def secret_notes(script: Script) -> Iterator[Reason]:
    """The parameters that a new ``config=`` leaves out."""
    for parameter in script.parameters:
        if looks_secret(parameter):
            text = f"{parameter.name} looks like a secret and is left out of config="
            yield _note(text, parameter.place)


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


def _opposite(test: str) -> str:
    return test.removeprefix("not ") if test.startswith("not ") else f"not {test}"


def _note(text: str, place: Place) -> Reason:
    return Reason.at(f"note: {text}", place)
