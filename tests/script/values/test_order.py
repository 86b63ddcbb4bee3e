"""Of two calls that a file makes, the one that only comes behind the other."""

from __future__ import annotations

import ast
import contextlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobready.script.model import Script
from jobready.script.read import read
from jobready.script.values.order import surely_behind

FUNCTIONS = ("f", "g", "h")  # each calls those behind it only, so that all programs end
PARSE = "<parse>"
HOLDERS = (
    "if yes:",
    "if not yes:",
    "for _ in ():",
    "for _ in 'ab':",
    "with nothing():",
    "def inner():",
    "class C:",
)
WAYS = (
    "{}()",
    "x = {}()",
    "x = yes or {}()",
    "x = [{}() for _ in 'a']",
    "run({})",
    "x = {}",
)


def sure_looks(text: str) -> set[int]:
    """The lines of the calls of ``look`` that are surely behind the only ``parse()``."""
    script = read(text)
    assert isinstance(script, Script)
    calls = [n for n in ast.walk(script.syntax.tree) if isinstance(n, ast.Call)]
    (parse,) = (c for c in calls if ast.unparse(c) == "parse()")
    looks = [c for c in calls if ast.unparse(c) == "look()"]
    sure = (c for c in looks if surely_behind(c, parse, script.syntax, script.flow))
    return {call.lineno for call in sure}


def first_looks(text: str) -> set[int]:
    """The lines in which a program looks before it parses."""
    done: list[int] = []

    def look() -> None:
        done.append(sys._getframe(1).f_lineno)

    names = {
        "parse": lambda: done.append(0),
        "look": look,
        "run": lambda function: function(),
        "nothing": contextlib.nullcontext,
        "yes": True,
    }
    with contextlib.suppress(NameError):  # of what is not defined yet
        exec(text, names)
    return set(done[: done.index(0)] if 0 in done else done)


def indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


@st.composite
def blocks(draw: st.DrawFn, callable_: tuple[str, ...], depth: int = 0) -> str:
    """Statements, among them ``parse()`` and ``look()`` at times."""
    kinds = ["look()", "look()", PARSE, "pass", "call", "call"]
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from([*kinds, "hold"] if depth < 2 else kinds))
        if kind == "call" and callable_:
            name = draw(st.sampled_from(callable_))
            kind = draw(st.sampled_from(WAYS)).format(name)
        elif kind == "hold":
            inside = indented(draw(blocks(callable_, depth + 1)))
            kind = draw(st.sampled_from(HOLDERS)) + "\n" + inside
        lines.append("pass" if kind == "call" else kind)
    return "\n".join(lines)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A few functions and what is done by them, with one parse."""
    parts = [
        f"def {name}():\n{indented(draw(blocks(FUNCTIONS[i + 1 :])))}"
        for i, name in enumerate(FUNCTIONS)
    ]
    parts.insert(draw(st.integers(0, 3)), draw(st.sampled_from(["pass", "look()", "f()"])))
    text = "\n".join([*parts, draw(blocks(FUNCTIONS))])
    pieces = f"{text}\n{PARSE}".split(PARSE)
    chosen = draw(st.integers(1, len(pieces) - 1))
    return "pass".join(pieces[:chosen]) + "x = parse()" + "pass".join(pieces[chosen:])


@given(programs())
def test_what_is_surely_behind_never_comes_first(text: str) -> None:
    assert not sure_looks(text) & first_looks(text), text


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("parse()\nlook()", True),
        ("def f():\n    return parse()\nf()\nlook()", True),
        ("def f():\n    look()\nparse()\nf()", True),
        ("look()\nparse()", False),
        ("if yes:\n    parse()\nlook()", False),
        ("yes or parse()\nlook()", False),
        ("def f():\n    look()\nf()\nparse()\nf()", False),
        ("def f():\n    look()\nrun(f)\nparse()", False),
        ("def f():\n    if yes:\n        return\n    parse()\nf()\nlook()", False),
        ("def f():\n    parse()\nf = run or f\nf()\nlook()", False),
        ("def f():\n    yield parse()\nf()\nlook()", False),
    ],
)
def test_by_the_order_of_the_source(text: str, sure: bool) -> None:
    assert bool(sure_looks(text)) is sure
