"""Reading a GraphQL document as far as it must be: which fields it asks the root for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

TOKEN = re.compile(
    r"""(?P<skip>[\s,]+|\#[^\n]*)
    |(?P<text>\"\"\".*?\"\"\"|"(?:\\.|[^"\\])*")
    |(?P<name>[_A-Za-z]\w*)
    |(?P<variable>\$[_A-Za-z]\w*)
    |(?P<number>-?\d[\w.+-]*)
    |(?P<mark>\.\.\.|[{}()\[\]:=!@|&])""",
    re.VERBOSE | re.DOTALL,
)
CLOSED_BY = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True)
class Field:
    """A field of the root.

    ``alias`` is the key of the answer; ``arguments`` holds texts as they are and variables
    as their names with a ``$``.
    """

    name: str
    alias: str
    arguments: dict[str, str] = field(default_factory=dict)

    def argument(self, name: str, variables: dict[str, Any]) -> Any:
        """The value of an argument, None where it isn't given."""
        given = self.arguments.get(name)
        if given is not None and given.startswith("$"):
            return variables.get(given[1:])
        return given


@lru_cache(maxsize=256)
def root_fields(document: str) -> tuple[Field, ...]:
    """The fields that the first operation of a document asks the root for."""
    tokens = list(_tokens(document))
    start = _body(tokens)
    found: list[Field] = []
    at = start + 1
    while at < len(tokens) and tokens[at] != "}":
        name = alias = tokens[at]
        at += 1
        if tokens[at : at + 1] == [":"]:
            name = tokens[at + 1]
            at += 2
        arguments: dict[str, str] = {}
        while at < len(tokens) and tokens[at] in ("(", "@"):
            if tokens[at] == "@":
                at += 2
                continue
            end = _end(tokens, at)
            arguments = _arguments(tokens[at + 1 : end])
            at = end + 1
        if tokens[at : at + 1] == ["{"]:
            at = _end(tokens, at) + 1
        found.append(Field(name, alias, arguments))
    return tuple(found)


def _tokens(document: str) -> Iterator[str]:
    for match in TOKEN.finditer(document):
        if match.lastgroup != "skip":
            yield match.group()


def _body(tokens: list[str]) -> int:
    """Where the braces of the first operation open; fragments may stand before it."""
    at = 0
    while at < len(tokens):
        if tokens[at] == "fragment":
            while tokens[at] != "{":
                at += 1
            at = _end(tokens, at) + 1
        elif tokens[at] == "{":
            return at
        elif tokens[at] == "(":  # the variables, which may have objects as defaults
            at = _end(tokens, at) + 1
        else:
            at += 1
    return len(tokens)


def _end(tokens: list[str], start: int) -> int:
    """The index of the token that closes the one at ``start``."""
    depth = 0
    opening = tokens[start]
    for at in range(start, len(tokens)):
        depth += (tokens[at] == opening) - (tokens[at] == CLOSED_BY[opening])
        if not depth:
            return at
    return len(tokens) - 1


def _arguments(tokens: list[str]) -> dict[str, str]:
    """The arguments that are a text, a word or a variable; objects are left out."""
    found: dict[str, str] = {}
    at = 0
    while at < len(tokens):
        if tokens[at] in CLOSED_BY:
            at = _end(tokens, at) + 1
        elif tokens[at + 1 : at + 2] == [":"] and at + 2 < len(tokens):
            value = tokens[at + 2]
            if value not in CLOSED_BY:
                found[tokens[at]] = value.strip('"')
                at += 1
            at += 2
        else:
            at += 1
    return found
