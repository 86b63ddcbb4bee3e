"""Comments that suppress findings: ``# jobready: ignore[JR101] reason``.

One holds for the statement that it stands in or behind, one on a line of its own for the
next statement, and ``# jobready: ignore-file[JR101] reason`` for the file; without codes
that one takes the file out altogether.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jobready.edits.writing.text import Lines
from jobready.edits.writing.tokens import tokens_of
from jobready.rules.finding import Finding, Suppression
from jobready.script.source.place import Place

COMMENT = re.compile(
    r"#\s*jobready:\s*(?P<word>ignore-file|ignore)\b(?!-)(?P<codes>\[[^\]\n]*\])?"
)
# What somebody writes who has another tool's words in mind.
MEANT = re.compile(r"#\s*jobready:\s*(?P<word>ignore\S*|noqa\S*|disable\S*|skip\S*|off\b)")
# The rule whose fix is the migration.
MIGRATES = "JR101"
SKIPPED = (tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


@dataclass(frozen=True)
class Suppressed:
    """Findings less those that comments suppress, and the comments with what they did."""

    findings: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...]
    count: int


def suppressions_in(text: str) -> tuple[Suppression, ...]:
    """The comments of a file that suppress findings."""
    if "jobready:" not in text:
        return ()
    source = Lines(text)
    found = []
    for token, lines in _comments(text):
        match = COMMENT.search(token.string)
        other = match or MEANT.search(token.string)
        if other is None:
            continue
        inside = ((match and match["codes"]) or "[]")[1:-1]
        codes = tuple(code.strip() for code in inside.split(",") if code.strip())
        whole = match is not None and match["word"] == "ignore-file"
        understood = bool(codes) or (whole and match is not None and not match["codes"])
        row, column = token.start[0], token.start[1] + 1
        place = Place(row, column + other.start())
        end = Place(row, column + len(token.string.rstrip()))
        brackets = (place, end)
        if match is not None and match["codes"]:
            start, stop = match.span("codes")
            brackets = (Place(row, column + start), Place(row, column + stop))
        found.append(
            Suppression(
                codes=codes,
                lines=None if whole else lines,
                place=place,
                end=end,
                brackets=brackets,
                removal=_removal(place, end, source),
                words=None if understood else other["word"],
            )
        )
    return tuple(found)


def _removal(place: Place, end: Place, source: Lines) -> tuple[Place, Place]:
    """What goes with a comment: the space before it, or its line if it stands alone."""
    before = source.line(place.line)[: place.column - 1]
    if before.strip():
        return Place(place.line, len(before.rstrip()) + 1), end
    return Place(place.line, 1), source.below(place.line)


def without_suppressed(
    findings: Sequence[Finding],
    suppressions: Sequence[Suppression],
    looked_for: frozenset[str],
    known: frozenset[str],
) -> Suppressed:
    """Take out what the comments suppress.

    ``looked_for`` are the codes of the rules that could find something in this project,
    ``known`` those of all rules.
    """
    used: dict[int, set[str]] = {i: set() for i in range(len(suppressions))}
    left = []
    for finding in findings:
        by = [
            (i, code)
            for i, each in enumerate(suppressions)
            for code in _codes(each)
            if finding.code.startswith(code) and _holds(each, finding)
        ]
        for index, code in by:
            used[index].add(code)
        if not by:
            left.append(finding)
    judged = []
    for index, each in enumerate(suppressions):
        unknown = tuple(c for c in each.codes if not any(k.startswith(c) for k in known))
        unused = tuple(
            c
            for c in each.codes
            if c not in used[index] and c not in unknown and _ran(c, known, looked_for)
        )
        judged.append(replace(each, unused=unused, unknown=unknown))
    return Suppressed(tuple(left), tuple(judged), len(findings) - len(left))


def opted_out(suppressions: Sequence[Suppression]) -> Suppression | None:
    """The comment that takes a whole file out of the migration; None where none does."""
    for each in suppressions:
        if each.lines is None and any(MIGRATES.startswith(c) for c in _codes(each)):
            return each
    return None


def _codes(suppression: Suppression) -> tuple[str, ...]:
    """What the codes of a finding may start with to be suppressed."""
    if suppression.words is not None:
        return ()
    return suppression.codes or ("",)


def _holds(suppression: Suppression, finding: Finding) -> bool:
    if finding.path is not None:
        return False  # it is about another file
    if suppression.lines is None:
        return True
    return finding.place.line in suppression.lines


def _ran(code: str, known: frozenset[str], looked_for: frozenset[str]) -> bool:
    """Whether every rule that a code or a beginning of codes stands for has run."""
    return {k for k in known if k.startswith(code)} <= looked_for


def _comments(text: str) -> Iterator[tuple[tokenize.TokenInfo, range]]:
    """Each comment with the lines of the statement that it belongs to."""
    waiting: list[tokenize.TokenInfo] = []
    start: int | None = None
    for token in tokens_of(text):
        if token.type == tokenize.COMMENT:
            waiting.append(token)
        elif token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
            lines = range(start or token.start[0], token.start[0] + 1)
            yield from ((comment, lines) for comment in waiting)
            waiting, start = [], None
        elif token.type not in SKIPPED and start is None:
            start = token.start[0]
