"""The plain tracked run: does it start, record its parameters, and make the right job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jobready.jobs.answer import Answer
from jobready.jobs.expectations import meets
from jobready.script.model import Script
from pytest_jobready.backend import Job
from pytest_jobready.rehearsal import Rehearsed
from pytest_jobready.verdicts import reads, texts
from pytest_jobready.verdicts.parameters import Parameter
from pytest_jobready.verdicts.verdict import Expected, Good, Red, Verdict

# What the SDK does by itself: the problem's code, and the rule that explains it.
OF_THE_SDK = {"not-created": "JR401", "bad-entrypoint": "JR408"}


@dataclass(frozen=True)
class Plain:
    """All that the plain run is held to.

    ``env`` are the variables that the project gives it.
    ``predicted`` is about a run that makes jobs, ``unasked`` about one as the user starts
    it; ``name`` is the script as it is called from ``root``, the project's folder.
    """

    take: Rehearsed
    script: Script
    parameters: Sequence[Parameter]
    predicted: Answer
    unasked: Answer
    ignored: Sequence[str]
    name: str
    root: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of its parameters."""
        return [parameter.name for parameter in self.parameters]

    @property
    def strange_ranks(self) -> list[str]:
        """What to do about a rank that is set by hand: only the first starts a run."""
        return [
            f"  = env sets {name} = {self.env[name]!r}, and runs start on rank 0: leave it"
            " out, and other ranks run beside it (see ranks)"
            for name in ("RANK", "LOCAL_RANK")
            if self.env.get(name, "0") != "0"
        ]


def as_it_is(plain: Plain) -> Verdict:
    """Whether the run started, recorded its parameters, and made the job as predicted.

    What the SDK gets wrong it gets wrong for every script, so the reason only names the
    rules, and the facts hold what the run's summary says of them once.
    """
    said = start_problem(plain) or _config_problem(plain) or _type_problem(plain)
    said = said or _job_problem(plain)
    if said:
        return Red(said)
    told = {
        rule: problem.message
        for problem in plain.unasked.problems
        if (rule := OF_THE_SDK.get(problem.code)) and not _is_ignored(rule, plain.ignored)
    }
    if not told or plain.take.job is None:
        return Good()
    reason = f"{plain.name}: {' and '.join(told)}, which are the SDK's: see the summary"
    facts = tuple((f"jobready_{rule}", text) for rule, text in told.items())
    return Expected(reason, facts)


def start_problem(plain: Plain) -> str:
    """Why there is no run to look at, "" where there is one."""
    take = plain.take
    if take.ended == "timeout":
        said = f"{plain.name}: {take.ending}: raise timeout, or set stop"
        return texts.joined([said, *texts.crashed(take, plain.root), take.output])
    if not take.reached_init:
        said = f"{plain.name}: no run was started: the script {take.ending}"
        return texts.joined(
            [
                said,
                *plain.strange_ranks,
                *_gates(plain),
                *texts.crashed(take, plain.root),
                take.output,
            ]
        )
    if texts.ended_badly(take):
        said = f"{plain.name}: after it had started its run, the script {take.ending}"
        return texts.joined([said, *texts.crashed(take, plain.root), take.output])
    return ""


def _gates(plain: Plain) -> list[str]:
    """What the run stands behind, and how to open it."""
    lines = []
    flags = {p.name: max(p.flags, key=len, default="") for p in plain.parameters}
    for init in plain.script.inits:
        gate = init.gate
        if gate is None or gate.place.file is not None:
            continue
        said = f"a run only starts where {gate.test}"
        opening = [flags[n] for n, wanted in gate.switches if wanted and flags.get(n)]
        if opening:
            words = ", ".join(f'"{flag}"' for flag in opening)
            said += f': set [tool.jobready.jobs."{plain.name}"] args = [{words}]'
        file = plain.root / plain.name
        lines.append(texts.at(file, gate.place.line, plain.root, said))
    return lines


def _config_problem(plain: Plain) -> str:
    if not plain.parameters or any(p.recorded for p in plain.parameters):
        return ""
    names = ", ".join(p.name for p in plain.parameters)
    said = (
        f"the run's config has none of the parameters ({names}): pass config=args to init"
    )
    started = plain.take.started[0]
    return texts.at(started.file, started.line, plain.root, said)


def _type_problem(plain: Plain) -> str:
    """Values that lost their type on the way through the config."""
    parsed = {p.name: p.value for p in plain.parameters if p.value is not None}
    lost = [
        each
        for each in reads.stale(plain.take.reads, plain.parameters, parsed)
        if each.read.source == "config" and each.saw.type != each.due.type
    ]
    lines = texts.stale_lines(reads.first_of_each(lost), plain.root)
    if lines:
        lines.append("  = a run's config holds what JSON can hold, and gives that back")
    return texts.joined(lines)


def _job_problem(plain: Plain) -> str:
    job, predicted = plain.take.job, plain.predicted.prediction.job
    expected = plain.predicted.expected
    unwanted = expected is not None and expected.source == "none"
    if job is None:
        if unwanted:
            return ""
        why = f": {plain.predicted.failure}" if plain.predicted.failure else ""
        if predicted is None and not why:
            why = f": {plain.predicted.prediction.outcome.reason}"  # type: ignore[union-attr]
        return f"{plain.name}: the run made no job{why}"
    lines = _differences(job, plain)
    if unwanted:
        lines = [f"the run made the job {job.name}, where none is expected"]
    return texts.joined(f"{plain.name}: {line}" for line in lines)


def _differences(job: Job, plain: Plain) -> list[str]:
    predicted, expected = plain.predicted.prediction.job, plain.predicted.expected
    found = []
    if expected is not None and expected.name and not meets(expected.name, job.name):
        found.append(f"the run's job is called {job.name}, not {expected.name}")
    if expected is not None and expected.source not in (None, job.source_type):
        found.append(f"the job's source is {job.source_type}, not {expected.source}")
    if predicted is None:
        reason = plain.predicted.prediction.outcome.reason  # type: ignore[union-attr]
        found.append(f"the run made a job, and none was predicted: {reason}")
    elif not found:
        for what, got, due in (
            ("is called", job.name, predicted.name),
            ("has the source", job.source_type, predicted.source),
            ("is started by", " ".join(job.entrypoint), " ".join(predicted.entrypoint)),
        ):
            if due is not None and got != due:
                found.append(f"the run's job {what} {got}, and {due} was predicted")
    program = job.entrypoint[-1] if job.entrypoint else None
    if program is not None and not (plain.root / program).exists():
        found.append(f"the job starts {program}, which is not in {plain.root}")
    known = _input_types(job.input_types)
    missing = [k for k in plain.take.config or {} if known is not None and k not in known]
    if missing:
        found.append(f"the job's input types lack {', '.join(sorted(missing))}")
    return found


def _input_types(described: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The keys that the job takes; None where the SDK describes none."""
    found = (described.get("params") or {}).get("type_map")
    return found if isinstance(found, Mapping) else None


def _is_ignored(rule: str, ignored: Sequence[str]) -> bool:
    return any(code == "ALL" or rule.startswith(code) for code in ignored)
