"""Where a script, or a module that it imports, starts it anew with options of its own.

``[sys.executable, "-m", "package.train", "--role", role]``, or its own file in place of the
module: such a process inherits the config of a job, which counts before its words. What
they say of an option is its own, so that where such processes can't be told from others,
the config must not count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import AnyStr

from jobready.script.files.library import Library, encoded
from jobready.script.files.program import Program
from jobready.script.files.start_commands import (
    MODULE,
    GivenWord,
    is_module,
    own_options,
    spelled,
    text_of,
)
from jobready.script.model import Script
from jobready.script.source.syntax import Syntax


def started_anew(
    script: Script, program: Program, path: Path, library: Library
) -> tuple[GivenWord, ...]:
    """The options that a script is given by its files where they start it.

    Only where the name of its module follows ``-m``, and an option is spelled out in the
    same file, as a word of a list; or where it starts its own file.
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
    return tuple(found or own_options(path, options, program.modules[0], script.flow))


def _may_start(source: AnyStr, option: AnyStr, words: Iterable[AnyStr]) -> bool:
    """Whether a file may hold a command with the name of a module."""
    return option in source and any(word in source for word in words)


def _given(part: Syntax, module: tuple[str, ...], options: set[str]) -> Iterator[GivenWord]:
    """The options in the lists of a file that starts a module."""
    lists = [node.elts for node in part.of(ast.List, ast.Tuple)]
    pairs = [pair for words in lists for pair in pairwise(words)]
    starts = any(text_of(a) in MODULE and is_module(text_of(b), module) for a, b in pairs)
    if starts:
        yield from spelled(part, options)
