"""What a generated script must have, for a proof that looks for scripts of one shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass(frozen=True)
class Wanted:
    """The shape of a script; None for whatever is drawn.

    ``kind`` is a parameter that it has, ``parser`` what its parser has ("commands",
    "a version", "base" for a parent), ``parse`` how it parses, ``layout`` where, ``use``
    what it does with its arguments before the run, ``config`` what the run shows of them,
    ``taken`` a line that binds a name, ``inside`` the same in its main function.
    ``older`` and ``clean`` are those of the scripts and parsers.
    """

    kind: str | None = None
    parser: str | None = None
    parse: str | None = None
    layout: str | None = None
    use: str | None = None
    config: str | None = None
    taken: str | None = None
    inside: str | None = None
    older: bool | None = None
    clean: bool | None = None


ANYTHING = Wanted()


def one_of(wanted: T | None, pool: Sequence[T]) -> st.SearchStrategy[T]:
    """What is wanted, or one of the pool."""
    return st.sampled_from(pool) if wanted is None else st.just(wanted)


def whether(wanted: bool | None, rare: int) -> st.SearchStrategy[bool]:
    """What is wanted, or True once in so many times."""
    if wanted is not None:
        return st.just(wanted)
    return st.integers(0, rare - 1).map(lambda n: n == rare - 1)
