"""What the judge says of one script, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Ruling = Literal["right", "wrong", "not judgeable", "refused", "not seen", "nothing to do"]
CLAUSES = ("C1", "C2", "launched wins", "C3", "clone")


@dataclass(frozen=True)
class Verdict:
    """One script and what became of it.

    It is ``not seen`` where its original starts a run, and jobready says it starts none.
    ``clauses`` has a word for each clause that was tried: ``right``, ``wrong`` or why it
    could not be tried. ``reasons`` say what is wrong, why it was refused, or why nothing
    can be said. ``parameters`` counts those of the parser, ``proven`` those that were
    read with another value than their default, ``unread`` names those that nothing read
    in any run, ``untried`` those for which no other value was found. ``through`` are the
    other files of its repository that its parameters pass through, ``stand_ins`` the
    libraries that something stood in for. ``needs`` is what it got from whoever started
    it, as `tests.judge.needs` has it.
    """

    script: str
    ruling: Ruling
    form: str | None = None
    clauses: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    parameters: int = 0
    proven: int = 0
    unread: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    needs: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The entry of the table of verdicts; what is empty is left out."""
        entry = asdict(self)
        entry["clauses"] = dict(self.clauses)
        return {k: v for k, v in entry.items() if v not in (None, (), {}, [])}


def counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many scripts had which ruling."""
    return dict(sorted(Counter(v.ruling for v in verdicts).items()))
