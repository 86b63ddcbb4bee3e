"""Parsers of all kinds as source text, drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import strategies as st

from tests.generated.kinds import DEFINITIONS, KINDS, Kind, Value, kind
from tests.generated.wanted import ANYTHING, Wanted, whether

# The first are what scripts call their parameters; the last may be in somebody's way.
NAMES = (
    *("lr", "epochs", "model", "seed", "data", "width", "tags", "out", "rate", "depth"),
    *("config", "parser", "update", "items", "keys", "sys", "os", "launched", "value"),
    *("job_args", "argparse", "known", "k", "_seed", "wandb", "name", "version_of"),
)
SWITCH = next(k for k in KINDS if k.name == "a switch")
# What wandb.config can hand back, if nothing else is in the way.
CLEAN = tuple(
    k
    for k in KINDS
    if k.name in ("a float", "an int", "text", "text or None", "a switch", "a whole float")
)
LOOPED = (
    kind(
        "an int in a loop",
        "",
        [(7, "FLAG=7"), (8, "")],
        [("x", "FLAG=x")],
        contrary="FLAG=3",
    ),
    kind("a float in a loop", "", [(0.5, "FLAG=0.5"), (2.5, "")], [], contrary="FLAG=3"),
)
# Whose values no words give, so that a script is refused if they exclude others.
WORDLESS = ("a count", "on or off", "json", "no type, a list", "numbers in one word")
GROUPS = ("group", "exclusive", "required exclusive")
COMMANDS = ("train", "tune")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a generated parser; ``place`` is what it is added to.

    ``moved``: its default isn't the one that its kind has.
    """

    kind: Kind
    dest: str
    flags: tuple[str, ...]
    place: str = "parser"
    moved: bool = False

    @property
    def required(self) -> bool:
        return self.kind.required

    @property
    def good(self) -> tuple[Value, ...]:
        """The values that a job must take."""
        return tuple(v for v in self.kind.good if v.words or not self.moved)

    def words(self, words: Sequence[str] | None) -> tuple[str, ...] | None:
        """Words of the kind as they are for this parameter."""
        return None if words is None else tuple(map(self._filled, words))

    def calls(self) -> list[str]:
        """The arguments of the ``add_argument`` calls."""
        flags = ", ".join(f'"{f}"' for f in self.flags)
        if self.flags and default_dest(self.flags) != self.dest:
            flags += f', dest="{self.dest}"'
        return [self._filled(c.replace("FLAGS", flags)) for c in self.kind.calls]

    def _filled(self, text: str) -> str:
        name = self.flags[-1].lstrip("-") if self.flags else self.dest
        text = text.replace("FLAG", self.flags[-1] if self.flags else "")
        return text.replace("NAME", name).replace("DEST", self.dest)


def default_dest(flags: Sequence[str]) -> str:
    """The name that argparse makes of the flags."""
    long = next((f for f in flags if f.startswith("--")), flags[0])
    return long.lstrip("-").replace("-", "_")


@dataclass(frozen=True, repr=False)
class Parser:
    """The lines that make a parser called PARSER, and what is known of it.

    ``parameters`` are those of the ``command`` that its runs take, ``strangers`` the names
    of those that another command has. ``extras`` are attributes that are no parameters,
    ``features`` what tells parsers apart.
    """

    lines: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    needs: tuple[str, ...]
    command: str | None = None
    strangers: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()

    def needed(self) -> dict[str, tuple[str, ...]]:
        """Words without which it refuses a command line, by dest."""
        found = {}
        grouped = False
        for p in self.parameters:
            wanted = p.required
            if p.place == "required exclusive" and not grouped:
                wanted = grouped = True
            if wanted:
                found[p.dest] = p.words(p.kind.contrary) or ()
        return found

    def command_line(self, given: Mapping[str, Sequence[str]]) -> list[str]:
        """A command line with the words for some parameters, in an order that works."""
        words: list[str] = []
        inside = [p for p in self.parameters if p.place.startswith("command")]
        outside = [p for p in self.parameters if p not in inside]
        for some in (outside, inside):
            if some is inside and self.command is not None:
                words.append(self.command)
            for p in sorted(some, key=lambda p: not p.kind.positional):
                words += given.get(p.dest, ())
        return words

    @property
    def has_positionals(self) -> bool:
        return any(p.kind.positional for p in self.parameters)


@dataclass
class _Draft:
    """A parser while it is drawn."""

    lines: list[str] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    features: set[str] = field(default_factory=set)
    extras: list[str] = field(default_factory=list)

    def add(self, parameter: Parameter, owner: str) -> None:
        self.parameters.append(parameter)
        self.features.add(parameter.kind.name)
        for call in parameter.calls():
            self.lines.append(f"{owner}.add_argument({call})")

    def finished(self, command: str | None) -> Parser:
        """The parser, for runs that take this command."""
        others = [f"command {c}" for c in COMMANDS if c != command]
        own = [p for p in self.parameters if p.place not in others]
        needs = [n for n in DEFINITIONS if any(n in p.kind.needs for p in self.parameters)]
        return Parser(
            lines=tuple(self.lines),
            parameters=tuple(own),
            needs=tuple(needs),
            command=command,
            strangers=tuple(p.dest for p in self.parameters if p not in own),
            extras=tuple(self.extras),
            features=frozenset(self.features),
        )


@st.composite
def parsers(draw: st.DrawFn, wanted: Wanted = ANYTHING) -> Parser:
    """A parser with up to seven parameters, in groups, parents, commands and loops.

    A ``clean`` one has few plain options.
    """
    draft = _Draft()
    if wanted.clean:
        draft.lines.append("PARSER = argparse.ArgumentParser()")
        few = list(NAMES[:10])
        for p in draw(_several(CLEAN, few, "parser", 3)):
            draft.add(p, "PARSER")
        if wanted.kind is not None:
            draft.add(draw(_wanted(wanted.kind, few)), "PARSER")
        return draft.finished(None)
    kinds = KINDS
    mixed = Random(draw(st.integers(0, 99)))
    usual, odd = (mixed.sample(some, len(some)) for some in (NAMES[:10], NAMES[10:]))
    names = [*odd, *usual] if draw(st.booleans()) else [*usual, *odd]
    with_commands = draw(whether(wanted.parser == "commands" or None, 10))
    flat = [k for k in kinds if not with_commands or _stands_before(k)]
    parents = ("base",) if draw(whether(wanted.parser == "base" or None, 4)) else ()
    for parent in parents:
        draft.lines.append(f"{parent} = argparse.ArgumentParser(add_help=False)")
        inherited = [k for k in _flat(kinds) if not with_commands or _stands_before(k)]
        for p in draw(_several(inherited, names, "parent", 2)):
            draft.add(p, parent)
    settings = draw(
        st.sampled_from(["", "", "", 'description="train"', "allow_abbrev=False"])
    )
    given = ", ".join(
        filter(None, [settings, f"parents=[{', '.join(parents)}]" if parents else ""])
    )
    draft.features.update(t.partition("=")[0] for t in (settings, *parents) if t)
    draft.lines.append(f"PARSER = argparse.ArgumentParser({given})")
    for p in draw(_several(flat, names, "parser", 5)):
        if p.kind.positional and _blocks(p, draft.parameters):
            p = Parameter(SWITCH, p.dest, (f"--{p.dest}",))
        draft.add(p, "PARSER")
    if wanted.kind is not None:
        draft.add(draw(_wanted(wanted.kind, names)), "PARSER")
    if draw(whether(wanted.parser == "a version" or None, 10)):
        given = '"--version", action="version", version="1.0"'
        draft.lines.append(f"PARSER.add_argument({given})")
        draft.features.add("a version")
    if draw(st.integers(0, 2)) == 0:
        draw(_group(draft, names, with_commands))
    if draw(st.integers(0, 9)) == 0:
        _loop(draft, names)
    if draw(st.integers(0, 4)) == 0:
        draw(_set_defaults(draft))
    command = draw(_commands(draft, names)) if with_commands else None
    return draft.finished(command)


def _wanted(name: str, names: list[str]) -> st.SearchStrategy[Parameter]:
    """A parameter of the kind that has this name."""
    return _parameter([k for k in KINDS if k.name == name], names, "parser")


def _flat(kinds: Iterable[Kind]) -> list[Kind]:
    """The kinds that are neither required nor told by their place."""
    return [k for k in kinds if not k.positional and not k.required]


def _stands_before(found: Kind) -> bool:
    """Whether a command can stand behind the words of a parameter."""
    open_end = any(f'nargs="{n}"' in found.calls[0] for n in "*+?")
    return not found.positional and not open_end


def _blocks(p: Parameter, others: Iterable[Parameter]) -> bool:
    """Whether a positional can't stand beside those that are there already."""
    kinds = [o.kind for o in others if o.kind.positional]
    plain = ("a positional", "a positional number")
    return bool(kinds) and any(k.name not in plain for k in (p.kind, *kinds))


@st.composite
def _several(
    draw: st.DrawFn, kinds: Sequence[Kind], names: list[str], place: str, most: int
) -> list[Parameter]:
    count = draw(st.integers(1, most))
    return [draw(_parameter(kinds, names, place)) for _ in range(count)]


@st.composite
def _parameter(
    draw: st.DrawFn, kinds: Sequence[Kind], names: list[str], place: str
) -> Parameter:
    found, name = draw(st.sampled_from(kinds)), names.pop()
    if found.positional or "FLAGS" not in found.calls[0]:
        return Parameter(found, name, () if found.positional else (f"--{name}",), place)
    styles: list[tuple[str, ...]] = [
        (f"--{name}",),
        (f"-{name[0]}{len(names)}", f"--{name}-it"),
    ]
    styles += [(f"--{name}-it",), (f"--the-{name}",)]
    if not any("NAME" in w for v in found.good for w in v.words or ()):
        styles.append((f"-{name}",))
    flags = draw(st.sampled_from([styles[0], *styles]))
    dest = name if flags[-1].startswith("--the-") else default_dest(flags)
    return Parameter(found, dest, flags, place)


@st.composite
def _group(draw: st.DrawFn, draft: _Draft, names: list[str], with_commands: bool) -> None:
    """Some options in a group, of which each may exclude the others."""
    place = draw(st.sampled_from(GROUPS[: 2 if with_commands else 3]))
    line = 'add_argument_group("more")'
    if place != "group":
        line = f"add_mutually_exclusive_group({'required=True' if ' ' in place else ''})"
    draft.features.add(place)
    draft.lines.append(f"group = PARSER.{line}")
    kinds = [k for k in _flat(KINDS) if len(k.calls) == 1 and k.contrary]
    kinds = [k for k in kinds if not with_commands or _stands_before(k)]
    if place != "group":
        kinds = [k for k in kinds if k.name not in WORDLESS]
    for p in draw(_several(kinds, names, place, 2)):
        draft.add(p, "group")


def _loop(draft: _Draft, names: list[str]) -> None:
    """Options whose names and types are made at run time."""
    first, second = names.pop(), names.pop()
    draft.lines += [
        f'for key, default in {{"{first}": 8, "{second}": 2.5}}.items():',
        '    PARSER.add_argument("--" + key, type=type(default), default=default)',
    ]
    draft.features.add("a loop")
    for found, name in zip(LOOPED, (first, second), strict=True):
        draft.parameters.append(Parameter(found, name, (f"--{name}",)))


@st.composite
def _set_defaults(draw: st.DrawFn, draft: _Draft) -> None:
    """Defaults that are set for the parser as a whole."""
    items = []
    able = [p for p in draft.parameters if p.kind.python and p.place != "parent"]
    able = [p for p in able if p.dest.isidentifier() and not p.required]
    if able:
        p = draw(st.sampled_from(able))
        items.append(f"{p.dest}={p.kind.python}")
        draft.parameters[draft.parameters.index(p)] = replace(p, moved=True)
    if not items or draw(st.booleans()):
        items.append('note="n"')
        draft.extras.append("note")
    draft.lines.append(f"PARSER.set_defaults({', '.join(items)})")
    draft.features.add("set_defaults")


@st.composite
def _commands(draw: st.DrawFn, draft: _Draft, names: list[str]) -> str:
    """Commands with options of their own; returns the one that is run."""
    required = draw(st.booleans())
    given = ", required=True" if required else ""
    draft.lines.append(f'commands = PARSER.add_subparsers(dest="command"{given})')
    draft.features.add("commands")
    for command in COMMANDS:
        draft.lines.append(f'{command} = commands.add_parser("{command}")')
        able = [k for k in KINDS if not k.positional]
        for p in draw(_several(able, names, f"command {command}", 2)):
            draft.add(p, command)
    return draw(st.sampled_from(COMMANDS))
