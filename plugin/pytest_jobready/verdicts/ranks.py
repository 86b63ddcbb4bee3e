"""Several ranks, of which one starts the run: do the others see the launched values too."""

from __future__ import annotations

from dataclasses import replace

from pytest_jobready.rehearsal.events import NO_RUN, RANK
from pytest_jobready.rehearsal.rehearsed import Crash
from pytest_jobready.verdicts import reads, texts
from pytest_jobready.verdicts.as_it_is import Plain
from pytest_jobready.verdicts.overridden import Launch, refuted
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict


def of_other_ranks(launch: Launch) -> Launch:
    """The launch with what the main process read left out."""
    seen = tuple(r for r in launch.take.reads if r.process.startswith(RANK))
    return replace(launch, take=replace(launch.take, reads=seen))


def on_other_ranks(plain: Plain, launch: Launch) -> Verdict:
    """Red where another rank reads other values than were launched, or no config at all.

    As expected where that can't be told: the ranks came to no read, or crashed over
    something that a rehearsal doesn't give them, such as a network of GPUs.
    """
    others = of_other_ranks(launch)
    stale = reads.first_of_each(refuted(plain, others))
    if stale:
        lines = [
            f"{plain.name}: launched values don't arrive on every rank:"
            f" {', '.join(dict.fromkeys(each.name for each in stale))}",
            *texts.stale_lines(stale, plain.root),
            "  = only the rank that starts the run has its config",
        ]
        return Red(texts.joined(lines))
    crashes = launch.take.rank_crashes
    for crash in crashes:
        if NO_RUN in crash.message:
            head = f"{plain.name}: another rank than the one that starts the run crashes:"
            return Red(texts.joined([head, _told(plain, crash)]))
    if crashes:
        return Expected(f"{plain.name}: other ranks are inconclusive: {_short(crashes[0])}")
    if not any(True for _ in reads.uses(others.take.reads, plain.parameters)):
        return Expected(f"{plain.name}: other ranks are inconclusive: they read nothing")
    return Good()


def _told(plain: Plain, crash: Crash) -> str:
    said = f"{crash.type}: {crash.message} (in the process {crash.process})"
    if crash.file is None or crash.line is None:
        return said
    return texts.at(crash.file, crash.line, plain.root, said)


def _short(crash: Crash) -> str:
    first = crash.message.partition("\n")[0]
    return f"{crash.process} crashed with {crash.type}: {first}"
