"""Where Python looks for the modules that a script imports, as far as it says so itself.

``sys.path.append(str(Path(__file__).parent.parent))``: folders that are named from where
the script is. One that is named from the current folder is known to a run alone.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobready.project.upwards import exists, folder_of, folders_of_repository

# What gives a path as it is, in another writing.
_AS_IT_IS = frozenset(("as_posix", "fspath", "Path", "PurePath", "str", "fsdecode"))
_CLEAN = frozenset(("abspath", "normpath", "realpath", "resolve", "absolute"))
_JOINS = frozenset(("dirname", "join", "joinpath"))
_BLOCKS = (ast.If, ast.Try, ast.With)


@dataclass(frozen=True)
class Entry:
    """The folder of a script that is run, and where Python looks for what it imports.

    Modules are looked up ``before`` all else in its folder, and in those that it puts
    beside that itself, and ``behind`` all else in those that it adds at the end.
    """

    folder: Path
    before: tuple[Path, ...]
    behind: tuple[Path, ...] = ()


def entry_of(path: Path, tree: ast.Module | None = None) -> Entry:
    """Return what is known of a script by its path, and by its tree where that is given."""
    folder = folder_of(path)
    if tree is None:
        return Entry(folder, (folder,))
    names = _Names(tree, folder / path.name)
    behind: list[Path] = []
    for at, value in (added for s in _statements(tree.body) for added in _added(s)):
        place = names.path(value)
        if place is not None and _is_of_repository(place, folder):
            if at is None:
                behind.append(place)
            else:
                names.before.insert(at, place)
    return Entry(folder, tuple(dict.fromkeys(names.before)), tuple(dict.fromkeys(behind)))


def entry_in(path: Path, data: bytes) -> Entry:
    """Return what is known of a script by its path and its bytes."""
    if b"sys.path" not in data:
        return entry_of(path)
    try:
        return entry_of(path, ast.parse(data))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return entry_of(path)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of the outermost level, with those under a condition."""
    for statement in body:
        yield statement
        if isinstance(statement, _BLOCKS):
            yield from _statements(statement.body)


def _added(statement: ast.stmt) -> Iterator[tuple[int | None, ast.expr]]:
    """What a statement adds to ``sys.path``, and at which place; None for the end."""
    match statement:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=held, attr=method), args=args)
        ):
            if ast.unparse(held) != "sys.path":
                return
            if method == "append" and len(args) == 1:
                yield None, args[0]
            elif method == "insert" and len(args) == 2:
                at = getattr(args[0], "value", None)
                yield (at if type(at) is int and at >= 0 else None), args[1]
            elif method == "extend" and len(args) == 1:
                yield from ((None, each) for each in getattr(args[0], "elts", ()))
        case ast.AugAssign(target=target, op=ast.Add(), value=value):
            if ast.unparse(target) == "sys.path":
                yield from ((None, each) for each in getattr(value, "elts", ()))


class _Names:
    """Tells what paths the expressions of a script stand for.

    ``before`` is what is known of ``sys.path`` where that is asked.
    """

    def __init__(self, tree: ast.Module, file: Path) -> None:
        self.before = [file.parent]
        self._file = file
        self._values: dict[str, ast.expr] = {}
        names = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
        bound = [n.id for n in names if not isinstance(n.ctx, ast.Load)]
        for statement in _statements(tree.body):
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                target = statement.targets[0]
                if isinstance(target, ast.Name) and bound.count(target.id) == 1:
                    self._values[target.id] = statement.value

    def path(self, node: ast.expr, depth: int = 20) -> Path | None:
        """Return what an expression names; None where only a run tells."""
        found = self._path(node, depth)
        return None if found is None else Path(os.path.normpath(found))

    def _path(self, node: ast.expr, depth: int) -> Path | None:
        if depth == 0:
            return None
        match node:
            case ast.Name(id="__file__"):
                return self._file
            case ast.Name(id=name) if name in self._values:
                return self._path(self._values[name], depth - 1)
            case ast.Subscript(slice=ast.Constant(value=int(number))):
                return self._subscript(node.value, number, depth - 1)
            case ast.Attribute(value=value, attr="parent"):
                return _above(self._path(value, depth - 1))
            case ast.BinOp(left=left, op=ast.Div() | ast.Add() as op, right=right):
                return _below(
                    self._path(left, depth - 1), right, glued=isinstance(op, ast.Add)
                )
            case ast.JoinedStr(values=[ast.FormattedValue(value=value), part]):
                return _below(self._path(value, depth - 1), part, glued=True)
            case ast.JoinedStr(values=[ast.FormattedValue(value=value)]):
                return self._path(value, depth - 1)
            case ast.Call():
                return self._call(node, depth - 1)
        return None

    def _subscript(self, value: ast.expr, number: int, depth: int) -> Path | None:
        """What ``sys.path[0]`` and ``path.parents[1]`` stand for."""
        if ast.unparse(value) == "sys.path":
            return self.before[0] if number == 0 else None
        if isinstance(value, ast.Attribute) and value.attr == "parents" and number >= 0:
            found = self._path(value.value, depth)
            above = () if found is None else found.parents
            return above[number] if number < len(above) else None
        return None

    def _call(self, call: ast.Call, depth: int) -> Path | None:
        name, given = _name_of(call.func), list(call.args)
        if call.keywords or name not in _CLEAN | _AS_IT_IS | _JOINS:
            return None
        if isinstance(call.func, ast.Attribute) and (not given or name == "joinpath"):
            given.insert(0, call.func.value)  # path.resolve(), path.joinpath("src")
        found = self._path(given[0], depth) if given else None
        if found is None:
            return None
        if name == "dirname":
            return _above(found) if len(given) == 1 else None
        for part in given[1:]:
            found = _below(found, part)
        if name in _CLEAN and found is not None:
            return Path(os.path.normpath(found))
        return found


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _above(path: Path | None) -> Path | None:
    return None if path is None else path.parent


def _below(path: Path | None, part: ast.expr, *, glued: bool = False) -> Path | None:
    """The path with another part, ``"src"``; with ``"/src"`` where texts are ``glued``."""
    if path is None:
        return None
    if isinstance(part, ast.Attribute) and part.attr == "pardir":
        return path / ".."
    text = getattr(part, "value", None)
    if not isinstance(part, ast.Constant) or not isinstance(text, str) or "\0" in text:
        return None
    if text.startswith(("/", "\\")) is not glued:
        return None
    return path / text.lstrip("/\\")


def _is_of_repository(added: Path, folder: Path) -> bool:
    """Whether a folder is in the repository of the script, where that has one."""
    top = folders_of_repository(folder)[-1]
    if exists(top / ".git") or exists(top / ".hg"):
        return added.is_relative_to(top)
    return True
