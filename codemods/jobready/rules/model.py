"""What a rule is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jobready.edits.choose import Decision
from jobready.script.model import Place, Script


@dataclass(frozen=True)
class Finding:
    """One thing that stops a script from being a good job.

    ``fix`` says how `jobready migrate` mends it; ``no_fix`` says why nothing does. One of
    the two is always there.
    """

    code: str
    message: str
    place: Place
    fix: str | None = None
    no_fix: str | None = None


@dataclass(frozen=True, eq=False)
class Subject:
    """What a rule looks at: the script, and what the migration would do to it."""

    script: Script
    decision: Decision


@dataclass(frozen=True)
class Rule:
    """One rule: its file holds it as ``RULE``, and nothing else has to name it."""

    code: str
    name: str
    summary: str
    why: str
    bad: str
    good: str
    find: Callable[[Subject], Iterator[Finding]]
