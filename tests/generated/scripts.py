"""Whole scripts around the parsers, drawn by hypothesis."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.generated.inits import IMPORTS, init_lines
from tests.generated.kinds import DEFINITIONS
from tests.generated.parsers import Parser, parsers
from tests.generated.parses import SPELLED, Parts, parse_lines
from tests.generated.uses import CHANGES, PLAIN, Lines, Place, indented, uses
from tests.generated.wanted import ANYTHING, Wanted, one_of, whether

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
INSIDE = ("os = 1", "parser_name = 'x'", "sys = 2")
HOSTILE = ("os = None", "sys = 1", "str = repr", "list = sorted", "parser = 1")


@dataclass(frozen=True, repr=False)
class Script:
    """A generated script, and what is known of it.

    ``keys`` are the names under which a run shows parameters, where these aren't their
    own; ``overwritten`` the parameters that it sets anew; ``older``: its project's wandb
    is one before 0.16.1. ``spelled``: it has its words in itself, where `SPELLED` stands.
    """

    text: str
    parser: Parser
    keys: Mapping[str, str]
    overwritten: frozenset[str]
    features: frozenset[str]
    older: bool = False

    @property
    def spelled(self) -> bool:
        return SPELLED in self.text

    def __repr__(self) -> str:
        return f"<script>\n{self.text}</script> {sorted(self.features)}"


@st.composite
def scripts(draw: st.DrawFn, wanted: Wanted = ANYTHING) -> Script:
    """A script that parses, starts a run and uses what it parsed."""
    usual = None if wanted == ANYTHING else False  # what is wanted is seldom clean
    clean = draw(whether(usual if wanted.clean is None else wanted.clean, 4))
    wanted = replace(wanted, clean=clean)
    parser = draw(parsers(wanted))
    parts = Parts(
        parser=parser,
        maker=draw(st.sampled_from(MAKERS)),
        holder=draw(st.sampled_from(HOLDERS[:1] + HOLDERS)),
        imported=draw(st.sampled_from(IMPORTS[:1] + IMPORTS)),
        attributes=_attributes(parser),
        wanted=wanted,
    )
    taken = draw(st.lists(st.sampled_from(TAKEN), max_size=2, unique=True))
    if wanted.taken is not None or draw(st.integers(0, 24)) == 24:
        taken = [*taken, draw(one_of(wanted.taken, HOSTILE))]
        parts.features.add("hostile")
    parts.features.update(f"binds {line}" for line in taken)
    bound = (line.partition(" = ")[0] for line in taken if " = " in line)
    parts.bound = [n for n in bound if n not in (parts.maker, parts.holder)]
    layout = draw(one_of(wanted.layout, list(LAYOUTS)[: 3 if clean else None]))
    parts.features |= {layout, parts.imported}
    body = draw(LAYOUTS[layout](parts))
    older = draw(whether(wanted.older, 8))
    parts.features.update(["older"] if older else [])
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


def _text(draw: st.DrawFn, parts: Parts, taken: Sequence[str], body: Lines) -> str:
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
    modules = ("argparse", "copy", "dataclasses", "json", "sys")
    imports += [f"import {m}" for m in modules if f"{m}." in code]
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
def _body(draw: st.DrawFn, parts: Parts, args: str, maker: str | None) -> Lines:
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
    if parts.wanted.use is not None:
        before += draw(uses(at, 3, (parts.wanted.use,)))
    changed = set(at.overwritten)
    after = draw(uses(at, 4))
    parts.overwritten |= changed
    if parts.clean or draw(st.booleans()):
        last = [f'see("last", {at.read(p.dest)})' for p in at.always if at.read(p.dest)]
    else:
        last = [f'see("end", {at.whole})']
    last += [f'see("{name}", {name})' for name in parts.bound]
    lines, parts.shown = draw(
        init_lines(at, parts.imported, [*after, *last], parts.wanted.config)
    )
    return [*before, *lines]


@st.composite
def _at_module_level(draw: st.DrawFn, parts: Parts) -> Lines:
    parse = draw(parse_lines(parts, parts.maker, parts.holder))
    return [*parts.making(), *parse, *draw(_body(parts, parts.holder, parts.maker))]


@st.composite
def _under_main(draw: st.DrawFn, parts: Parts) -> Lines:
    return [MAIN, *indented(draw(_at_module_level(parts)))]


@st.composite
def _in_main(draw: st.DrawFn, parts: Parts) -> Lines:
    lines = draw(_at_module_level(parts))
    taken = draw(one_of(parts.wanted.inside, ["", "", "", *INSIDE]))
    if taken == "sys = 2" and any("sys.argv" in line for line in lines):
        taken = ""
    parts.features.add(f"inside {taken}")
    lines = [taken, *lines] if taken else lines
    return ["def main():", *indented(lines), "", "", MAIN, "    main()"]


@st.composite
def _in_main_with_words(draw: st.DrawFn, parts: Parts) -> Lines:
    maker, holder = parts.maker, parts.holder
    given = draw(st.sampled_from(["", "sys.argv[1:]", "None"]))
    start = draw(st.sampled_from(["argv=None", "argv=None, more=1"]))
    passed = draw(st.sampled_from(["argv", "args=argv"]))
    parse = f"{holder} = {maker}.parse_args({passed})"
    lines = [*parts.making(), parse, *draw(_body(parts, holder, maker))]
    return [f"def main({start}):", *indented(lines), "", "", MAIN, f"    main({given})"]


@st.composite
def _in_a_getter(draw: st.DrawFn, parts: Parts) -> Lines:
    """A function that makes the parser, parses, changes something and returns it."""
    inside = draw(st.sampled_from(["args", parts.holder]))
    parse = draw(parse_lines(parts, parts.maker, inside))
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
def _maker_function(draw: st.DrawFn, parts: Parts) -> Lines:
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
def _in_a_class(draw: st.DrawFn, parts: Parts) -> Lines:
    maker = draw(st.sampled_from([parts.maker, "self.parser"]))
    parse = draw(parse_lines(parts, maker, "self.args"))
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
def _handed_over(draw: st.DrawFn, parts: Parts) -> Lines:
    """The parse is never bound: a function is called with it."""
    body = draw(_body(parts, "options", None))
    run = ["def run(options):", *indented(body), "", ""]
    name = draw(st.sampled_from(["", "options="]))
    call = f"run({name}{parts.maker}.parse_args())"
    return [*run, MAIN, *indented([*parts.making(), call])]


@st.composite
def _as_a_global(draw: st.DrawFn, parts: Parts) -> Lines:
    """Functions read the arguments as a name of the module."""
    parse = draw(parse_lines(parts, parts.maker, parts.holder))
    body = draw(_body(parts, parts.holder, parts.maker))
    work = ["def work():", *indented(body), "", ""]
    return [*work, MAIN, *indented([*parts.making(), *parse, "work()"])]


Layout = Callable[[Parts], st.SearchStrategy[Lines]]
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
