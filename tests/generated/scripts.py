"""Whole scripts around the parsers, drawn by hypothesis."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from tests.generated.inits import IMPORTS, Shown, init_lines
from tests.generated.kinds import DEFINITIONS, KINDS
from tests.generated.parsers import Parser, parsers
from tests.generated.uses import CHANGES, PLAIN, Lines, Place, indented, uses

MAIN = 'if __name__ == "__main__":'
# What scripts call things; the later ones may be in somebody's way.
MAKERS = ("parser", "ap", "p")
HOLDERS = ("args", "opt", "hparams", "cfg", "config", "launched", "FLAGS")
# Lines that bind names which the emitted lines might want.
TAKEN = (
    *("launched = 1", "job_args = []", "config = {}", "args = None", "known = 3"),
    *(
        "import os",
        "import os as o",
        "import sys",
        "import sys as system",
        "from sys import argv",
    ),
    *(
        "def same(x):\n    return x",
        "def give():\n    return 1",
        "class Launched:\n    pass",
    ),
)
# The same, for names that nothing else can be put for.
HOSTILE = ("os = None", "sys = 1", "str = repr", "list = sorted")


@dataclass(frozen=True, repr=False)
class Script:
    """A generated script, and what is known of it.

    ``keys`` are the names under which a run shows parameters, where these aren't their
    own; ``overwritten`` the parameters that it sets anew; ``older``: its project's wandb
    is one before 0.16.1.
    """

    text: str
    parser: Parser
    keys: Mapping[str, str]
    overwritten: frozenset[str]
    features: frozenset[str]
    older: bool = False

    def __repr__(self) -> str:
        return f"<script>\n{self.text}</script> {sorted(self.features)}"


@dataclass
class _Parts:
    """The parts that a layout puts together."""

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
    clean: bool = False

    def making(self, name: str | None = None) -> Lines:
        """The lines that make the parser."""
        return [line.replace("PARSER", name or self.maker) for line in self.parser.lines]


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """A script that parses, starts a run and uses what it parsed."""
    clean = draw(st.integers(0, 3)) == 3
    parser = draw(parsers(clean))
    parts = _Parts(
        parser=parser,
        maker=draw(st.sampled_from(MAKERS)),
        holder=draw(st.sampled_from(HOLDERS[:1] + HOLDERS)),
        imported=draw(st.sampled_from(IMPORTS[:1] + IMPORTS)),
        attributes=_attributes(parser),
        clean=clean,
    )
    layout = draw(st.sampled_from(list(LAYOUTS)[: 3 if clean else None]))
    parts.features |= {layout, parts.imported}
    body = draw(LAYOUTS[layout](parts))
    older = draw(st.integers(0, 7)) == 7
    taken = draw(st.lists(st.sampled_from(TAKEN), max_size=2, unique=True))
    if draw(st.integers(0, 24)) == 24:
        taken = [*taken, draw(st.sampled_from(HOSTILE))]
        parts.features.add("hostile")
    text = _text(draw, parts, taken, body)
    return Script(
        text=text,
        parser=parts.parser,
        keys=parts.shown.renamed,
        overwritten=frozenset(parts.overwritten),
        features=frozenset(parts.features) | parts.parser.features,
        older=older,
    )


def _attributes(parser: Parser) -> list[str] | None:
    """What the arguments hold, where every run holds the same."""
    if parser.command or "commands" in parser.features:
        return None
    if any(p.kind.name == "nothing if not given" for p in parser.parameters):
        return None
    return list(dict.fromkeys([*(p.dest for p in parser.parameters), *parser.extras]))


def _text(draw: st.DrawFn, parts: _Parts, taken: Sequence[str], body: Lines) -> str:
    """The whole file."""
    definitions: Lines = []
    for name in parts.parser.needs:
        definitions += [*DEFINITIONS[name].splitlines(), "", ""]
    names = [line for line in taken if not line.startswith(("import", "from"))]
    code = "\n".join([*definitions, *names, *parts.functions, *body])
    imports = [line for line in taken if line.startswith(("import", "from"))]
    style = draw(st.sampled_from(["plain", "plain", "as ap", "by name"]))
    parts.features.add(f"argparse {style}")
    if style == "as ap" and parts.maker != "ap":
        code = re.sub(r"\bargparse\.", "ap.", code)
        imports.append("import argparse as ap")
    elif style == "by name":
        code = code.replace("argparse.ArgumentParser", "ArgumentParser")
        imports.append("from argparse import ArgumentParser")
    imports += [
        f"import {m}" for m in ("argparse", "copy", "json", "sys") if f"{m}." in code
    ]
    imports += ["from enum import Enum"] if "(Enum)" in code else []
    imports += ["from pathlib import Path"] if re.search(r"\bPath\b", code) else []
    imports = sorted(set(imports), key=lambda line: (line.startswith("from"), line))
    if "sys = 1" in taken and "import sys" in imports:
        code = code.replace("sys = 1\n", "")
    wandb = {"guarded": "try:\n    import wandb\nexcept ImportError:\n    wandb = None"}
    own = [wandb.get(parts.imported, parts.imported)]
    if "init lazy" in parts.features and parts.imported == "import wandb":
        own = [] if "    import wandb\n" in code else own
    return "\n".join([*imports, "", *own, "", "", code, ""])


# -- layouts: where it parses, where it starts its run


@st.composite
def _body(draw: st.DrawFn, parts: _Parts, args: str, maker: str | None) -> Lines:
    """Uses of the arguments, the init, and more uses."""
    at = Place(
        parts.parser,
        args,
        parts.is_dict,
        maker,
        attributes=parts.attributes,
        functions=parts.functions,
        features=parts.features,
        clean=parts.clean,
    )
    pool = draw(st.sampled_from([("read",), None, CHANGES, PLAIN]))
    early = not parts.clean or draw(st.integers(0, 4)) == 4
    before = draw(uses(at, 3, pool)) if early and draw(st.integers(0, 2)) else []
    changed = set(at.overwritten)
    after = draw(uses(at, 4))
    parts.overwritten |= changed
    if parts.clean or draw(st.booleans()):
        last = [f'see("last", {at.read(p.dest)})' for p in at.always if at.read(p.dest)]
    else:
        last = [f'see("end", {at.whole})']
    lines, parts.shown = draw(init_lines(at, parts.imported, [*after, *last]))
    return [*before, *lines]


@st.composite
def _parse(draw: st.DrawFn, parts: _Parts, maker: str, target: str) -> Lines:
    """The lines that parse, in one of many ways."""
    forms = ["plain", "plain", "plain", "known", "first", "dict", "explicit", "namespace"]
    forms += ["none", "two stages", "more between", "defaults"]
    form = "plain" if parts.clean else draw(st.sampled_from(forms))
    if form == "dict" and target.startswith("self."):
        form = "plain"
    parts.features.add(f"parse {form}")
    plain = f"{target} = {maker}.parse_args()"
    if form == "known":
        return [
            f"{target}, unknown = {maker}.parse_known_args()",
            'see("unknown", unknown)',
        ]
    if form == "first":
        return [f"{target} = {maker}.parse_known_args()[0]"]
    if form == "dict":
        parts.is_dict = True
        return [f"{target} = vars({maker}.parse_args())"]
    if form == "explicit":
        return [f"{target} = {maker}.parse_args(sys.argv[1:])"]
    if form == "none":
        return [f"{target} = {maker}.parse_args(None)"]
    if form == "namespace":
        return draw(_namespace(parts, maker, target))
    if form == "two stages":
        return draw(_two_stages(parts, maker, target))
    if form == "more between":
        return draw(_more_between(parts, maker, target))
    if form == "defaults" and not parts.parser.needed():
        shown = f'see("defaults", vars({maker}.parse_args([])))'
        return [shown, plain] if draw(st.booleans()) else [plain, shown]
    return [plain]


@st.composite
def _namespace(draw: st.DrawFn, parts: _Parts, maker: str, target: str) -> Lines:
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
def _two_stages(draw: st.DrawFn, parts: _Parts, maker: str, target: str) -> Lines:
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
def _more_between(draw: st.DrawFn, parts: _Parts, maker: str, target: str) -> Lines:
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


@st.composite
def _at_module_level(draw: st.DrawFn, parts: _Parts) -> Lines:
    parse = draw(_parse(parts, parts.maker, parts.holder))
    return [*parts.making(), *parse, *draw(_body(parts, parts.holder, parts.maker))]


@st.composite
def _under_main(draw: st.DrawFn, parts: _Parts) -> Lines:
    return [MAIN, *indented(draw(_at_module_level(parts)))]


@st.composite
def _in_main(draw: st.DrawFn, parts: _Parts) -> Lines:
    lines = draw(_at_module_level(parts))
    taken = draw(
        st.sampled_from([[], [], [], ["os = 1"], ["parser_name = 'x'"], ["sys = 2"]])
    )
    if taken == ["sys = 2"] and any("sys.argv" in line for line in lines):
        taken = []
    return ["def main():", *indented([*taken, *lines]), "", "", MAIN, "    main()"]


@st.composite
def _in_main_with_words(draw: st.DrawFn, parts: _Parts) -> Lines:
    maker, holder = parts.maker, parts.holder
    given = draw(st.sampled_from(["", "sys.argv[1:]", "None"]))
    start = draw(st.sampled_from(["argv=None", "argv=None, more=1"]))
    passed = draw(st.sampled_from(["argv", "args=argv"]))
    parse = f"{holder} = {maker}.parse_args({passed})"
    lines = [*parts.making(), parse, *draw(_body(parts, holder, maker))]
    return [f"def main({start}):", *indented(lines), "", "", MAIN, f"    main({given})"]


@st.composite
def _in_a_getter(draw: st.DrawFn, parts: _Parts) -> Lines:
    """A function that makes the parser, parses, changes something and returns it."""
    inside = draw(st.sampled_from(["args", parts.holder]))
    parse = draw(_parse(parts, parts.maker, inside))
    at = Place(
        parts.parser,
        inside,
        parts.is_dict,
        parts.maker,
        attributes=parts.attributes,
        features=parts.features,
    )
    changes = draw(uses(at, 2, CHANGES))
    parts.overwritten |= at.overwritten
    several = draw(st.booleans())
    result = f'{inside}, "text"' if several else inside
    target = f"{parts.holder}, text" if several else parts.holder
    getter = [*parts.making(), *parse, *changes, f"return {result}"]
    parts.functions += ["def get_args():", *indented(getter), "", ""]
    if several:
        parts.features.add("a tuple of targets")
    lines = [f"{target} = get_args()", *draw(_body(parts, parts.holder, None))]
    return ["def main():", *indented(lines), "", "", "main()"]


@st.composite
def _maker_function(draw: st.DrawFn, parts: _Parts) -> Lines:
    """A function that makes the parser, on whose result the parse is called."""
    parts.functions += [
        "def get_parser():",
        *indented([*parts.making("p"), "return p"]),
        "",
        "",
    ]
    parse = "get_parser().parse_args()"
    parts.is_dict = draw(st.booleans())
    parse = f"vars({parse})" if parts.is_dict else parse
    lines = [f"{parts.holder} = {parse}", *draw(_body(parts, parts.holder, None))]
    if draw(st.booleans()):
        return lines
    return ["def main():", *indented(lines), "", "", "main()"]


@st.composite
def _in_a_class(draw: st.DrawFn, parts: _Parts) -> Lines:
    maker = draw(st.sampled_from([parts.maker, "self.parser"]))
    parse = draw(_parse(parts, maker, "self.args"))
    body = draw(_body(parts, "self.args", maker if maker.startswith("self") else None))
    return [
        "class Trainer:",
        "    def __init__(self):",
        *indented([*parts.making(maker), *parse], 2),
        "",
        "    def fit(self):",
        *indented(body, 2),
        "",
        "",
        "Trainer().fit()",
    ]


@st.composite
def _handed_over(draw: st.DrawFn, parts: _Parts) -> Lines:
    """The parse is never bound: a function is called with it."""
    body = draw(_body(parts, "options", None))
    run = ["def run(options):", *indented(body), "", ""]
    name = draw(st.sampled_from(["", "options="]))
    call = f"run({name}{parts.maker}.parse_args())"
    return [*run, MAIN, *indented([*parts.making(), call])]


@st.composite
def _as_a_global(draw: st.DrawFn, parts: _Parts) -> Lines:
    """Functions read the arguments as a name of the module."""
    parse = draw(_parse(parts, parts.maker, parts.holder))
    body = draw(_body(parts, parts.holder, parts.maker))
    work = ["def work():", *indented(body), "", ""]
    return [*work, MAIN, *indented([*parts.making(), *parse, "work()"])]


Layout = Callable[[_Parts], st.SearchStrategy[Lines]]
LAYOUTS: dict[str, Layout] = {
    "at module level": _at_module_level,
    "under if main": _under_main,
    "in main": _in_main,
    "in main with words": _in_main_with_words,
    "in a getter": _in_a_getter,
    "a function that makes the parser": _maker_function,
    "in a class": _in_a_class,
    "handed over": _handed_over,
    "as a global": _as_a_global,
}
