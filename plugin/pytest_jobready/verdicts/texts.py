"""Sentences about takes, as failures have them: file, line, and what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pytest_jobready.rehearsal import Rehearsed
from pytest_jobready.verdicts.excerpts import excerpt, shown_path
from pytest_jobready.verdicts.reads import Stale, child

MOST = 10  # places that a failure lists


def at(file: str | Path, line: int, root: Path, said: str) -> str:
    """``train.py:3: said``, and the line itself below."""
    shown = excerpt(file, line)
    return f"{shown_path(file, root)}:{line}: {said}" + (f"\n{shown}" if shown else "")


def stale_lines(
    found: Sequence[Stale], root: Path, words: Mapping[str, str] | None = None
) -> list[str]:
    """Each stale read with its line: what it saw, and what it should have seen.

    ``words`` are what the command line said of a parameter, where it isn't plain.
    """
    lines: dict[tuple[Path, int, str], str] = {}
    others: Counter[tuple[Path, int, str]] = Counter()
    for each in sorted(found, key=lambda e: e.read.whole):
        read = each.read
        key = (read.file, read.line, "" if read.whole else each.name)
        if key in lines:
            others[key] += 1
            continue
        saw, due = str(each.saw), str(each.due)
        if each.saw.type != each.due.type:
            saw, due = f"{saw} ({each.saw.type})", f"{due} ({each.due.type})"
        said = f"{each.name} is {saw} here, and should be {due}"
        if words and each.name in words:
            said += f"; the command line says {words[each.name]}"
        process = child(read)
        if process is not None:
            said += f" (in the process {process})"
        lines[key] = said
    shown = [
        at(file, line, root, said + _among(others[file, line, name]))
        for (file, line, name), said in list(lines.items())[:MOST]
    ]
    if len(lines) > MOST:
        shown.append(f"… and {len(lines) - MOST} more places")
    return shown


def _among(others: int) -> str:
    """What is said where all parameters are read at once, and more of them are stale."""
    return f", and {others} others that are read at once" if others else ""


def crashed(take: Rehearsed, root: Path) -> list[str]:
    """Where the script ended: the last line that an exception crossed, or where it hung."""
    if take.ended == "timeout" and take.late is not None:
        return [at(*take.late, root, "here it was when its time was up")]
    crash = take.crash
    if crash is None or crash.file is None or crash.line is None:
        return []
    return [at(crash.file, crash.line, root, f"{crash.type}: {crash.message}")]


def ended_badly(take: Rehearsed) -> bool:
    """Whether the script neither got to where it was to be stopped nor ended well."""
    return take.ended != "stopped" and not (take.ended == "exited" and take.exit_code == 0)


def joined(lines: Iterable[str]) -> str:
    """Lines as one text, without empty ones at the end."""
    return "\n".join(line for line in lines if line)
