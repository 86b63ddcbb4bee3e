"""What the imports of a file prove about where Python finds modules when it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobready.project.modules import imported_file
from jobready.script.files.library import Library
from jobready.script.files.program import dotted_name
from jobready.script.source.syntax import Syntax


@dataclass(frozen=True)
class Proof:
    """An import of the repository that a file makes whenever it is loaded.

    ``dotted`` is the module's name, with a dot for each level where it is relative;
    ``folder`` is where Python looks that name up, ``statement`` the import.
    """

    dotted: str
    folder: Path
    statement: ast.Import | ast.ImportFrom

    @property
    def is_relative(self) -> bool:
        """Whether it is looked up from the file itself, which is part of a package then."""
        return self.dotted.startswith(".")

    def passes(self, package: str) -> bool:
        """Whether a package's ``__init__`` has run once the import is done."""
        return f"{self.dotted}.".startswith(f"{package}.")


def proofs(syntax: Syntax, path: Path, entry: Path, library: Library) -> Iterator[Proof]:
    """The imports of the file at ``path`` that lead to files of the repository for sure.

    Only those at its outermost level count, and those whose names are found there: a
    folder ``datasets`` of the repository is not what ``from datasets import load_dataset``
    means.
    """
    for statement in syntax.tree.body:
        if isinstance(statement, ast.ImportFrom):
            dotted, names = dotted_name(statement), [a.name for a in statement.names]
            found = _proof(dotted, names, statement, path, entry, library)
            if found is not None:
                yield found
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                bound = alias.asname or alias.name.partition(".")[0]
                names = [] if "." in alias.name else _members(bound, syntax)
                found = _proof(alias.name, names, statement, path, entry, library)
                if found is not None:
                    yield found


def _proof(
    dotted: str,
    names: list[str],
    statement: ast.Import | ast.ImportFrom,
    path: Path,
    entry: Path,
    library: Library,
) -> Proof | None:
    planned = library.planned
    module = imported_file(dotted, path, entry, planned)
    dot = "" if dotted.endswith(".") else "."
    below = {n: imported_file(f"{dotted}{dot}{n}", path, entry, planned) for n in names}
    tree = None if module is None else library.syntax(module.resolve())
    for name in names:
        if below[name] is None and (tree is None or not _binds(tree, name)):
            return None
    found = module or next((f for f in below.values() if f is not None), None)
    if found is None:
        return None
    parts = [p for p in dotted.split(".") if p]
    if module is None:
        parts.append(next(name for name, f in below.items() if f is not None))
    folder = found.parent if found.name == "__init__.py" else found.with_suffix("")
    for _ in parts:
        folder = folder.parent
    return Proof(dotted, folder, statement)


def _members(name: str, syntax: Syntax) -> list[str]:
    """What the file takes out of a module by ``name.member``."""
    above = (syntax.parent[n] for n in syntax.named.get(name, ()))
    return sorted({a.attr for a in above if isinstance(a, ast.Attribute)})


def _binds(module: Syntax, name: str) -> bool:
    """Whether a module has something of this name."""
    bound = module.module.bindings
    stars = (a.name == "*" for i in module.of(ast.ImportFrom) for a in i.names)
    return name in bound or name == "*" or "__getattr__" in bound or any(stars)
