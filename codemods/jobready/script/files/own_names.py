"""Where a file names the script that was started: ``__file__``, ``sys.argv[0]``, a text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

from jobready.script.source.syntax import Syntax

MODULE = frozenset(("-m", "--module"))
LISTS = (ast.List, ast.Tuple, ast.Set)
# What finds the file of a function or a frame.
FINDS = frozenset(("getfile", "getsourcefile"))


def of_entry(entry: Syntax) -> Iterator[ast.AST]:
    """Where the script names its own file."""
    yield from (n for n in entry.named.get("__file__", ()) if isinstance(n, ast.Name))
    yield from entry.named.get("__spec__", ())
    yield from entry.named.get("orig_argv", ())
    for listed in entry.of(ast.List, ast.Tuple):
        for option, word in pairwise(listed.elts):
            if text_of(option) in MODULE and "__file__" in ast.unparse(word):
                yield word
    calls = (entry.parent[n] for name in FINDS for n in entry.named.get(name, ()))
    yield from (call for call in calls if isinstance(call, ast.Call))


def of_whatever(part: Syntax) -> Iterator[ast.AST]:
    """Where a part names the file that was started, whatever it is."""
    for node in part.named.get("argv", ()):
        taken = part.parent[node]
        if isinstance(taken, ast.Subscript) and ast.unparse(taken.slice) == "0":
            yield taken
    for node in part.named.get("__file__", ()):
        if isinstance(node, ast.Attribute) and "__main__" in ast.unparse(node.value):
            yield node


def by_name(path: Path, part: Syntax, *, whole: bool) -> Iterator[ast.AST]:
    """The texts of a part that have the name of the script's file, or of its module.

    Of a file with the folders before it, where the name is ``whole``.
    """
    parts = path.resolve().with_suffix("").parts
    module = parts[-2] if parts[-1] == "__main__" else parts[-1]
    if not (part.mentions(path.name) or part.mentions(module)):
        return
    for node in part.of(ast.Constant):
        text = node.value
        if not isinstance(text, str) or (module not in text and path.name not in text):
            continue
        words = text.split()
        if not isinstance(part.parent[node], ast.Expr) and (
            any(path.name in word and _is_file(word, path, whole=whole) for word in words)
            or any(a in MODULE and is_module(b, parts) for a, b in pairwise(words))
            or (is_module(text, parts) and _is_of_module(node, part))
        ):
            yield node


def _is_file(word: str, path: Path, *, whole: bool) -> bool:
    """Whether a word names a file as that of a path is named from some folder."""
    name = PurePosixPath(word.strip("\"'"))
    if name.is_absolute() or not whole:
        return name.name == path.name
    parts = [part for part in name.parts if part != ".."]
    return bool(parts) and path.resolve().parts[-len(parts) :] == tuple(parts)


def _is_of_module(word: ast.Constant, part: Syntax) -> bool:
    """Whether a text stands behind ``-m`` in a list, or may get there by a name."""
    holder = part.parent[word]
    if not isinstance(holder, LISTS):
        return "." in str(word.value)
    pairs = pairwise(holder.elts)
    return any(text_of(a) in MODULE and b is word for a, b in pairs)


def is_module(dotted: str, module: tuple[str, ...]) -> bool:
    """Whether a module has the name, or is the ``__main__`` of a package that has it."""
    parts = tuple(dotted.split("."))
    if module[-1] == "__main__" and parts[-1] != "__main__":
        module = module[:-1]
    return module[-len(parts) :] == parts


def text_of(node: ast.expr) -> str:
    """A text, or how one begins that is put together; else nothing."""
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) else ""
