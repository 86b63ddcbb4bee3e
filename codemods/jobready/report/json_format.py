"""The report of ``migrate`` as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jobready.outcome import Rewritten
from jobready.report.results import FileResult, count

VERSION = 1


def migrate_report(results: Sequence[FileResult]) -> str:
    """``{"version", "files": […], "summary": {…}}``; lines and columns are 1-based."""
    report = {
        "version": VERSION,
        "files": [_file(r) for r in results],
        "summary": count(results),
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _file(result: FileResult) -> dict[str, Any]:
    outcome = result.outcome
    return {
        "path": result.path,
        "outcome": result.word,
        "forms": list(outcome.forms) if isinstance(outcome, Rewritten) else [],
        "reasons": [
            {"line": r.line, "column": r.column, "message": r.message}
            for r in outcome.reasons
        ],
    }
