"""The report of ``migrate`` as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jobready.outcome import Failed, Reason, Rewritten
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
        "created": result.created,
        "forms": list(outcome.forms) if isinstance(outcome, Rewritten) else [],
        "through": [] if isinstance(outcome, Failed) else list(outcome.through),
        "reasons": [_reason(r) for r in outcome.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    found: dict[str, Any] = {
        "line": reason.line,
        "column": reason.column,
        "message": reason.message,
    }
    return found if reason.file is None else {"file": reason.file, **found}
