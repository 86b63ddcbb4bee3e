"""The lines of a script that parse, in one of many ways."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from tests.generated.inits import Shown
from tests.generated.kinds import KINDS
from tests.generated.parsers import Parser
from tests.generated.uses import Lines
from tests.generated.wanted import ANYTHING, Wanted, one_of

# Words that a script spells out itself; whoever runs it puts others in their place.
SPELLED = '["--spelled"]'


@dataclass
class Parts:
    """The parts that a layout puts together; ``bound`` are names of the file to read."""

    parser: Parser
    maker: str
    holder: str
    imported: str
    functions: Lines = field(default_factory=list)
    features: set[str] = field(default_factory=set)
    overwritten: set[str] = field(default_factory=set)
    shown: Shown = field(default_factory=lambda: Shown({}))
    is_dict: bool = False
    attributes: list[str] | None = None
    bound: list[str] = field(default_factory=list)
    wanted: Wanted = ANYTHING

    @property
    def clean(self) -> bool:
        """Whether the arguments are only parsed and read, in the plainest way."""
        return bool(self.wanted.clean)

    def making(self, name: str | None = None) -> Lines:
        """The lines that make the parser."""
        return [line.replace("PARSER", name or self.maker) for line in self.parser.lines]


# The ways to parse; those that are always refused are rare.
OFTEN = (
    *("plain", "plain", "plain", "known", "first", "dict", "explicit", "namespace"),
    *("none", "two stages", "more between", "defaults", "beside", "shared stages"),
)
FORMS = (*OFTEN, *OFTEN, "spelled out", "asks argv", "counts argv")


@st.composite
def parse_lines(draw: st.DrawFn, parts: Parts, maker: str, target: str) -> Lines:
    """The lines that parse, in one of many ways."""
    form = "plain" if parts.clean else draw(one_of(parts.wanted.parse, FORMS))
    lines = draw(_formed(parts, maker, target, form))
    plain = f"{target} = {maker}.parse_args()"
    parts.features.add("parse plain" if lines == [plain] else f"parse {form}")
    return lines


@st.composite
def _formed(draw: st.DrawFn, parts: Parts, maker: str, target: str, form: str) -> Lines:
    plain = f"{target} = {maker}.parse_args()"
    if form == "known":
        return [
            f"{target}, unknown = {maker}.parse_known_args()",
            'see("unknown", unknown)',
        ]
    if form == "first":
        return [f"{target} = {maker}.parse_known_args()[0]"]
    if form == "dict" and not target.startswith("self."):
        parts.is_dict = True
        return [f"{target} = vars({maker}.parse_args())"]
    if form == "explicit":
        return [f"{target} = {maker}.parse_args(sys.argv[1:])"]
    if form == "none":
        return [f"{target} = {maker}.parse_args(None)"]
    if form == "spelled out":
        return [f"{target} = {maker}.parse_args({SPELLED})"]
    if form == "namespace":
        return draw(_namespace(parts, maker, target))
    if form == "two stages":
        return draw(_two_stages(parts, maker, target))
    if form == "shared stages":
        return draw(_shared_stages(parts, maker, target))
    if form == "more between":
        return draw(_more_between(parts, maker, target))
    parser = parts.parser
    if form == "defaults" and not (parser.needed() or parser.command is not None):
        shown = f'see("defaults", vars({maker}.parse_args([])))'
        return [shown, plain] if draw(st.booleans()) else [plain, shown]
    if form == "beside" and "base" in parts.parser.features:
        other = "other = argparse.ArgumentParser(parents=[base])"
        return [plain, other, 'see("beside", vars(other.parse_args([])))']
    flags = [p.flags[-1] for p in parts.parser.parameters if p.flags]
    if form == "asks argv" and flags:
        flag = draw(st.sampled_from(flags))
        given = f'any(word.startswith("{flag}") for word in sys.argv)'
        return [plain, f'see("given", {given})']
    if form == "counts argv":
        return [plain, "if len(sys.argv) < 3:", '    see("given", None)']
    return [plain]


@st.composite
def _namespace(draw: st.DrawFn, parts: Parts, maker: str, target: str) -> Lines:
    """A parse into a Namespace that holds a value already."""
    able = [p for p in parts.parser.parameters if p.kind.python and not p.required]
    able = [p for p in able if p.dest.isidentifier() and not p.place.startswith("command")]
    if not able:
        return [f"{target} = {maker}.parse_args()"]
    p = draw(st.sampled_from(able))
    moved = [replace(q, moved=True) if q is p else q for q in parts.parser.parameters]
    parts.parser = replace(parts.parser, parameters=tuple(moved))
    held = f"argparse.Namespace({p.dest}={p.kind.python})"
    return [f"{target} = {maker}.parse_args(namespace={held})"]


@st.composite
def _two_stages(draw: st.DrawFn, parts: Parts, maker: str, target: str) -> Lines:
    """A first parser that reads the name of a file with other defaults."""
    able = [p for p in parts.parser.parameters if p.kind.python and not p.required]
    able = [p for p in able if p.dest.isidentifier() and not p.place.startswith("command")]
    name = draw(st.sampled_from(["preset", *[p.dest for p in parts.parser.parameters[:1]]]))
    rest = draw(st.sampled_from(["rest", ""]))
    lines = [
        "first = argparse.ArgumentParser(add_help=False)",
        f'first.add_argument("--{name}", default=None)',
        "stage, rest = first.parse_known_args()",
    ]
    if draw(st.booleans()) and able:
        p = draw(st.sampled_from(able))
        moved = [replace(q, moved=True) if q is p else q for q in parts.parser.parameters]
        parts.parser = replace(parts.parser, parameters=tuple(moved))
        held = f'{{"{p.dest}": {p.kind.python}}}'
        lines += [f"if stage.{name} is None:", f"    {maker}.set_defaults(**{held})"]
    if not rest and not any(p.dest == name for p in parts.parser.parameters):
        lines.append(f'{maker}.add_argument("--{name}", default=None)')
        if parts.attributes is not None:
            parts.attributes.append(name)
    return [*lines, f"{target} = {maker}.parse_args({rest})"]


@st.composite
def _shared_stages(draw: st.DrawFn, parts: Parts, maker: str, target: str) -> Lines:
    """A first stage that takes the words of a parameter from the parser behind it."""
    able = [p for p in parts.parser.parameters if p.kind.number and p.place == "parser"]
    able = [p for p in able if p.flags and p.flags[-1] == f"--{p.dest}"]
    if not able or parts.parser.command:
        return [f"{target} = {maker}.parse_args()"]
    p = draw(st.sampled_from(able))
    return [
        "first = argparse.ArgumentParser(add_help=False)",
        *(f"first.add_argument({call})" for call in p.calls()),
        "stage, rest = first.parse_known_args()",
        f'see("stage", stage.{p.dest})',
        f"{target} = {maker}.parse_args(rest)",
    ]


@st.composite
def _more_between(draw: st.DrawFn, parts: Parts, maker: str, target: str) -> Lines:
    """A parser that gets one more parameter between two parses."""
    found = draw(st.sampled_from([k for k in KINDS if k.name in ("an int", "a switch")]))
    call = found.calls[0].replace("FLAGS", '"--added"')
    if parts.attributes is not None:
        parts.attributes.append("added")
    return [
        f"early = {maker}.parse_known_args()[0]",
        'see("early", vars(early))',
        f"{maker}.add_argument({call})",
        f"{target} = {maker}.parse_args()",
    ]
