"""Bringing the modules together that an entry script's parser, arguments and run pass."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jobready.project.modules import imported_file
from jobready.script.carriers import argument_carriers
from jobready.script.functions import name_of
from jobready.script.library import Library
from jobready.script.program import Module, Program, dotted_name
from jobready.script.syntax import Syntax

HOPS = 3


def link(syntax: Syntax, path: Path, library: Library) -> Program | None:
    """The script at ``path`` with the modules it reaches; None where it reaches none.

    Those of its repository that may make a parser, parse or start a run, those that give
    the arguments back, and what leads to them in at most three imports one after the
    other. Nothing is imported or run.
    """
    entry = Module(syntax)
    found = {path.resolve(): entry}
    waiting = [(entry, path, 0)]
    while waiting:
        module, importer, hops = waiting.pop(0)
        returning = _returning(module.syntax)
        for dotted, names in _imports(module.syntax):
            for name, target in _targets(dotted, names, importer, path, library):
                real = target.resolve()
                leads = _defines(real, returning, library) or _leads(real, names, library)
                if real not in found and hops < HOPS and leads:
                    tree = library.syntax(real)
                    if tree is not None:
                        found[real] = Module(tree)
                        waiting.append((found[real], target, hops + 1))
                if real in found:
                    module.imports[name] = found[real]
    modules = tuple(found.values())
    return Program(modules) if len(modules) > 1 else None


def _imports(syntax: Syntax) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The modules that a file imports, with the names that it imports from each."""
    for node in syntax.of(ast.ImportFrom, ast.Import):
        if isinstance(node, ast.ImportFrom):
            yield dotted_name(node), tuple(a.name for a in node.names)
        else:
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                yield alias.name, _members(bound, syntax)


def _members(module: str, syntax: Syntax) -> tuple[str, ...]:
    """The names that a file takes out of a module: ``b`` of ``module.b``."""
    above = (syntax.parent[n] for n in syntax.named.get(module, ()))
    return tuple({a.attr for a in above if isinstance(a, ast.Attribute)})


def _targets(
    dotted: str, names: tuple[str, ...], importer: Path, entry: Path, library: Library
) -> Iterator[tuple[str, Path]]:
    """The files that an import may lead to, by the dotted name that stands for each."""
    planned = library.planned
    found = imported_file(dotted, importer, entry, planned)
    if found is not None:
        yield dotted, found
    for name in names:
        below = f"{dotted}{'' if dotted.endswith('.') else '.'}{name}"
        if name != "*" and (module := imported_file(below, importer, entry, planned)):
            yield below, module


def _returning(syntax: Syntax) -> frozenset[str]:
    """The functions that give arguments back: ``check`` in ``args = check(args)``."""
    found = set()
    for node in argument_carriers(syntax) if syntax.mentions("parse_") else ():
        call = syntax.parent.get(node)
        if isinstance(node, ast.Name) and isinstance(call, ast.Call) and node in call.args:
            holder, name = syntax.parent[call], name_of(call.func)
            if isinstance(holder, ast.Assign) and name is not None:
                if any(isinstance(t, ast.Name) and t.id == node.id for t in holder.targets):
                    found.add(name)
    return frozenset(found)


def _defines(target: Path, functions: frozenset[str], library: Library) -> bool:
    """Whether a module defines one of these functions."""
    data = library.bytes_of(target) if functions else None
    return data is not None and any(f"def {f}(".encode() in data for f in functions)


def _leads(target: Path, names: tuple[str, ...], library: Library) -> bool:
    """Whether a module is worth reading: it may matter, or hand on what it imports."""
    if library.matters(target):
        return True
    data = library.bytes_of(target)
    if target.name != "__init__.py" or data is None or b"import" not in data:
        return False
    return any(name == "*" or name.encode() in data for name in names)
