"""The outcomes of a run over many files, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobready.outcome import (
    ROUTED,
    UNSEEN_RUN,
    Failed,
    Outcome,
    Refused,
    Rewritten,
    Unchanged,
)

WORDS: dict[type, str] = {
    Rewritten: "rewritten",
    Unchanged: "unchanged",
    Refused: "refused",
    Failed: "failed",
}


@dataclass(frozen=True)
class FileResult:
    """One file, as the user named it, and what happened to it.

    ``scripts`` are those that it was changed for as a module that they import;
    ``created`` says that there was no such file before.
    """

    path: str
    outcome: Outcome
    scripts: tuple[str, ...] = ()
    created: bool = False

    @property
    def word(self) -> str:
        """The outcome as one word of the JSON report."""
        return WORDS[type(self.outcome)]

    @property
    def is_routed(self) -> bool:
        """Whether it is a script that takes launched values already."""
        return isinstance(self.outcome, Unchanged) and self._says(ROUTED)

    @property
    def is_unseen(self) -> bool:
        """Whether it is a script that seems to start a run, in a way that isn't seen."""
        return isinstance(self.outcome, Unchanged) and self._says(UNSEEN_RUN)

    def _says(self, text: str) -> bool:
        return any(text in reason.message for reason in self.outcome.reasons)


def count(results: Sequence[FileResult]) -> dict[str, int]:
    """How many files there were, in all and by outcome."""
    counts = {"files": len(results)}
    for word in WORDS.values():
        counts[word] = sum(r.word == word for r in results)
    return counts
