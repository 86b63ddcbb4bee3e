"""Telling from their bytes which files may be scripts because of what they import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.files import read_bytes
from jobready.project.mentions import may_be_migrated, may_lead_on, may_parse
from jobready.project.modules import imported_from, may_be_here
from jobready.project.search_path import Entry, entry_in
from jobready.project.started import may_be_started
from jobready.project.upwards import folder_of

# How many modules may lie between a script and the one that parses, or starts the run.
BETWEEN = 2
_IMPORT = re.compile(
    rb"[\n;:][ \t]*(?:from|import)[ \t]+([^\n(]+(?:(?<=\\)\n[^\n(]+)*(?:\([^)]*)?)"
)
# The same in its parts: the module, and what is taken from it.
_PARTS = re.compile(
    rb"(?:^|[;:])[ \t]*(?:from[ \t]+([.\w]+)[ \t]+)?import\b[ \t]*"
    rb"(\([^()]*|(?:[^#;\n\\]|\\\r?\n)+)",
    re.M,
)
_COMMENT = re.compile(rb"#.*")
_WORD = re.compile(rb"\w+")


@dataclass(frozen=True)
class _File:
    """What the bytes of a file tell: the words of its imports, whether it may do what."""

    path: Path
    name: bytes
    imported: frozenset[bytes]
    parses: bool
    starts: bool
    hands_on: bool


def importers(paths: Sequence[Path]) -> list[Path]:
    """The files that lack a parse or a run, and import one that has it.

    Directly or by way of another. What that is imported for is for whoever reads the
    files to tell. Modules that do nothing when they are run are none.
    """
    files = [f for p in paths if (f := _looked_at(p)) is not None]
    parse = _leading(files, {f.name for f in files if f.parses})
    start = _leading(files, {f.name for f in files if f.starts})
    found = [file for file in files if _is_open(file, parse, start)]
    leads = _Leads(files, start)
    return [f.path for f in found if _is_started(f.path, leads)]


def _is_started(path: Path, leads: _Leads) -> bool:
    data = read_bytes(path)
    if isinstance(data, Failed):
        return leads(path, b"")
    return may_be_started(data) and leads(path, data)


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


class _Leads:
    """Tells of a script whether its imports lead to a file that may start a run.

    ``names`` are those of the files that may do so, or import them.
    """

    def __init__(self, files: Iterable[_File], names: set[bytes]) -> None:
        self._files = {folder_of(f.path) / f.path.name: f for f in files}
        self._names = {*names, b""}  # the last of `from . import name` and of `from ..`
        self._known: dict[tuple[Path, Entry], frozenset[Path]] = {}

    def __call__(self, script: Path, data: bytes) -> bool:
        entry = entry_in(script, data)
        reached = {entry.folder / script.name}
        for _ in range(BETWEEN + 2):
            if any(self._files[path].starts for path in reached):
                return True
            reached = {t for path in reached for t in self._targets(path, entry)}
        return False

    def _targets(self, path: Path, entry: Entry) -> frozenset[Path]:
        """The files that may lead on among those that one imports for a script."""
        known = self._known.get((path, entry))
        if known is None:
            data = read_bytes(path)
            found = set(self._find(b"" if isinstance(data, Failed) else data, path, entry))
            known = self._known[path, entry] = frozenset(found & self._files.keys())
        return known

    def _find(self, data: bytes, path: Path, entry: Entry) -> Iterator[Path]:
        folder = path.parent
        for module, taken in _imports(data):
            names = taken & self._names
            if not names and module.rpartition(b".")[2] not in self._names:
                continue
            dotted = module.decode("utf-8", "replace")
            if not may_be_here(dotted, folder, entry, frozenset()):
                continue
            below = dotted if dotted.endswith(".") else f"{dotted}."
            each = (dotted, *(below + name.decode("utf-8", "replace") for name in names))
            found = (imported_from(name, folder, entry, frozenset()) for name in each)
            yield from (target for target in found if target is not None)


def _looked_at(path: Path) -> _File | None:
    data = read_bytes(path)
    if isinstance(data, Failed) or path.suffix != ".py":
        return None
    package = path.name == "__init__.py"
    name = path.parent.absolute().name if package else path.stem
    return _File(
        path=path,
        name=name.encode("utf-8", "surrogatepass"),
        imported=_imported(data),
        parses=may_parse(data),
        starts=may_be_migrated(data),
        hands_on=package or may_lead_on(data),
    )


def _imported(data: bytes) -> frozenset[bytes]:
    """The words of the import statements of a file, and some more."""
    return frozenset(_WORD.findall(b" ".join(_IMPORT.findall(b"\n" + _lines(data)))))


def _imports(data: bytes) -> Iterator[tuple[bytes, frozenset[bytes]]]:
    """The modules that a file imports, with the names that it takes from them."""
    for match in _PARTS.finditer(_lines(data)):
        module, names = match.groups()
        if module is None:
            for each in names.split(b","):
                yield each.partition(b" as ")[0].strip(), frozenset()
        else:
            yield module, frozenset(_WORD.findall(_COMMENT.sub(b"", names)))


def _lines(data: bytes) -> bytes:
    """The same with lines that all end alike."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
