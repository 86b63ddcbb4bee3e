"""Where a script, or a module that it imports, starts it anew with options of its own.

``[sys.executable, "-m", "package.train", "--role", role]``, or ``__file__`` or
``sys.argv[0]`` in place of the module: such a process inherits the config of a job, which
counts before its words. What they say of an option is its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import AnyStr

from jobready.script.files.library import Library, encoded
from jobready.script.files.program import Program
from jobready.script.model import Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.starts.own_start import BESIDE, STARTS, is_own_file
from jobready.script.values.functions import name_of

OWN = frozenset(("__file__", "argv"))
MODULE = frozenset(("-m", "--module"))


def started_anew(
    script: Script, program: Program, path: Path, library: Library
) -> tuple[tuple[str, Place], ...]:
    """The options that a script is given by its files where they start it, with places.

    Only where the name of its module follows ``-m``, or the script's own file is a word,
    and an option is spelled out in the same file, as a word of a list.
    """
    if not (script.parses and script.runs):
        return ()
    options = {f for p in script.parameters for f in p.flags if f.startswith("--")}
    module = path.resolve().with_suffix("").parts
    word = module[-2] if module[-1] == "__main__" else module[-1]
    quoted = [f"{word}{quote}" for quote in ('"', "'")]
    parts = [m for m in program.modules if _may_start(m.text, "-m", quoted)]
    others = {p for each in program.others.values() for p in each.values()}
    for other in sorted(others):
        data = library.bytes_of(other)
        if data is not None and _may_start(data, b"-m", map(encoded, quoted)):
            syntax = library.syntax(other)
            parts += [] if syntax is None else [syntax]
    found = [given for part in parts for given in _given(part, module, options)]
    entry = program.modules[0]
    if entry not in parts and _starts_file(entry):
        found += _spelled(entry, options)
    if not STARTS.isdisjoint(entry.named):
        found += _in_texts(entry, options)
    return tuple(found)


def _may_start(source: AnyStr, option: AnyStr, words: Iterable[AnyStr]) -> bool:
    """Whether a file may hold a command with the name of a module."""
    return option in source and any(word in source for word in words)


def _given(
    part: Syntax, module: tuple[str, ...], options: set[str]
) -> Iterator[tuple[str, Place]]:
    """The options in the lists of a file that starts a module."""
    lists = [node.elts for node in part.of(ast.List, ast.Tuple)]
    pairs = [pair for words in lists for pair in pairwise(words)]
    starts = any(_text(a) in MODULE and _names(_text(b), module) for a, b in pairs)
    if starts:
        yield from _spelled(part, options)


def _spelled(part: Syntax, options: set[str]) -> Iterator[tuple[str, Place]]:
    """The options that are words of the lists in a file."""
    for word in (w for node in part.of(ast.List, ast.Tuple) for w in node.elts):
        option = _text(word).partition("=")[0]
        if option in options:
            yield option, part.place(word)


def _in_texts(entry: Syntax, options: set[str]) -> Iterator[tuple[str, Place]]:
    """The options in a command that is one text: ``f"python {__file__} --role {role}"``."""
    for text in entry.of(ast.JoinedStr):
        held = (v.value for v in text.values if isinstance(v, ast.FormattedValue))
        if not any(is_own_file(value, entry) for value in held):
            continue
        for part in (v.value for v in text.values if isinstance(v, ast.Constant)):
            for word in str(part).split():
                if word.partition("=")[0] in options:
                    yield word.partition("=")[0], entry.place(text)


def _starts_file(entry: Syntax) -> bool:
    """Whether a script may start a process with its own file as a word of a list."""
    if STARTS.isdisjoint(entry.named) or entry.named.keys().isdisjoint(OWN):
        return False
    words = (w for node in entry.of(ast.List, ast.Tuple) for w in node.elts)
    return any(_is_program(word) or is_own_file(word, entry) for word in words)


def _is_program(word: ast.expr) -> bool:
    """Whether it is ``sys.argv[0]``, or a call that is given that."""
    if isinstance(word, ast.Call):
        return name_of(word.func) not in BESIDE and any(map(_is_program, word.args))
    return ast.unparse(word) in ("sys.argv[0]", "argv[0]")


def _names(dotted: str, module: tuple[str, ...]) -> bool:
    """Whether a module has the name, or is the ``__main__`` of a package that has it."""
    parts = tuple(dotted.split("."))
    if module[-1] == "__main__" and parts[-1] != "__main__":
        module = module[:-1]
    return module[-len(parts) :] == parts


def _text(node: ast.expr) -> str:
    """A text, or how one begins that is put together; else nothing."""
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) else ""
