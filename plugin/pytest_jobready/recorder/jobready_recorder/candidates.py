"""Values that a parameter would take, other than its default: as words and as JSON.

They are tried on the real parser, so that types, choices and functions of the script's
own count as they do on a command line.
"""

from __future__ import annotations

import argparse
import contextlib
import enum
import json
import re
from collections.abc import Iterator
from typing import Any

from .record import typed

MOST = 3
MANY = 1000  # steps or the like: a hundredth of them lets a script get further
_TRACKERS = re.compile(r"report_to|log_with|tracker|logger")
_ANYTHING = ("other", "3", "0.5", "true", "false", '{"other": 1}', "[1, 2]", "", "1,2")


def candidates(
    parser: argparse.ArgumentParser, action: argparse.Action
) -> list[dict[str, Any]]:
    """Up to three other values of a parameter.

    Each has ``words`` for the command line, ``json`` for the config of a job, and
    ``seen``, what the script then has: the name of the type, and the repr.
    """
    kind = type(action)
    flag = _flag(action)
    if kind in (argparse._HelpAction, argparse._VersionAction):
        return []
    if kind in (argparse._StoreTrueAction, argparse._StoreFalseAction):
        value = bool(action.const)
        return [] if action.default is value else [_given([flag], value, value)]
    if kind is argparse.BooleanOptionalAction:
        off = next(f for f in action.option_strings if f.startswith("--no-"))
        return [
            _given([word], value, value)
            for word, value in ((flag, True), (off, False))
            if value is not action.default
        ]
    if kind is argparse._StoreConstAction:
        if _is_json(action.const) and action.const != action.default:
            return [_given([flag], action.const, action.const)]
        return []
    if kind is argparse._CountAction:
        start = action.default if isinstance(action.default, int) else 0
        return [_given([flag] * n, start + n, start + n) for n in (2, 1)]
    if kind is argparse._AppendConstAction or isinstance(
        action, argparse._SubParsersAction
    ):
        return []
    return list(_valued(parser, action, flag))[:MOST]


def given(
    parser: argparse.ArgumentParser, action: argparse.Action, value: Any
) -> dict[str, Any]:
    """A value that somebody chose, in the form of a candidate.

    Raises what the parser or the script's own ``type=`` raises where it is refused.
    """
    flag = _flag(action)
    if action.nargs == 0 or isinstance(action, argparse.BooleanOptionalAction):
        known = [c for c in candidates(parser, action) if c["json"] == value]
        if known or value == action.default:
            return known[0] if known else _given([], value, value)
        raise ValueError(f"{value!r} is none of its values")
    items = value if isinstance(value, list) else [value]
    words = [item if isinstance(item, str) else json.dumps(item) for item in items]
    seen = [parser._get_value(action, word) for word in words]
    for each in seen:
        parser._check_value(action, each)
    return _given(
        [flag, *words] if flag else words, value, seen if items is value else seen[0]
    )


def _given(words: list[str], value: Any, seen: Any) -> dict[str, Any]:
    return {"words": words, "json": value, "seen": typed(seen)}


def _flag(action: argparse.Action) -> str:
    long = [f for f in action.option_strings if f.startswith("--no-") is False]
    long = [f for f in long if f.startswith("--")] or list(action.option_strings)
    return long[0] if long else ""


def _valued(
    parser: argparse.ArgumentParser, action: argparse.Action, flag: str
) -> Iterator[dict[str, Any]]:
    found = list(_single(parser, action))
    appends = isinstance(action, argparse._AppendAction | argparse._ExtendAction)
    for word, value, own in found:
        if action.nargs in (None, "?"):
            words: list[str] = [f"{flag}={word}"] if flag.startswith("--") else [word]
            if flag and not flag.startswith("--"):
                words = [flag, word]
            new: Any = value
            seen: Any = own
        else:
            count = action.nargs if isinstance(action.nargs, int) else 2
            if word[:1] == "-" or (not word and not flag):
                continue
            words = ([flag] if flag else []) + [word] * count
            new, seen = [value] * count, [own] * count
        if not appends:
            yield _given(words, new, seen)
            continue
        # The array in a job is the whole value, the command line adds to the default.
        extends = isinstance(action, argparse._ExtendAction) and isinstance(new, list)
        before = list(action.default or [])
        if all(map(_is_json, before)):
            added, had = (new, seen) if extends else ([new], [seen])
            yield _given(words, [*before, *added], [*before, *had])


def _single(
    parser: argparse.ArgumentParser, action: argparse.Action
) -> Iterator[tuple[str, Any, Any]]:
    """A word, the value that a job's config has for it, and the script's own."""
    seen = [_shape(action.default)]
    if isinstance(action.default, str) and not isinstance(action, argparse._AppendAction):
        with contextlib.suppress(Exception):  # argparse leaves such a default as it is
            seen.append(_shape(parser._get_value(action, action.default)))
    for word in _words(action):
        try:
            value = parser._get_value(action, word)
            parser._check_value(action, value)
        except Exception:  # the script's own type= may raise anything
            continue
        if _shape(value) not in seen:
            seen.append(_shape(value))
            yield word, _as_json(action, word, value), value


def _words(action: argparse.Action) -> Iterator[str]:
    if action.choices is not None:
        for choice in list(action.choices)[:20]:
            yield str(choice)
            if isinstance(choice, enum.Enum):
                yield choice.name
                yield str(choice.value)
        return
    default = action.default
    if isinstance(default, enum.Enum):
        for member in type(default):
            yield str(member.value)
            yield member.name
    if action.type is not None and isinstance(default, int | float):
        if isinstance(default, int) and default >= MANY:
            yield str(default // 100)
        if not isinstance(default, bool):
            yield str(default + 1 if isinstance(default, int) else default * 0.5)
            yield str(default * 2 + 1)
    if action.type in (int, float):
        yield from ("3", "2")
    if _TRACKERS.search(action.dest):
        yield "wandb"
    if isinstance(default, str) and re.fullmatch(r"[\d.,\s]*\d[\d.,\s]*", default):
        yield re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), default)
    if action.type in (None, str) and isinstance(default, str) and default:
        yield "other"
    yield from _ANYTHING


def _as_json(action: argparse.Action, word: str, value: Any) -> Any:
    if isinstance(value, bool) or action.type in (int, float):
        return value
    if isinstance(value, dict | list) and type(value) is type(action.default):
        return value
    return word


def _shape(value: Any) -> tuple[str, str]:
    return type(value).__name__, repr(value)


def _is_json(value: Any) -> bool:
    return value is None or type(value) in (bool, int, float, str)
