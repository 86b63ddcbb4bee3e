"""What scripts do with their arguments, before and after ``wandb.init``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.generated.parsers import Parameter, Parser

Lines = list[str]


@dataclass
class Place:
    """Where in a script the arguments are used, and what is there already.

    ``args`` is what they are called, ``maker`` what the parser is called if it is seen.
    ``attributes`` is None where only a run tells what the arguments hold, ``overwritten``
    are parameters that the script set before. At a ``clean`` place they are only read.
    """

    parser: Parser
    args: str
    is_dict: bool = False
    maker: str | None = None
    attributes: list[str] | None = None
    overwritten: set[str] = field(default_factory=set)
    clean: bool = False
    functions: Lines = field(default_factory=list)
    features: set[str] = field(default_factory=set)

    def read(self, dest: str) -> str:
        """The expression that reads a parameter."""
        if self.is_dict:
            return f'{self.args}["{dest}"]'
        return f"{self.args}.{dest}" if dest.isidentifier() else ""

    @property
    def whole(self) -> str:
        """The dict of all that the arguments hold."""
        return self.args if self.is_dict else f"vars({self.args})"

    @property
    def always(self) -> list[Parameter]:
        """The parameters that the arguments hold whatever is given."""
        known = self.parser.parameters
        return [p for p in known if p.kind.name != "nothing if not given"]


Use = Callable[[st.DrawFn, Place, Parameter], Lines]


def _read(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f'see("{p.dest}", {at.read(p.dest)})']


def _derived(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    name = draw(st.sampled_from(["both", "value", "launched", "x"]))
    return [f"{name} = ({at.read(p.dest)}, 1)", f'see("{name}", {name})']


def _text(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f'see("text", "run-" + str({at.read(p.dest)}))']


def _all(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f'see("all", {at.whole})']


def _copied(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f'see("copy", {at.whole.replace(at.args, f"copy.deepcopy({at.args})")})']


def _dumped(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f'see("json", json.dumps({at.whole}, default=str, sort_keys=True))']


def _looped(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    value = f"{at.args}[key]" if at.is_dict else f"getattr({at.args}, key)"
    return [f"for key in sorted({at.whole}):", f"    see(key, {value})"]


def _tested(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    name = draw(st.sampled_from([p.dest, "n_params"]))
    return [f'see("has", "{name}" in {at.args})']


def _got(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    name = draw(st.sampled_from([p.dest, "n_params"]))
    if at.is_dict:
        return [f'see("{name}", {at.args}.get("{name}", 0))']
    return [f'see("{name}", getattr({at.args}, "{name}", 0))']


def _splatted(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    names = at.attributes
    if names is None or not all(n.isidentifier() for n in names):
        return [f'see("splat", dict(**{at.whole}))']
    model = f"model_{len(names)}"
    start = f"def {model}({', '.join(names)}):"
    if start not in at.functions:
        shown = ", ".join(f'"{n}": {n}' for n in names)
        at.functions[:0] = [start, f"    return {{{shown}}}", "", ""]
    return [f'see("model", {model}(**{at.whole}))']


def _dataclass(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    names = at.attributes
    if names is None or not all(n.isidentifier() for n in names):
        return _all(draw, at, p)
    model = f"Settings{len(names)}"
    start = f"class {model}:"
    if start not in at.functions:
        fields = [f"    {n}: object" for n in names]
        at.functions[:0] = ["@dataclasses.dataclass", start, *fields, "", ""]
    return [f'see("dataclass", vars({model}(**{at.whole})))']


def _rebuilt(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f'see("rebuilt", vars(argparse.Namespace(**{at.whole})))']


def _printed(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    return [f"print(sorted({at.whole}))", f"print({at.read(p.dest) or at.whole})"]


def _given(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    if at.maker is None or p.place.startswith("command"):
        return _read(draw, at, p)
    return [f'see("given", {at.read(p.dest)} != {at.maker}.get_default("{p.dest}"))']


def _differs(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    if at.maker is None:
        return _all(draw, at, p)
    test = f"v != {at.maker}.get_default(k)"
    return [f'see("differs", {{k: v for k, v in {at.whole}.items() if {test}}})']


def _noted(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    target = f'{at.args}["made"]' if at.is_dict else f"{at.args}.made"
    if at.attributes is not None and "made" not in at.attributes:
        at.attributes.append("made")
    return [f"{target} = str({at.read(p.dest)})"]


def _filled(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    name = at.read(p.dest)
    if p.kind.name not in ("text or None", "an int of any default"):
        return _read(draw, at, p)
    return [f"if {name} is None:", f"    {name} = {p.kind.python}"]


def _scaled(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    name = at.read(p.dest)
    if not p.kind.number:
        return _read(draw, at, p)
    at.overwritten.add(p.dest)
    at.features.add("overwritten")
    return draw(
        st.sampled_from([[f"{name} *= 2"], [f"{name} = {name} + 1"], [f"{name} += 3"]])
    )


def _replaced(draw: st.DrawFn, at: Place, p: Parameter) -> Lines:
    if p.kind.python is None:
        return _read(draw, at, p)
    at.overwritten.add(p.dest)
    at.features.add("overwritten")
    return [f"{at.read(p.dest)} = {p.kind.python}"]


USES: dict[str, Use] = {
    "read": _read,
    "derived": _derived,
    "text": _text,
    "all": _all,
    "copied": _copied,
    "dumped": _dumped,
    "looped": _looped,
    "tested": _tested,
    "got": _got,
    "splatted": _splatted,
    "a dataclass": _dataclass,
    "rebuilt": _rebuilt,
    "printed": _printed,
    "compared with its default": _given,
    "what differs from the defaults": _differs,
    "a new attribute": _noted,
    "filled in": _filled,
    "scaled": _scaled,
    "replaced": _replaced,
}
PLAIN = ("read", "derived", "text")
CHANGES = ("a new attribute", "filled in", "scaled", "replaced")


@st.composite
def uses(
    draw: st.DrawFn, at: Place, most: int, names: Sequence[str] | None = None
) -> Lines:
    """Up to so many uses of the arguments at one place of a script."""
    lines: Lines = []
    able = [p for p in at.always if at.read(p.dest)]
    if not able:
        return []
    for _ in range(draw(st.integers(0, most))):
        pool = names or (PLAIN if at.clean else draw(st.sampled_from([PLAIN, tuple(USES)])))
        name = draw(st.sampled_from(pool))
        p = draw(st.sampled_from(able))
        at.features.add(name)
        lines += USES[name](draw, at, p)
    return lines


def indented(lines: Sequence[str], levels: int = 1) -> Iterator[str]:
    """The lines, so many levels deeper."""
    for line in lines:
        yield " " * 4 * levels + line if line else line
