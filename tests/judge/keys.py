"""Under which key the page of a run shows each parameter, found out by runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.judge.values import Value

MOST_RUNS = 8  # for one page, in search of keys
Page = Mapping[str, Any]


@dataclass(frozen=True)
class Pages:
    """The pages of runs without a launch: of the base, and with one value beside it.

    ``overwritten`` are parameters that the pages show with a value that the script made.
    """

    base: Page
    of: Callable[[Value], Page]
    overwritten: Collection[str] = ()

    def keys(self, values: Iterable[Value], page: Page) -> dict[str, str]:
        """The keys of the parameters that ``page``, of a run with these values, renames.

        A parameter whose value stands under its own name isn't looked for elsewhere. One
        that the page doesn't show, or shows no single key for, isn't in the result.
        """
        waiting = [v for v in values if not _shows(page, v.dest, v)]
        own = {v.dest for v in values} - {v.dest for v in waiting}
        found: dict[str, str] = {}
        runs = 0
        for value in waiting:
            free = self._changed(page) - own - set(found.values())
            keys = [key for key in sorted(free) if _shows(page, key, value)]
            doubtful = len(keys) != 1 or any(_alike(value, other) for other in waiting)
            if free and doubtful and runs < MOST_RUNS:
                runs += 1
                alone = self.of(value)
                changed = self._changed(alone)
                keys = [key for key in changed if _shows(alone, key, value)]
                if not keys and value.dest in self.overwritten:
                    keys = list(changed)
            if len(keys) == 1 and keys[0] != value.dest:
                found[value.dest] = keys[0]
        return found

    def _changed(self, page: Page) -> set[str]:
        return {key for key in page if key not in self.base or page[key] != self.base[key]}


def _alike(value: Value, other: Value) -> bool:
    """Whether a key may show either of two parameters, by the values that they have."""
    return value.dest != other.dest and other.is_shown_as(value.json)


def _shows(page: Page, key: str, value: Value) -> bool:
    return key in page and value.is_shown_as(page[key])
