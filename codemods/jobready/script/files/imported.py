"""All modules of its repository that an entry script imports, those not followed too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jobready.project.search_path import Entry
from jobready.script.files.imports import imports_of
from jobready.script.files.library import Library
from jobready.script.files.program import Program
from jobready.script.source.syntax import Syntax


def not_followed(
    program: Program, start: Entry, library: Library
) -> Iterator[tuple[bytes, Syntax]]:
    """What a script gets to by imports and is not followed: each with what it holds."""
    found = dict.fromkeys(p for each in program.others.values() for p in each.values())
    waiting = list(found)
    for module in waiting:  # which grows
        data, syntax = library.bytes_of(module), library.syntax(module)
        if data is None or syntax is None:
            continue
        yield data, syntax
        for each in imports_of(syntax, module, start, library.planned).modules:
            if each.real not in found:
                found[each.real] = None
                waiting.append(each.real)


def of_packages(program: Program, path: Path, library: Library) -> Iterator[Syntax]:
    """The ``__init__.py`` of the packages that a script's modules are in."""
    others = (p for each in program.others.values() for p in each.values())
    modules = (Path(m.file) for m in program.modules if m.file is not None)
    seen: set[Path] = set()
    for folder in (p.resolve().parent for p in (path, *modules, *others)):
        while folder not in seen:
            seen.add(folder)
            if library.bytes_of(folder / "__init__.py") is None:
                break
            syntax = library.syntax(folder / "__init__.py")
            if syntax is not None:
                yield syntax
            folder = folder.parent
