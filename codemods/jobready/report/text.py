"""The report of ``migrate`` for a reader: one line a file, a summary, what comes next."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jobready.outcome import COMMAND_IN_ENTRY, Reason, Rewritten
from jobready.project.upwards import path_in_repository
from jobready.report.causes import most_noted, most_refused
from jobready.report.results import FileResult, count

SHOWN_REASONS = 4


def file_line(result: FileResult, *, pending: bool = False) -> str:
    """What happened to one file and why: ``train.py: rewritten, argv: …``.

    With ``pending`` nothing was written, and the line says so.
    """
    outcome = result.outcome
    word = result.word
    if isinstance(outcome, Rewritten):
        forms = ", ".join(outcome.forms)
        done = "created" if result.created else "rewritten"
        word = f"would be {done}, {forms}" if pending else f"{done}, {forms}"
    sentences = sentences_of(outcome.reasons)
    shown = sentences[:SHOWN_REASONS]
    more = len(sentences) - len(shown)
    if more:
        shown.append(f"and {more} more")
    return f"{result.path}: {word}" + (f": {'; '.join(shown)}" if shown else "")


def sentences_of(reasons: Sequence[Reason]) -> list[str]:
    """What is to be said, each once, with the first of its places."""
    first: dict[str, Reason] = {}
    for reason in reasons:
        first.setdefault(reason.message, reason)
    times = Counter(reason.message for reason in reasons)
    return [_sentence(reason, times[text] - 1) for text, reason in first.items()]


def _sentence(reason: Reason, more: int) -> str:
    if reason.line is None:
        return reason.message
    place = f"line {reason.line}" if reason.file is None else f"{reason.file}:{reason.line}"
    places = f"{place} and {more} more" if more else place
    return f"{reason.message} ({places})"


def summary(
    results: Sequence[FileResult],
    *,
    pending: bool = False,
    skipped: int = 0,
    unsaid: int = 0,
) -> str:
    """The last lines: how many files were looked at and what became of them.

    ``skipped`` are notebooks, ``unsaid`` the scripts without a line of their own that take
    launched values already.
    """
    counts = count(results)
    rewritten = "would be rewritten" if pending else "rewritten"
    parts = [
        f"{counts['rewritten']} {rewritten}",
        f"{counts['unchanged']} unchanged",
        f"{counts['refused']} refused",
    ]
    if counts["failed"]:
        parts.append(f"{counts['failed']} failed")
    files = "1 file" if counts["files"] == 1 else f"{counts['files']} files"
    text = f"{files} looked at: {', '.join(parts)}."
    if skipped:
        books = "1 notebook" if skipped == 1 else f"{skipped} notebooks"
        text += f" {books} skipped: export them to scripts first."
    if unsaid:
        scripts = "1 script takes" if unsaid == 1 else f"{unsaid} scripts take"
        text += f" {scripts} launched values already."
    for word, causes in (
        ("refused", most_refused(results)),
        ("to be looked at", most_noted(results)),
    ):
        if causes:
            text += f"\nMost often {word}: {'; '.join(causes)}."
    return text


def next_steps(results: Sequence[FileResult]) -> str | None:
    """How a rewritten script becomes a job; None where none was rewritten."""
    rewritten = [r for r in results if isinstance(r.outcome, Rewritten) and r.path != "-"]
    done = [script for r in rewritten for script in r.scripts or (r.path,)]
    if not done:
        return None
    script = path_in_repository(Path(done[0]))
    own = (each.outcome for each in results if each.path == done[0])
    said = (r.message for outcome in own for r in outcome.reasons)
    word = " COMMAND" if any(COMMAND_IN_ENTRY in message for message in said) else ""
    start = shlex.quote(f"python {shlex.quote(script)}{word}")
    return (
        "Next: commit and push, then make a job of it in one of three ways:\n"
        f"  wandb job create -p PROJECT -n NAME -E {start} git REPOSITORY-URL\n"
        f"  wandb launch -u REPOSITORY-URL -E {start}\n"
        "  a run of the script with WANDB_DISABLE_JOB_CREATION=false"
    )
