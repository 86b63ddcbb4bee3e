"""The parameters of a script, as its own parsers and the plain run show them."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jobready.script.values.shown_apart import PREFIX
from pytest_jobready.recording import Parsed

# Actions that are no parameters: they print something, or choose a parser.
NONE = frozenset(("Help", "Version", "SubParsers"))


@dataclass(frozen=True)
class Typed:
    """A value of the script: the name of its type, and its repr."""

    type: str
    text: str

    @property
    def value(self) -> Any:
        """The value, where the repr is a literal or a float that is none; else the repr."""
        if self.text in ("inf", "-inf", "nan"):
            return float(self.text)
        try:
            return ast.literal_eval(self.text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return self.text

    def is_same(self, other: Typed) -> bool:
        """Whether it is the other; numbers are compared as such, as JSON mixes them."""
        if self == other:
            return True
        mine, others = self.value, other.value
        numbers = ("int", "float")
        if self.type != other.type and not (self.type in numbers and other.type in numbers):
            return False
        if isinstance(mine, float) and isinstance(others, float) and math.isnan(mine):
            return math.isnan(others)
        return type(mine) is not str and bool(mine == others)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Candidate:
    """Another value: words of a command line, a job's JSON, and what the script has."""

    words: tuple[str, ...]
    json: Any
    seen: Typed

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Candidate:
        """The candidate that the recorder wrote down."""
        return cls(tuple(event["words"]), event["json"], Typed(*event["seen"]))


@dataclass(frozen=True)
class Parameter:
    """One parameter, as it was at the parse of the plain run.

    ``key`` is what the run's config calls it, ``recorded`` whether it is there. ``type``
    is the name of the parser's ``type=``, ``default`` a repr, ``value`` what the parse
    gave. ``candidates`` are other values that the parser takes; ``refused`` says why a
    configured one is none. ``group`` are the names that it excludes, itself included.
    ``from_argv`` says that its parser seems to read the command line.
    """

    name: str
    key: str
    recorded: bool = False
    flags: tuple[str, ...] = ()
    kind: str = "Store"
    type: str = "None"
    has_choices: bool = False
    required: bool = False
    default: str = "None"
    value: Typed | None = None
    candidates: tuple[Candidate, ...] = ()
    refused: str | None = None
    group: frozenset[str] = field(default_factory=frozenset)
    from_argv: bool = True


def parameters_of(
    parses: Sequence[Parsed],
    values: Mapping[str, Typed],
    config: Mapping[str, Any],
    renamed: Mapping[str, str],
    args: Sequence[str] = (),
) -> tuple[Parameter, ...]:
    """The parameters of all parses, the last word about each counts.

    ``values`` is what the parses came to, ``renamed`` the keys of the config that have
    other names, ``args`` the command line of the run. Without any parse the parameters
    are the numbers, switches and texts that the config itself holds.
    """
    found: dict[str, Parameter] = {}
    for parsed in parses:
        for action, groups, nested in _actions(parsed, values):
            name = action["dest"]
            if action["kind"] in NONE:
                continue
            apart = f"{PREFIX}{name}"
            names = (k for k in (apart, name) if k in config)
            key = next(names, renamed.get(name, name))
            group = next((g for g in groups if name in g), frozenset())
            found[name] = Parameter(
                name=name,
                key=key,
                recorded=key in config,
                flags=tuple(action["flags"]),
                kind=action["kind"],
                type=action["type"],
                has_choices=action["choices"] is not None,
                required=bool(action["required"]),
                default=action["default"],
                value=values.get(name),
                candidates=tuple(map(Candidate.of, action.get("candidates", ()))),
                refused=action.get("refused"),
                group=group,
                # An option's place is before the command, which the words don't tell.
                from_argv=not nested and not parsed.commands and has_read(parsed, args),
            )
    return tuple(found.values()) if parses else _of_config(config)


def has_read(parsed: Parsed, args: Sequence[str]) -> bool:
    """Whether a parse read these words of the command line, among others maybe."""
    if parsed.words is None:
        return True
    words, given = list(parsed.words), list(args)
    starts = range(len(words) - len(given) + 1)
    return any(words[start : start + len(given)] == given for start in starts)


def _actions(
    parsed: Parsed, values: Mapping[str, Typed]
) -> list[tuple[Mapping[str, Any], list[frozenset[str]], bool]]:
    """The actions of a parser and of the commands that were chosen, with their groups."""
    described: list[tuple[Mapping[str, Any], bool]] = [
        ({"actions": parsed.actions, "groups": parsed.groups}, False)
    ]
    chosen = {str(value.value) for value in values.values()}
    waiting = [parsed.commands]
    for commands in waiting:  # which grows by those of each
        inside = [c for name, c in commands.items() if name in chosen]
        described += [(c, True) for c in inside]
        waiting += [c["commands"] for c in inside]
    return [
        (action, [frozenset(g["dests"]) for g in each["groups"]], nested)
        for each, nested in described
        for action in each["actions"]
    ]


def _of_config(config: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """Parameters that are on no command line: what the script put into its config.

    W&B tells them in another order every time, so it is that of their names.
    """
    return tuple(
        Parameter(
            name=key,
            key=key,
            recorded=True,
            kind="Config",
            type=type(value).__name__,
            default=repr(value),
            value=Typed(type(value).__name__, repr(value)),
            from_argv=False,
        )
        for key, value in sorted(config.items())
        if isinstance(value, (bool, int, float, str))
    )
