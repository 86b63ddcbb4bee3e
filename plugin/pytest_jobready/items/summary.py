"""What a run of pytest says at its end of the scripts as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

PASSED, EXPECTED, FAILED = "good", "expected to fail", "failed"


def summary_lines(reports: Iterable[Any]) -> Iterator[str]:
    """One line of counts, and one for each script with something unproven.

    ``jobready: 2 scripts, 8 checks: 6 good, 2 failed; 12 of 14 parameters proven``
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


def _outcome(report: Any) -> str:
    if hasattr(report, "wasxfail"):
        return EXPECTED
    return PASSED if report.passed else FAILED


def _number(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
