"""Telling from their bytes which files may start a run in a module that they import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.mentions import may_be_migrated, may_parse

# How many modules may lie between a script and the one that starts its run.
BETWEEN = 2
_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([^#\n]+(?:\n[^)#]*\))?)", re.M)
_WORD = re.compile(rb"\w+")


def importers(paths: Sequence[Path]) -> list[Path]:
    """The files without a word of wandb that import one with, directly or by another.

    By name only: whether the import leads there is for whoever reads the files to tell.
    """
    imported: dict[Path, frozenset[bytes]] = {}
    starts: set[bytes] = set()
    between: dict[bytes, set[bytes]] = {}
    for path in paths:
        data = read_bytes(path)
        if isinstance(data, Failed) or path.suffix != ".py":
            continue
        name = _name(path)
        if may_be_migrated(data):
            starts.add(name)
            continue
        words = frozenset(_imported(data))
        imported[path] = words
        if may_parse(data) or path.name == "__init__.py":
            between.setdefault(name, set()).update(words)
    for _ in range(BETWEEN):
        starts |= {name for name, words in between.items() if not starts.isdisjoint(words)}
    return [path for path, words in imported.items() if not starts.isdisjoint(words)]


def _name(path: Path) -> bytes:
    """What a module is imported as, less its packages."""
    stem = path.parent.absolute().name if path.name == "__init__.py" else path.stem
    return stem.encode("utf-8", "surrogatepass")


def _imported(data: bytes) -> Iterable[bytes]:
    """The words of the import statements of a file."""
    for match in _IMPORT.finditer(data):
        yield from _WORD.findall(match[1])
