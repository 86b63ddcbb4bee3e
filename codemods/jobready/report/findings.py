"""Findings for a reader: each with the lines that it is about, and a summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobready.outcome import Reason
    from jobready.report.checked import Checked
    from jobready.rules.finding import Finding

# Gives a text a colour or a weight: ``style("JR101", "code")``.
Style = Callable[[str, str], str]
WIDEST = 100  # columns of a line of source
# The API keys of W&B, which a report in the log of a CI must not show.
API_KEY = re.compile(r"\b[0-9a-f]{40}\b|\bwandb_v1_\w{30,}")


def plain(text: str, kind: str) -> str:
    """A text without colours."""
    return text


def finding_line(path: str, finding: Finding, style: Style = plain) -> str:
    """``train.py:12:8: JR101 message (fix: … or why there is none)``."""
    return f"{head(path, finding, style)} ({advice(finding)})"


def head(path: str, finding: Finding, style: Style = plain) -> str:
    """``train.py:12:8: JR101 message``."""
    place = finding.place
    where = style(f"{path}:{place.line}:{place.column}:", "path")
    return f"{where} {style(finding.code, 'code')} {finding.message}"


def advice(finding: Finding) -> str:
    """What the fix would do, and which option makes it, or why there is none."""
    if finding.fix is None:
        return f"no fix: {finding.no_fix}"
    if finding.fix.safety == "safe":
        return f"fix: {finding.fix.sentence}"
    return f"unsafe fix: {finding.fix.sentence}"


def problem_line(path: str, reason: Reason, style: Style = plain) -> str:
    """``train.py:3: why it could not be checked``."""
    where = f"{path}:{reason.line}:" if reason.line else f"{path}:"
    return f"{style(where, 'path')} {reason.message}"


def text_lines(checked: Checked, style: Style = plain) -> Iterator[str]:
    """Each finding with the line of source that it is about."""
    for verdict in checked.verdicts:
        text = checked.text(verdict.path) if verdict.findings else None
        lines = re.split(r"\r\n|\r|\n", text) if text is not None else []
        for finding in verdict.findings:
            yield head(verdict.path, finding, style)
            yield from _excerpt(finding, lines, style)


def _excerpt(finding: Finding, lines: list[str], style: Style) -> Iterator[str]:
    number = str(finding.place.line)
    margin = " " * len(number)
    if 0 < finding.place.line <= len(lines):
        source = lines[finding.place.line - 1].replace("\t", " ").rstrip()
        source = API_KEY.sub(lambda found: "*" * len(found[0]), source)
        start = min(finding.place.column - 1, len(source))
        stop = start + 1
        if finding.end is not None:
            same = finding.end.line == finding.place.line
            stop = finding.end.column - 1 if same else len(source)
        shown = source if len(source) <= WIDEST else source[: WIDEST - 1] + "…"
        stop = max(start + 1, min(stop, len(shown)))
        if start < len(shown):
            yield f"  {style(number, 'margin')} {style('|', 'margin')} {shown}"
            mark = style("^" * (stop - start), "mark")
            yield f"  {margin} {style('|', 'margin')} {' ' * start}{mark}"
    yield f"  {margin} {style('=', 'margin')} {advice(finding)}"


def summary(checked: Checked) -> Iterator[str]:
    """The last lines: how much was looked at and found, and what could be fixed."""
    files = _count(checked.looked_at, "file")
    found = _count(checked.count, "finding") if checked.count else "no findings"
    text = f"{files} looked at: {found}"
    gone = sum(number for _, number in checked.fixed)
    if gone:
        text += f", {gone} {'would be ' if checked.pending else ''}fixed"
    if checked.suppressed:
        text += f", {checked.suppressed} suppressed"
    failed = len({path for path, _ in checked.problems})
    if failed:
        text += f", {failed} could not be checked"
    yield f"{text}."
    safety = Counter(f.fix.safety for _, f in checked.findings if f.fix is not None)
    if safety["safe"]:
        yield f"{safety['safe']} can be fixed with --fix."
    if safety["unsafe"]:
        yield f"{safety['unsafe']} can be fixed with --fix --unsafe-fixes."
    if checked.excluded:
        named = _count(len(checked.excluded), "named file")
        yield f"{named} passed over, as [tool.jobready] says."
    if checked.notebooks:
        shown = ", ".join(checked.notebooks[:3])
        more = len(checked.notebooks) - 3
        shown += f" and {more} more" if more > 0 else ""
        books = _count(len(checked.notebooks), "notebook")
        yield f"{books} skipped ({shown}): export to scripts what is to be checked."


def statistics(checked: Checked) -> Iterator[str]:
    """How often each rule found something, the most frequent first.

    ``12  JR101  [*] args-not-routed``; [*] marks rules of which all findings can be fixed
    safely, [-] those of which some can or with an unsafe fix.
    """
    from jobready.rules import all_rules

    names = {rule.code: rule.name for rule in all_rules()}
    counts = Counter(f.code for _, f in checked.findings)
    safe = Counter(f.code for _, f in checked.findings if f.fix and f.fix.safety == "safe")
    fixable = Counter(f.code for _, f in checked.findings if f.fix)
    width = len(str(max(counts.values(), default=0)))
    for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        mark = "[*]" if safe[code] == number else "[-]" if fixable[code] else "[ ]"
        yield f"{number:>{width}}  {code}  {mark} {names[code]}"


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
