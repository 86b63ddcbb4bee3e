"""What a run of ``check`` came to, as the formats get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobready.lint.verdict import Verdict
    from jobready.outcome import Reason
    from jobready.rules.finding import Finding


@dataclass(frozen=True)
class Checked:
    """The verdicts on files in which there is something, and what surrounds them.

    ``looked_at`` counts the files, ``notebooks`` are those that were passed over, and
    ``excluded`` the files that were named though the settings leave them out.
    ``fixed`` are the findings that are gone, counted by code; with ``pending`` they would
    be. ``text`` gives what stands in a file of a verdict, None where that can't be had.
    """

    verdicts: tuple[Verdict, ...]
    looked_at: int
    notebooks: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    fixed: tuple[tuple[str, int], ...] = ()
    pending: bool = False
    text: Callable[[str], str | None] = field(default=lambda path: None)

    @property
    def findings(self) -> Iterator[tuple[str, Finding]]:
        """Each finding with the path of its file."""
        return ((v.path, finding) for v in self.verdicts for finding in v.findings)

    @property
    def problems(self) -> Iterator[tuple[str, Reason]]:
        """What kept files from being checked."""
        return ((v.path, reason) for v in self.verdicts for reason in v.problems)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(v.findings) for v in self.verdicts)

    @property
    def suppressed(self) -> int:
        """How many findings comments suppress."""
        return sum(v.suppressed for v in self.verdicts)
