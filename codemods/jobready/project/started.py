"""Telling from its bytes whether a file may do something when it is run."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

# A line of the outermost level, less those that only define or import.
_OUTER = re.compile(rb"^(?!def |class |from |import |async )[^\s#@)\]}][^\n]*", re.M)
_NAME = rb"[\w\x80-\xff]+(?:[ \t]*\.[ \t]*[\w\x80-\xff]+)*"
# `name(`, `name[0](`, `(name)(`, `await name()`, `"text".format()`
_CALL = re.compile(
    rb"(?:await\b|[(\[{\\]|" + _NAME + rb"[ \t]*[(\[\\])|[^\n]*[\"'][ \t]*\."
)
_ASSIGNS = re.compile(_NAME + rb"(?:\[[^\]\n]*\])?[ \t]*=(?!=)")
# What other statements stand in.
_BLOCK = re.compile(rb"(?:if|elif|else|try|except|finally|for|while|with|match)\b")
_GOES_ON = (b" ", b"\t", b"#", b")", b"]", b"}")
_ONE_LINE = re.compile(rb":[ \t]*[^\s#]")
# Two statements on one line, or behind the end of a text.
_SEVERAL = re.compile(rb"^[^\s#][^#\n]*;|[\"'][ \t]*;", re.M)


def may_be_started(data: bytes) -> bool:
    """Whether a file may be a script: it asks if it is the main one, or calls something.

    What isn't is a module, of which running it makes functions and classes, and no more.
    """
    if b"__main__" in data or b"\f" in data:
        return True
    if b";" in data and _SEVERAL.search(data) is not None:
        return True
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return True  # lines that end otherwise
    data = data.removeprefix(BOM_UTF8)
    return any(_may_call(data, line) for line in _OUTER.finditer(data))


def _may_call(data: bytes, line: re.Match[bytes]) -> bool:
    """Whether a line of the outermost level, with what stands in it, may call something."""
    text = line[0]
    if _BLOCK.match(text) is None:
        return _is_call(text)
    return _ONE_LINE.search(text) is not None or any(map(_holds_call, _below(data, line)))


def _below(data: bytes, line: re.Match[bytes]) -> list[bytes]:
    """The lines that stand in a statement."""
    found = []
    at = line.end() + 1
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        inside = data[at:end]
        if inside.strip() and not inside.startswith(_GOES_ON):
            break
        found.append(inside.strip())
        at = end + 1
    return found


def _holds_call(inside: bytes) -> bool:
    if not inside or inside.startswith(b"#"):
        return False
    several = b";" in inside or _ONE_LINE.search(inside) is not None
    return several or _is_call(inside)


def _is_call(text: bytes) -> bool:
    return _CALL.match(text) is not None and _ASSIGNS.match(text) is None
