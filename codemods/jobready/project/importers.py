"""Telling from their bytes which files may be scripts because of what they import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.mentions import may_be_migrated, may_parse

# How many modules may lie between a script and the one that parses, or starts the run.
BETWEEN = 2
_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([^#\n]+(?:\n[^)#]*\))?)", re.M)
_WORD = re.compile(rb"\w+")


@dataclass(frozen=True)
class _File:
    """What the bytes of a file tell: the words of its imports, whether it may do what."""

    name: bytes
    imported: frozenset[bytes]
    parses: bool
    starts: bool
    hands_on: bool


def importers(paths: Sequence[Path]) -> list[Path]:
    """The files that lack a parse or a run, and import one that has it.

    Directly or by way of another. By name only: whether the import leads there is for
    whoever reads the files to tell.
    """
    files = {p: f for p in paths if (f := _looked_at(p)) is not None}
    every = files.values()
    parse = _leading(every, {f.name for f in every if f.parses})
    start = _leading(every, {f.name for f in every if f.starts})
    return [path for path, file in files.items() if _is_open(file, parse, start)]


def _is_open(file: _File, parse: set[bytes], start: set[bytes]) -> bool:
    if file.parses and file.starts:
        return False
    parses = file.parses or not file.imported.isdisjoint(parse)
    return parses and (file.starts or not file.imported.isdisjoint(start))


def _leading(files: Iterable[_File], names: set[bytes]) -> set[bytes]:
    """The names of modules and of those that lead to them."""
    found = set(names)
    between = [f for f in files if f.hands_on]
    for _ in range(BETWEEN):
        found |= {f.name for f in between if not f.imported.isdisjoint(found)}
    return found


def _looked_at(path: Path) -> _File | None:
    data = read_bytes(path)
    if isinstance(data, Failed) or path.suffix != ".py":
        return None
    starts, parses = may_be_migrated(data), may_parse(data)
    package = path.name == "__init__.py"
    name = path.parent.absolute().name if package else path.stem
    return _File(
        name=name.encode("utf-8", "surrogatepass"),
        imported=frozenset(_imported(data)),
        parses=parses,
        starts=starts,
        hands_on=starts or parses or package,
    )


def _imported(data: bytes) -> Iterable[bytes]:
    """The words of the import statements of a file."""
    for match in _IMPORT.finditer(data):
        yield from _WORD.findall(match[1])
