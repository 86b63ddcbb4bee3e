"""The modules of a repository that entry scripts reach, each read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path

from jobready.outcome import Failed
from jobready.project.files import decode_source, read_bytes
from jobready.project.mentions import may_lead_on
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import syntax_of

# Characters of the modules that are kept for other scripts: a tree takes fifty times that.
MOST = 1_500_000
# What the bytes of a module tell.
Question = Callable[[bytes], bool]


class Library:
    """Reads modules and keeps them, so that scripts that share one see the same tree.

    ``read`` gives what a file holds, None where it can't be read.
    """

    def __init__(self, read: Callable[[Path], bytes | None] | None = None) -> None:
        self._read = read or _bytes_of
        self._note: Callable[[Path, bytes | None], None] | None = None
        self._used: set[Path] = set()
        self._bytes: dict[Path, bytes | None] = {}
        self._syntax: dict[Path, Syntax | None] = {}
        self._told: dict[tuple[Path, Question], bool] = {}
        self.planned: frozenset[Path] = frozenset()  # have a text here, and no file

    def bytes_of(self, path: Path) -> bytes | None:
        """What a file holds; None where it can't be read."""
        if path not in self._bytes:
            self._bytes[path] = self._read(path)
        data = self._bytes[path]
        if self._note is not None:
            self._note(path, data)
        return data

    def matters(self, path: Path) -> bool:
        """Whether a parser, a parse or a run may be made in a module."""
        return self.tells(path, may_lead_on)

    def tells(self, path: Path, question: Question) -> bool:
        """What a function says of the bytes of a module; not, where it can't be read.

        It is called once for all scripts, so that nothing else may count for its answer.
        """
        data = self.bytes_of(path)
        if (path, question) not in self._told:
            self._told[path, question] = data is not None and question(data)
        return self._told[path, question]

    def syntax(self, path: Path) -> Syntax | None:
        """The syntax tree of a module; None where it can't be read as Python."""
        data = self.bytes_of(path)
        if path not in self._syntax:
            self._syntax[path] = None if data is None else _parsed(data, path)
        self._used.add(path)
        self._syntax[path] = self._syntax.pop(path)  # the last one is what was used last
        return self._syntax[path]

    def for_script(
        self, note: Callable[[Path, bytes | None], None] | None = None
    ) -> Library:
        """The same library for one script of many; ``note`` is told what it looks into.

        Of many modules those are forgotten that no script has used for longest, but none
        that the last one did.
        """
        held = sum(len(s.text) for s in self._syntax.values() if s is not None)
        for path in [p for p in self._syntax if p not in self._used]:
            if held <= MOST:
                break
            gone = self._syntax.pop(path)
            held -= 0 if gone is None else len(gone.text)
        self._used.clear()
        made = copy(self)
        made._note = note
        return made

    def changed(self, texts: Mapping[Path, str]) -> Library:
        """The same library with other texts in place of what some files hold."""
        if not texts:
            return self
        made = Library(self._read)
        made._note = self._note
        made._bytes = {**self._bytes, **{p: encoded(t) for p, t in texts.items()}}
        kept = {p: s for p, s in self._syntax.items() if p not in texts}
        made.planned = self.planned.union(p for p in texts if not self._holds(p))
        made._told = {key: told for key, told in self._told.items() if key[0] not in texts}
        made._syntax = {**kept, **{p: _syntax(t, p) for p, t in texts.items()}}
        return made

    def _holds(self, path: Path) -> bool:
        """Whether there is a file, and was one when it was first asked for."""
        return self._bytes[path] is not None if path in self._bytes else path.is_file()


def _parsed(data: bytes, path: Path) -> Syntax | None:
    source = decode_source(data, path)
    return None if isinstance(source, Failed) else _syntax(source.text, path)


def _syntax(text: str, path: Path) -> Syntax | None:
    syntax = syntax_of(text, shown_path(path))
    return None if isinstance(syntax, Failed) else syntax


def encoded(text: str) -> bytes:
    """A text as bytes in which the words of a module can be looked for."""
    return text.encode("utf-8", "surrogatepass")


def shown_path(path: Path) -> str:
    """The path as the user would write it: from where he is, if it is below."""
    try:
        shown = os.path.relpath(path)
    except ValueError:  # on another drive
        return path.as_posix()
    return path.as_posix() if shown.startswith("..") else Path(shown).as_posix()


def _bytes_of(path: Path) -> bytes | None:
    found = read_bytes(path)
    return None if isinstance(found, Failed) else found
