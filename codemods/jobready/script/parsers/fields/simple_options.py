"""The options of dataclasses' fields, as simple_parsing spells them.

Read in simple_parsing 0.1.9 (``conflicts.py``), and held to it by running it: fields of
several dataclasses that have one name get the names of these before theirs, as few as tell
them apart (``--opt.lr``), or all of them (``ConflictResolution.EXPLICIT``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 50  # rounds, as it tries itself


@dataclass
class Spelling:
    """How an option is written: ``path`` are the names of the dataclasses around it.

    ``prefix`` is what comes before its own name.
    """

    name: str
    aliases: tuple[str, ...]
    path: tuple[str, ...]
    has_no: bool = False
    prefix: str = ""

    def options(self) -> tuple[str, ...]:
        """The options, shortest first, as it sorts them, and those that say no last."""
        no = {f"--{self.prefix}no{name}" for _, name in self._names()}
        return (*self.own(), *(_sorted(no) if self.has_no else ()))

    def own(self) -> list[str]:
        """Those by which it tells options apart."""
        return _sorted({f"{dashes}{self.prefix}{name}" for dashes, name in self._names()})

    def _names(self) -> Iterator[tuple[str, str]]:
        """Each name of the field, behind the dashes that it gets."""
        if len(self.name) == 1:
            yield "-", self.name
        yield "--", self.name
        yield from map(_dashed, self.aliases)


def told_apart(spellings: Sequence[Spelling], *, explicit: bool = False) -> bool:
    """Give them prefixes by which no two have an option; whether there are such."""
    for _ in range(MOST):
        alike = _alike(spellings)
        if not alike:
            return True
        if explicit:
            if any(each.prefix for each in alike):
                return False
            for each in alike:
                each.prefix = "".join(f"{name}." for name in each.path)
        elif not all(map(_lengthen, _deeper(alike))):
            return False
    return False


def _alike(spellings: Sequence[Spelling]) -> list[Spelling]:
    """The first that share an option."""
    owners: dict[str, list[Spelling]] = {}
    for each in spellings:
        for option in each.own():
            owners.setdefault(option, []).append(each)
    return next((found for found in owners.values() if len(found) > 1), [])


def _deeper(alike: Sequence[Spelling]) -> list[Spelling]:
    """Those that get a longer prefix: all but one that is less deep than the others."""
    ordered = sorted(alike, key=lambda each: len(each.path))
    return ordered[len(ordered[0].path) < len(ordered[1].path) :]


def _lengthen(spelling: Spelling) -> bool:
    """Add one more name of those around; whether there is one."""
    used = spelling.prefix.count(".")
    if used == len(spelling.path):
        return False
    spelling.prefix = f"{spelling.path[-1 - used]}.{spelling.prefix}"
    return True


def _sorted(options: set[str]) -> list[str]:
    return sorted(sorted(options), key=len)


def _dashed(alias: str) -> tuple[str, str]:
    """The dashes of another name, and the rest of it."""
    rest = alias.removeprefix("-").removeprefix("-")
    if alias.startswith("-"):
        return alias[: len(alias) - len(rest)], rest
    return "-" if len(alias) == 1 else "--", rest
