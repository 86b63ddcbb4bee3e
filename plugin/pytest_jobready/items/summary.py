"""What a run of pytest says at its end of the scripts as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

OF_THE_SDK = "jobready_JR"  # what a fact's name begins with that is told once a run
PASSED, EXPECTED, FAILED = "good", "expected to fail", "failed"


def summary_lines(reports: Iterable[Any]) -> Iterator[str]:
    """One line of counts, what is to be said of single scripts, and the SDK's faults.

    ``jobready: 2 scripts, 8 checks: 6 good, 2 failed; 12 of 14 parameters proven``

    The reports are those of the whole run, so that under pytest-xdist as well the SDK's
    faults are told once and not once a script or worker.
    """
    checks = [
        (report, dict(report.user_properties))
        for report in reports
        if getattr(report, "when", None) == "call"
        and any(key == "jobready" for key, _ in report.user_properties)
    ]
    if not checks:
        return
    outcomes = Counter(_outcome(report) for report, _ in checks)
    scripts = {facts["jobready"] for _, facts in checks}
    counts = ", ".join(
        f"{outcomes[each]} {each}" for each in (PASSED, EXPECTED, FAILED) if outcomes[each]
    )
    line = f"jobready: {_number(len(scripts), 'script')}"
    line += f", {_number(len(checks), 'check')}: {counts}"
    tried = [facts for _, facts in checks if "jobready_parameters" in facts]
    if tried:
        proven = sum(int(facts["jobready_proven"]) for facts in tried)
        every = sum(int(facts["jobready_parameters"]) for facts in tried)
        line += f"; {proven} of {_number(every, 'parameter')} proven"
    yield line
    for facts in tried:
        if facts.get("jobready_not_proven"):
            yield f"  {facts['jobready']}: not proven: {facts['jobready_not_proven']}"
        if facts.get("jobready_shown_early"):
            where = facts["jobready_shown_early"]
            yield f"  {facts['jobready']}: shows values before the launched ones: {where}"
    stood_in = dict.fromkeys(
        (facts["jobready"], facts["jobready_stand_ins"])
        for _, facts in checks
        if "jobready_stand_ins" in facts
    )
    for script, names in stood_in:
        yield f"  {script}: something stood in for what isn't installed: {names}"
    yield from _of_the_sdk([facts for _, facts in checks])


def _of_the_sdk(checks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """``  JR408 (train.py and 3 more): …``, a line for each fault and wording."""
    told: dict[tuple[str, str], list[str]] = {}
    for facts in checks:
        for name, text in facts.items():
            if name.startswith(OF_THE_SDK):
                told.setdefault((name.removeprefix("jobready_"), text), []).append(
                    facts["jobready"]
                )
    for (rule, text), scripts in sorted(told.items()):
        more = f" and {len(scripts) - 1} more" if len(scripts) > 1 else ""
        yield f"  {rule} ({min(scripts)}{more}): {text}"


def _outcome(report: Any) -> str:
    if hasattr(report, "wasxfail"):
        return EXPECTED
    return PASSED if report.passed else FAILED


def _number(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
