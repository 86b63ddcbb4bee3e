"""How a file can import the shared module so that it is found whenever the file runs.

What counts is that the script starts in each way in which it starts today. Python looks in
the folder of a script that is started by its path, in the current folder for ``python -m``,
and where packages are installed; which of them a project relies on, its own imports show:
where ``from proj.model import Net`` is found, ``from proj.launch import job_args`` is too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobready.edits.shared.evidence import Proof, proofs
from jobready.edits.shared.importers import loaded_otherwise
from jobready.edits.shared.module import SharedModule
from jobready.outcome import Failed
from jobready.project.files import decode_source
from jobready.project.modules import imported_file, outermost_package
from jobready.script.files.library import Library, shown_path
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import parse

INLINE = "migrate it with --inline, which puts the function into the script"
HIDES = "the module {} of others: name it otherwise"


@dataclass(frozen=True)
class Way:
    """The name by which the module is imported, and the imports that prove it.

    ``beside`` are those of them that stand in the file itself. Where there is none, the
    name is looked up in ``folder``, which must hold for whoever imports the file.
    """

    dotted: str
    beside: tuple[ast.Import | ast.ImportFrom, ...] = ()
    folder: Path | None = None


def way(
    part: Syntax, entry: Path, script: Syntax, above: Iterable[ast.stmt], to: SharedModule
) -> Way | str:
    """How ``part`` imports the module, or why it can't.

    ``script`` is the file at ``entry`` that is started, the same or one that imports the
    part. Only the imports of the part that are ``above`` its parses count.
    """
    path = entry if part.file is None else Path(part.file)
    reached = set(above)
    own = [p for p in proofs(part, path, entry, to.library) if p.statement in reached]
    theirs = [] if part is script else list(proofs(script, entry, entry, to.library))
    # a path that the script changes may hold when it imports the one, and not the other
    sure = [] if script.mentions("sys.path") else theirs
    why = ""
    for found in _ways(path, entry, own, theirs, sure, to):
        problem = _problem(found.dotted, path, entry, [*own, *theirs], to)
        problem = problem or _hides(found.dotted, (part, script), path, entry, to)
        problem = problem or _breaks(found, path, to)
        if problem is None:
            return found
        why = why or problem
    return why or _no_way(entry, [*own, *theirs], to)


def _ways(
    path: Path,
    entry: Path,
    own: Sequence[Proof],
    theirs: Sequence[Proof],
    sure: Sequence[Proof],
    to: SharedModule,
) -> Iterable[Way]:
    """The names that the imports prove, the surest first."""
    here = entry.resolve().parent
    for proof in own:
        if not proof.is_relative and (dotted := _proven(proof, here, to)):
            yield Way(dotted, _beside(proof, own))
    for proof in own:
        if proof.is_relative and (dotted := _relative(path, to)):
            yield Way(dotted, _beside(proof, own))
    for proof in sure:
        if not proof.is_relative and (dotted := _proven(proof, here, to)):
            yield Way(dotted, folder=proof.folder)
    # a script that is no part of a package is started by its path
    every = [*own, *theirs]
    elsewhere = any(p.is_relative or p.folder != here for p in every)
    if not (here / "__init__.py").exists() and not elsewhere:
        if dotted := _below(to.path, here):
            yield Way(dotted, folder=here)


def _proven(proof: Proof, here: Path, to: SharedModule) -> str | None:
    """The module's name where the import proves that it is found, else None.

    A folder that is not the script's may be on the path only as the home of one installed
    package: then what stands beside that package is not found.
    """
    dotted = _below(to.path, proof.folder)
    if dotted is None:
        return None
    same = dotted.partition(".")[0] == proof.dotted.partition(".")[0]
    return dotted if same or proof.folder == here else None


def _beside(proof: Proof, own: Sequence[Proof]) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """The imports of a file that are of the same kind as one of them."""
    alike = (
        p.statement
        for p in own
        if p.folder == proof.folder and p.is_relative == proof.is_relative
    )
    return tuple(dict.fromkeys(alike))


def _below(module: Path, folder: Path) -> str | None:
    """The module's name for whoever looks it up in a folder."""
    if not module.is_relative_to(folder):
        return None
    parts = module.with_suffix("").relative_to(folder).parts
    return ".".join(parts) if all(p.isidentifier() for p in parts) else None


def _relative(path: Path, to: SharedModule) -> str | None:
    """The module's name from a file of the same package."""
    folder, dots = path.resolve().parent, "."
    top = outermost_package(folder)
    while folder != top:
        if dotted := _below(to.path, folder):
            return f"{dots}{dotted}"
        folder, dots = folder.parent, f"{dots}."
    return None


def _problem(
    dotted: str, path: Path, entry: Path, known: Sequence[Proof], to: SharedModule
) -> str | None:
    """Why a name would bring in something else, or more, than the module."""
    name = dotted.rpartition(".")[2]
    if "." not in dotted and (name in sys.stdlib_module_names or name == "wandb"):
        return f"{to.shown} would hide {HIDES.format(name)}"
    found = imported_file(dotted, path, entry, to.library.planned | {to.path})
    if found is None or found.resolve() != to.path:
        return f"{dotted} is {found} here, and not {to.shown}: name another module"
    if dotted.startswith("."):
        return None
    packages = dotted.split(".")[:-1]
    for depth in range(1, len(packages) + 1):
        package = ".".join(packages[:depth])
        init = to.path.parents[len(packages) - depth] / "__init__.py"
        if not any(p.passes(package) for p in known) and _does_something(init, to.library):
            what = f"{init.name} of {package}, which the script doesn't"
            return f"to import {dotted} runs {what}: {INLINE}"
    return None


def _hides(
    dotted: str, files: Iterable[Syntax], path: Path, entry: Path, to: SharedModule
) -> str | None:
    """Why a name would take the place of a module that a file imports from elsewhere."""
    top = dotted.partition(".")[0]
    for file in files:
        for node in file.of(ast.Import, ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in (n for n in names if top and n.partition(".")[0] == top):
                if imported_file(name, path, entry, to.library.planned) is None:
                    return f"{to.shown} would hide {HIDES.format(name)}"
    return None


def _breaks(found: Way, path: Path, to: SharedModule) -> str | None:
    """Why the file could no longer be imported by another."""
    if found.folder is None:
        return None
    real = path.resolve()
    other = loaded_otherwise(real, found.dotted, found.folder, to.library)
    if other is None:
        return None
    return f"{shown_path(other)} imports it, and wouldn't find {to.shown}: {INLINE}"


def _does_something(init: Path, library: Library) -> bool:
    """Whether a package does more when it is imported than to name its version."""
    data = library.bytes_of(init) if init.exists() else b""
    source = decode_source(data, init) if data is not None else None
    if source is None or isinstance(source, Failed):
        return True
    tree = parse(source.text)
    if isinstance(tree, Failed):
        return True
    return any(not _is_plain(statement) for statement in tree.body)


def _is_plain(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Expr, ast.Assign)):
        return not any(
            isinstance(n, (ast.Call, ast.Await)) for n in ast.walk(statement.value)
        )
    return isinstance(statement, ast.Pass)


def _no_way(entry: Path, known: Sequence[Proof], to: SharedModule) -> str:
    """Why the module isn't found for sure, and what would help."""
    shown = entry.as_posix()
    homes = {p.dotted.partition(".")[0]: p.folder for p in known if not p.is_relative}
    inside = [f"{n}/{to.path.name}" for n, f in homes.items() if (f / n).is_dir()]
    if (entry.resolve().parent / "__init__.py").exists() and not known:
        top = outermost_package(entry.resolve().parent)
        name = ".".join(entry.resolve().with_suffix("").relative_to(top).parts)
        return (
            f"`python {shown}` and `python -m {name}` would find {to.shown} by different"
            f" names: {INLINE}"
        )
    others = f"share {' or '.join(inside)}, or " if inside else ""
    return f"{to.shown} isn't found for sure where {shown} is started: {others}{INLINE}"
