"""Other values for a script's parameters, as its own parser says that it takes them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_jobready.recording import Parsed
from tests.judge.inside import put_inside

_DATA = re.compile(r"data|train|val|test|sample|shard|file|path|folder|dir")


@dataclass(frozen=True)
class Value:
    """One value of one parameter, as words and as a job's config holds it.

    ``seen`` is the repr of what the script has of it. A positional that ``takes_rest`` has
    whatever stands behind it for its own.
    """

    dest: str
    words: tuple[str, ...]
    json: Any
    seen: str = ""
    positional: bool = False
    of_command: bool = False
    takes_rest: bool = False

    def is_shown_as(self, value: object) -> bool:
        """Whether a run's page, which has text for many a type, may show it as that."""
        if isinstance(value, bool) or isinstance(self.json, bool):
            return value is self.json
        return value == self.json or self.seen in (str(value), repr(value))

    @property
    def is_text(self) -> bool:
        """Whether it is free text, which a script may look up or open."""
        return isinstance(self.json, str | list | dict)


@dataclass(frozen=True)
class Choices:
    """What can be given to a script: for each parameter up to three other values.

    ``keys`` are the names under which the page of a run shows parameters, where these
    aren't their own. ``unset`` are the parameters that are None by default, ``inside``
    those that the page shows inside of values.
    """

    values: Mapping[str, tuple[Value, ...]]
    needed: tuple[Value, ...]
    groups: tuple[frozenset[str], ...]
    command: str | None = None
    parameters: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    unset: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, parses: Iterable[Parsed], given: Collection[str] = (), command: str = ""
    ) -> Choices:
        """The values for the parsers as they were at the parses of a run.

        Where several of them have a parameter, the last one that has choices for it says
        what it takes, or else the last one. Parameters that are ``given`` are
        needed, and ``command`` is taken where there is such a subcommand.
        """
        values: dict[str, tuple[Value, ...]] = {}
        required: dict[str, bool] = {}
        chosen: set[str] = set()
        stages = []
        for parsed in parses:
            stages.append(stage := _stage(parsed, command))
            strict = {a["dest"] for a in parsed.actions if a["choices"]}
            values |= {d: v for d, v in stage.values.items() if d not in chosen - strict}
            chosen |= strict
            needed = {value.dest for value in stage.needed}
            required |= {dest: dest in needed for dest in stage.values}
        return cls(
            values,
            tuple(
                values[dest][0]
                for dest, is_needed in required.items()
                if is_needed or (dest in given and values[dest])
            ),
            tuple(dict.fromkeys(group for stage in stages for group in stage.groups)),
            next((s.command for s in reversed(stages) if s.command is not None), None),
            tuple(values),
            unset=frozenset().union(*(stage.unset for stage in stages)),
        )

    @property
    def needed_at_all(self) -> bool:
        """Whether there is no run without any words."""
        return bool(self.needed) or self.command is not None

    def opening(self, gate: str) -> Iterator[Value]:
        """Values that may open a gate, an expression that init stands behind."""
        for dest, values in self.values.items():
            if not re.search(rf"\b{re.escape(dest)}\b", gate):
                continue
            negated = re.search(rf"\bnot\s+[\w.]*\b{re.escape(dest)}\b", gate)
            for value in values:
                if value.json is (not negated) or "wandb" in str(value.json):
                    yield value
                    break
            else:
                yield from () if negated else values[:1]

    def tracking(self) -> Iterator[Value]:
        """Values that sound as if they switched training or tracking on or off."""
        for dest, values in self.values.items():
            if re.search(r"wandb|track|log|report|^(do_)?train$", dest) and values:
                if isinstance(values[0].json, bool) or values[0].json == "wandb":
                    yield values[0]

    def others(self, kept: Iterable[Value]) -> Iterator[Value]:
        """One other value of every parameter but those kept, none of a group twice."""
        taken = {value.dest for value in kept}
        for dest, values in self.values.items():
            shared = [group for group in self.groups if dest in group]
            if dest in taken or not values or any(g & taken for g in shared):
                continue
            if shared:
                taken.add(dest)
            yield values[0]

    def setting(self, kept: Iterable[Value]) -> Iterator[list[Value]]:
        """Values for what is None, which a script may need without saying so.

        First for what sounds like data, since others may switch on what nobody needs.
        """
        unset = [value for value in self.others(kept) if value.dest in self.unset]
        yield [value for value in unset if _DATA.search(value.dest)]
        yield unset

    def contrary(self, values: Sequence[Value]) -> list[Value]:
        """Yet other values of the same parameters, where there are any."""
        return [
            next((v for v in reversed(self.values[value.dest]) if v != value), value)
            for value in values
            if len(self.values[value.dest]) > 1
        ]

    def argv(self, values: Sequence[Value]) -> list[str]:
        """A command line: positionals first, a subcommand's words behind it.

        One that takes the rest of its parser's words comes last.
        """
        order = list(self.values)
        ordered = sorted(
            values,
            key=lambda v: (
                v.of_command,
                v.takes_rest,
                not v.positional,
                order.index(v.dest),
            ),
        )
        words: list[str] = []
        for value in ordered:
            if not value.of_command:
                words += value.words
        if self.command is not None:
            words.append(self.command)
        for value in ordered:
            if value.of_command:
                words += value.words
        return words

    def config(self, values: Iterable[Value]) -> dict[str, Any]:
        """The same values as a job's config, under the keys that the page shows."""
        config = {self.keys.get(v.dest, v.dest): v.json for v in values}
        return put_inside(config, self.inside)


def _stage(parsed: Parsed, wanted: str) -> Choices:
    """The values for one parser as it was at the parse, with the first or this command."""
    command = wanted if wanted in parsed.commands else next(iter(parsed.commands), None)
    actions = [(a, False) for a in parsed.actions]
    groups = list(parsed.groups)
    if command is not None:
        below = parsed.commands[command]
        actions += [(a, True) for a in below["actions"]]
        groups += below["groups"]
    values: dict[str, tuple[Value, ...]] = {}
    required = []
    for action, of_command in actions:
        dest = action["dest"]
        if action["kind"] in ("Help", "Version", "SubParsers"):
            continue
        found = tuple(
            Value(
                dest,
                tuple(c["words"]),
                c["json"],
                c["seen"][1],
                not action["flags"],
                of_command,
                not action["flags"] and action["nargs"] == argparse.REMAINDER,
            )
            for c in action.get("candidates", ())
        )
        values[dest] = values.get(dest, ()) + found
        if action["required"]:
            required.append(dest)
    for group in groups:
        if group["required"]:
            required.append(next(d for d in group["dests"] if values.get(d)))
    return Choices(
        values,
        tuple(values[dest][0] for dest in required if values[dest]),
        tuple(frozenset(g["dests"]) for g in groups),
        command,
        unset=frozenset(a["dest"] for a, _ in actions if a["default"] == "None"),
    )
