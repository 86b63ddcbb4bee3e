"""Findings as plain values that JSON holds, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jobready.edits.writing.text import Edit
from jobready.rules.finding import Finding, Fix, Migration
from jobready.script.source.place import Place

Record = list[Any]


def to_record(finding: Finding) -> Record:
    """A finding as JSON has it."""
    return [
        finding.code,
        finding.message,
        _of_place(finding.place),
        _of_place(finding.end) if finding.end else None,
        _of_fix(finding.fix) if finding.fix else None,
        finding.no_fix,
        str(finding.path) if finding.path else None,
    ]


def from_record(record: Record) -> Finding:
    """The finding that a record was made of; raises ValueError or TypeError for others."""
    code, message, place, end, fix, no_fix, path = record
    if not isinstance(code, str) or not isinstance(message, str):
        raise ValueError("a finding has a code and a message")
    return Finding(
        code,
        message,
        _to_place(place),
        _to_place(end) if end is not None else None,
        _to_fix(fix) if fix is not None else None,
        no_fix,
        Path(path) if path is not None else None,
    )


def _of_place(place: Place) -> list[int]:
    return [place.line, place.column]


def _to_place(record: list[int]) -> Place:
    line, column = record
    return Place(int(line), int(column))


def _of_fix(fix: Fix) -> Record:
    edits = None
    if not isinstance(fix.change, Migration):
        edits = [[_of_place(e.start), _of_place(e.end), e.text] for e in fix.change]
    return [fix.safety, fix.sentence, edits]


def _to_fix(record: Record) -> Fix:
    safety, sentence, edits = record
    if safety not in ("safe", "unsafe"):
        raise ValueError("a fix is safe or unsafe")
    if edits is None:
        return Fix(safety, str(sentence), Migration())
    change = tuple(Edit(_to_place(a), _to_place(b), str(text)) for a, b, text in edits)
    return Fix(safety, str(sentence), change)
