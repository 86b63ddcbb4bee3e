"""What files that are no part of a script say of a name that its arguments keep.

They may be given the arguments, and read it there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from jobready.script.files.imports import entry_for, imports_of
from jobready.script.files.library import Library, encoded
from jobready.script.files.program import Program
from jobready.script.model import Script


def with_sayings(found: Script, program: Program, path: Path, library: Library) -> Script:
    """A script with its doubts about names that modules say which are no part of it."""
    if not found.kept_names:
        return found
    names = {kept.name for kept in found.kept_names}
    said = _said(names, program, path, library)
    doubts = tuple((k.why, k.place) for k in found.kept_names if k.name in said)
    return replace(found, doubts=(*found.doubts, *doubts)) if doubts else found


def _said(
    names: Collection[str], program: Program, path: Path, library: Library
) -> frozenset[str]:
    """Those of the names that stand in a module which the script at ``path`` imports.

    Also on the way of other modules.
    """
    entry = entry_for(program, path)
    known = {p for each in program.others.values() for p in each.values()}
    waiting, found = sorted(known), set[str]()
    for module in waiting:  # which grows
        tree, data = library.syntax(module), library.bytes_of(module)
        if tree is None or data is None or tree in program.modules:
            continue
        if module == path.resolve():
            continue
        found |= {n for n in names if re.search(rb"\b%b\b" % encoded(n), data)}
        further = {i.real for i in imports_of(tree, module, entry, library.planned).modules}
        waiting += sorted(further - known)
        known |= further
    return frozenset(found)
