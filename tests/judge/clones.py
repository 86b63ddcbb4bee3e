"""What a clone of a run may do otherwise than that run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pytest_jobready.recording import Recording
from tests.judge.comparing import Key, Pair
from tests.judge.inside import flat
from tests.judge.values import Choices


@dataclass(frozen=True)
class Excused:
    """The names whose reads needn't agree, by the reason.

    ``overwritten`` parameters are changed again, ``hidden`` ones aren't on the page of the
    run, ``derived`` names are none of the parser's. ``filled`` ones were None until the
    script gave them a value, which is the one that a clone starts with: a folder that the
    run made isn't made again, so that the clone may end otherwise, as it may without the
    values of ``missed`` ones, which are hidden and were given. ``settled`` ones were
    read before the script settled them, by a default that an earlier parse leads to: a
    clone reads everywhere what the run recorded at last.
    """

    overwritten: frozenset[str]
    hidden: frozenset[str]
    derived: frozenset[str]
    filled: frozenset[str]
    settled: frozenset[str]
    missed: frozenset[str]

    @classmethod
    def of(
        cls,
        ran: Recording,
        cloned: Recording,
        choices: Choices,
        overwritten: Iterable[str],
    ) -> Excused:
        """What is excused in a clone of a run."""
        shown = flat(ran.config or {}, choices.parameters)
        page = {name: choices.keys.get(name, name) for name in choices.parameters}
        absent = {read.name for read in ran.reads if read.type == "NoneType"}
        filled = {n for n in absent & page.keys() if shown.get(page[n]) is not None}
        hidden = frozenset(name for name, key in page.items() if key not in shown)
        return cls(
            frozenset(overwritten),
            hidden,
            frozenset({read.name for read in ran.reads} - page.keys()),
            frozenset(filled),
            frozenset(n for n in page if _is_settled(n, page[n], ran, cloned)),
            frozenset(n for n in hidden if _values(n, ran) != _values(n, cloned)),
        )

    @property
    def names(self) -> frozenset[str]:
        """All of them but the filled ones, which agree once they have a value."""
        return self.overwritten | self.hidden | self.derived | self.settled

    def where(self, ran: Recording, pair: Pair) -> frozenset[Key]:
        """The places at which the run read filled ones before they had a value."""
        return frozenset(
            pair.key(read)
            for read in ran.reads
            if read.name in self.filled and read.type == "NoneType"
        )

    @property
    def may_end_otherwise(self) -> bool:
        """Whether a clone may end as the run that it is of did not."""
        return bool(self.filled or self.missed)


def notes_on(found: Sequence[Excused]) -> list[str]:
    """What a verdict says of the clones of all runs."""
    said = {
        "a clone overwrites again": (each.overwritten for each in found),
        "the run doesn't show": (each.hidden for each in found),
        "a clone starts with what the run filled in": (each.filled for each in found),
    }
    names = {text: frozenset().union(*parts) for text, parts in said.items()}
    return [f"{text}: {', '.join(sorted(n))}" for text, n in names.items() if n]


def _values(name: str, ran: Recording) -> set[str]:
    return {read.value for read in ran.reads if read.name == name}


def _is_settled(name: str, key: str, ran: Recording, cloned: Recording) -> bool:
    """Whether a clone reads everywhere what the run recorded, and records it again.

    That run must have read it too: what it only shows is no value of the parameter.
    """
    shown, again = ({} if r.config is None else r.config for r in (ran, cloned))
    first, values = _values(name, ran), _values(name, cloned)
    recorded = repr(shown.get(key))
    kept = again.get(key) == shown.get(key)
    return recorded in first and values == {recorded} and kept
