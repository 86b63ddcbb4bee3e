"""The parsers that a script really made, as they are when it parses."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from . import record
from .candidates import candidates, given
from .user_code import is_user_file

_parsing = False


def watch() -> None:
    """Write down each parser at each parse, before it can refuse anything."""
    original = argparse.ArgumentParser.parse_known_args

    # Newer Pythons hand on one more argument, so the signature is left open.
    def parse_known_args(self: argparse.ArgumentParser, *args: Any, **kwargs: Any) -> Any:
        global _parsing
        if _parsing:  # the parser of a subcommand
            return original(self, *args, **kwargs)
        words = args[0] if args else kwargs.get("args")
        if isinstance(words, list | tuple) and len(words) > 0:
            words = [str(word) for word in words]
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == argparse.__file__:
            frame = frame.f_back
        if not _is_for_user(frame):  # a program of others' that the script starts
            return original(self, *args, **kwargs)
        _parsing = True
        try:
            place = {"file": frame.f_code.co_filename, "line": frame.f_lineno}
            fields = describe(self)
            record.write("parse", words=words, **place, **fields)
        finally:
            _parsing = False
        _parsing = True
        try:
            result = original(self, *args, **kwargs)
        finally:
            _parsing = False
        record.write("parsed", values=_values(result[0], self))
        return result

    patched: Any = argparse.ArgumentParser
    patched.parse_known_args = parse_known_args


def _is_for_user(frame: FrameType | None) -> bool:
    """Whether the user's code parses, or has a library parse."""
    while frame is not None and not is_user_file(frame.f_code.co_filename):
        frame = frame.f_back
    return frame is not None


def _values(namespace: Any, parser: argparse.ArgumentParser) -> dict[str, list[str]]:
    """What a parse came to: for each parameter the type's name and the repr."""
    values = object.__getattribute__(namespace, "__dict__")
    return {_named(str(n), parser): record.typed(value) for n, value in values.items()}


def _named(dest: str, parser: argparse.ArgumentParser, commands: int = 0) -> str:
    """What a script calls a parameter: simple_parsing puts it into a dataclass.

    The name of that comes first, and that of its field for each of the ``commands`` before.
    """
    if not _is_simple(parser):
        return dest
    return dest.split(".", 1 + commands)[-1]


def _is_simple(parser: argparse.ArgumentParser) -> bool:
    return any(c.__module__.startswith("simple_parsing.") for c in type(parser).__mro__)


def describe(parser: argparse.ArgumentParser, depth: int = 0) -> dict[str, Any]:
    """What a parser takes: its actions, exclusive groups and subcommands.

    ``depth`` tells how many commands come before it.
    """
    commands = {}
    if depth and _is_simple(parser):
        parser._preprocessing()  # type: ignore[attr-defined]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            choices = action.choices.items()
            commands = {str(k): describe(p, depth + 1) for k, p in choices}
    return {
        "actions": [_action(parser, a, depth) for a in parser._actions],
        "groups": [
            {
                "required": g.required,
                "dests": [_named(a.dest, parser, depth) for a in g._group_actions],
            }
            for g in parser._mutually_exclusive_groups
        ],
        "commands": commands,
    }


def _action(
    parser: argparse.ArgumentParser, action: argparse.Action, depth: int
) -> dict[str, Any]:
    kind = type(action).__name__.strip("_")
    found = {
        "dest": _named(action.dest, parser, depth),
        "flags": list(action.option_strings),
        "kind": kind.removesuffix("Action"),
        "nargs": action.nargs,
        "required": action.required,
        "default": repr(action.default)[:500],
        "choices": None if action.choices is None else repr(list(action.choices))[:500],
        "type": getattr(action.type, "__name__", repr(action.type)),
    }
    wanted = os.environ.get("JOBREADY_CANDIDATES")
    if not wanted:
        return found
    chosen = json.loads(wanted)
    if isinstance(chosen, dict) and found["dest"] in chosen:
        found["candidates"] = []
        try:
            found["candidates"] = [given(parser, action, chosen[found["dest"]])]
        except Exception as error:  # a script's own type= may raise anything
            found["refused"] = str(error)
    else:
        found["candidates"] = _quietly(candidates, parser, action)
    return found


def _quietly(
    find: Callable[..., list[dict[str, Any]]], parser: Any, action: Any
) -> list[dict[str, Any]]:
    try:
        return find(parser, action)
    except Exception as error:  # a script's own type= or action may do anything
        record.write("no-candidates", dest=action.dest, message=str(error))
        return []
