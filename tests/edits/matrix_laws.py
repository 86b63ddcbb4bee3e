"""What a launched value must do to a parser: run both ways and compared.

The original parser with the value on its command line is the reference; the rewritten one
takes it from ``WANDB_CONFIG`` through the function that `emit` wrote, with the real wandb.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wandb.sdk.wandb_config import Config

from jobready.edits.job_args import EVERY_BRANCH, Branch, branches, emit
from jobready.script.model import Expression, Parameter
from jobready.script.source.place import Place

Words = Sequence[str]
Function = Callable[[argparse.ArgumentParser], list[str]]


@dataclass(frozen=True)
class Option:
    """One ``add_argument`` call; neighbours with one group text are one mutex group."""

    flags: tuple[str, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    group: str | None = None
    kind: str | None = None  # of the type, where it isn't known by itself


def option(
    *flags: str, group: str | None = None, kind: str | None = None, **keywords: Any
) -> Option:
    return Option(flags, keywords, group, kind)


@dataclass(frozen=True)
class Result:
    """The parsed values, or what stopped the script."""

    values: Mapping[str, Any] | None
    error: str = ""

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, Result)
        if self.values is None or other.values is None:
            return self.values is other.values
        return alike(dict(self.values), dict(other.values))


def alike(one: Any, other: Any) -> bool:
    """Whether two values are equal and of the same types, all the way down."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, io.TextIOBase):
        return str(one) == str(other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other) or (one != one and other != other)


def build(options: Sequence[Option], **settings: Any) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="train.py", **settings)
    groups: dict[str, Any] = {}
    for o in options:
        place: Any = parser
        if o.group:
            required = o.group.startswith("required")
            if o.group not in groups:
                groups[o.group] = parser.add_mutually_exclusive_group(required=required)
            place = groups[o.group]
        place.add_argument(*o.flags, **o.keywords)
    return parser


def parameters(options: Sequence[Option], opaque: bool = False) -> list[Parameter]:
    """The options as the source model has them; ``opaque``: with no default known."""
    found = []
    for line, o in enumerate(options, 1):
        action = build([Option(o.flags, o.keywords)])._actions[-1]
        kind = o.kind or _type_kind(o.keywords.get("type"))
        known = not opaque or "default" not in o.keywords
        found.append(
            Parameter(
                name=action.dest,
                flags=tuple(action.option_strings),
                type=getattr(action.type, "__qualname__", None) if action.type else None,
                default=_literal(action.default) if known else Expression("DEFAULT"),
                required=action.required,
                choices=_literal(action.choices),
                nargs=action.nargs,
                action=_action_word(o.keywords.get("action", "store")),
                help=None,
                const=_literal(action.const),
                has_default="default" in o.keywords,
                place=Place(line, 1),
                group=o.group,
                type_kind=kind,
            )
        )
    return found


def _action_word(action: Any) -> str:
    return action if isinstance(action, str) else str(action.__name__)


def _type_kind(function: Any) -> str:
    known: list[tuple[Any, str]] = [
        *[(None, "none"), (str, "str"), (int, "number"), (float, "number")],
        *[(bool, "bool"), (json.loads, "parsed"), (eval, "parsed")],
    ]
    for one, kind in known:
        if function is one:
            return kind
    if isinstance(function, type) and hasattr(function, "__members__"):
        return "enum"
    if isinstance(function, argparse.FileType):
        return "file"
    module = getattr(function, "__module__", "")
    return "path" if module.startswith(("pathlib", "posixpath")) else "own"


def _literal(value: Any) -> Any:
    """The value where a literal can write it, else what a reader of the source sees."""
    try:
        written = repr(value)
        if alike(eval(written, {}), value):
            return value
    except (NameError, SyntaxError):
        pass
    return Expression(written)


@functools.cache
def function(needed: frozenset[Branch]) -> Function:
    """The function that `emit` writes, ready to be called."""
    names: dict[str, Any] = {"argparse": argparse, "os": os, "sys": sys}
    exec("from __future__ import annotations\n" + emit(needed), names)
    return names["job_args"]  # type: ignore[no-any-return]


@contextlib.contextmanager
def launch(config: Mapping[str, Any]) -> Iterator[None]:
    """The environment that a launch agent gives a job."""
    os.environ.update(WANDB_LAUNCH="True", WANDB_CONFIG=json.dumps(config))
    try:
        yield
    finally:
        del os.environ["WANDB_LAUNCH"], os.environ["WANDB_CONFIG"]


def parse(parse_words: Callable[[], argparse.Namespace]) -> Result:
    """The values, or argparse's error; what a type itself raises counts as an error."""
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        try:
            return Result(vars(parse_words()))
        except SystemExit:
            return Result(None, errors.getvalue().strip().rpartition("\n")[2])
        except Exception as error:
            return Result(None, f"raised {error!r}")


def original(options: Sequence[Option], words: Words) -> Result:
    parser = build(options)
    return parse(lambda: parser.parse_args(list(words)))


def launched(
    options: Sequence[Option],
    config: Mapping[str, Any],
    argv: Words = (),
    needed: frozenset[Branch] | None = None,
) -> Result:
    """The rewritten script as a job with this config, and maybe a fixed command line."""
    parser = build(options)
    job_args = function(branches(parameters(options)) if needed is None else needed)
    with launch(config):
        return parse(lambda: parser.parse_args([*argv, *job_args(parser)]))


def unlaunched(
    options: Sequence[Option], words: Words, needed: frozenset[Branch]
) -> Result:
    """The rewritten script on somebody's own command line."""
    parser = build(options)
    return parse(lambda: parser.parse_args([*words, *function(needed)(parser)]))


def launched_twice(
    options: Sequence[Option],
    config: Mapping[str, Any],
    argv: Words,
    needed: frozenset[Branch],
) -> Result:
    """What the second of two parses gives, ``parse_known_args`` coming first."""
    parser = build(options)
    job_args = function(needed)
    with launch(config):
        parse(lambda: parser.parse_known_args([*argv, *job_args(parser)])[0])
        return parse(lambda: parser.parse_args([*argv, *job_args(parser)]))


def recorded(values: Mapping[str, Any]) -> dict[str, Any]:
    """What W&B records for the values: its own config, and wandb-core's JSON round trip."""
    untyped: Any = Config
    config = untyped()
    config.update(dict(values))
    return {k: round_trip(config[k]) for k in config}


def round_trip(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): round_trip(v) for k, v in value.items()}
    if isinstance(value, list):
        return [round_trip(v) for v in value]
    if type(value) is float and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return float(value) if type(value) is int and abs(value) >= 2**63 else value


def stops_by_name(result: Result, options: Sequence[Option]) -> bool:
    """Whether the script stopped with a message that names one of its parameters."""
    names = [n for p in parameters(options) for n in (p.name, *p.flags)]
    return result.values is None and any(n in result.error for n in names)


def variants(options: Sequence[Option]) -> list[frozenset[Branch]]:
    """The smallest function for the parser, that for unknown defaults, and the largest."""
    opaque = branches(parameters(options, opaque=True))
    return list(dict.fromkeys([branches(parameters(options)), opaque, EVERY_BRANCH]))
