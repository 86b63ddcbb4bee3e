"""What stands against a job's values for dataclasses that are fields of others.

A run shows each as one value. So a key of it is never left out alone: no secret, when it
is shown, and no rank, when a job launches it. And a job that launches some of its keys may
leave the run's config without the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from jobready.edits.job_args.surroundings import takes_config_itself
from jobready.edits.launched.job_config import RANKS, rank_parameters
from jobready.edits.shown.init_config import config_reads
from jobready.edits.shown.read_back import ALL, key_taken
from jobready.edits.shown.unshown import unshown
from jobready.outcome import Reason
from jobready.project.environment import Environment
from jobready.script.configs.parts_inside import holds_fields
from jobready.script.model import Script


def inside_problems(
    script: Script, environment: Environment, *, shows: bool
) -> Iterator[Reason]:
    """Why such parameters can't be launched, or shown where a new config ``shows`` them."""
    inside = [p for p in script.parameters if p.within and "." in p.name]
    if not inside:
        return
    if takes_config_itself(environment):
        text = f"{inside[0].name} is part of a value that wandb before 0.16.1 shows as text"
        yield Reason.at(text, inside[0].place)
    names = frozenset(p.name for p in inside)
    for read, name in config_reads(script):
        key = key_taken(read, name, script)
        if key is not None and (key == ALL or holds_fields(key, names)):
            text = "the run's config is read back, which may have a part of"
            key = inside[0].name.partition(".")[0] if key == ALL else key
            yield Reason.at(f"{text} {key} alone", script.syntax.place(read))
    ranks = {name for name, _ in rank_parameters(script)}
    secrets = unshown(script) if shows else frozenset()
    for p in inside:
        if p.name in ranks or p.name.rpartition(".")[2] in RANKS:
            text = f"{p.name} is a rank, which is launched with all of its dataclass"
            yield Reason.at(text, p.place)
        if p.name in secrets:
            text = f"{p.name} is a secret, which a run would show with its dataclass"
            yield Reason.at(text, p.place)
