"""Findings as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobready.rules.model import Finding

VERSION = 1


def finding_line(path: str, finding: Finding) -> str:
    """``train.py:12:8: JR101 message (fix or why there is none)``."""
    place = finding.place
    hint = finding.fix or f"no fix: {finding.no_fix}"
    return f"{path}:{place.line}:{place.column}: {finding.code} {finding.message} ({hint})"


def findings_report(
    found: Sequence[tuple[str, Finding]], failed: Sequence[tuple[str, str, int | None]]
) -> str:
    """``{"version", "findings": […], "errors": […]}``; lines and columns are 1-based."""
    report: dict[str, Any] = {
        "version": VERSION,
        "findings": [
            {
                "path": path,
                "code": f.code,
                "message": f.message,
                "line": f.place.line,
                "column": f.place.column,
                "fix": f.fix,
                "no_fix": f.no_fix,
            }
            for path, f in found
        ],
        "errors": [
            {"path": path, "message": message, "line": line}
            for path, message, line in failed
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)
