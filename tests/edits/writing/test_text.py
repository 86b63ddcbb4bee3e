"""Edits as text: arguments and statements come and go, all else stays as it was."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobready.edits.writing.text import (
    Edit,
    Lines,
    apply,
    overlap,
    replaced,
    with_argument,
    without_argument,
    without_statement,
)
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import parse


def syntax_of(text: str) -> Syntax:
    tree = parse(text)
    assert isinstance(tree, ast.Module), tree
    return Syntax(text, tree)


def call_in(syntax: Syntax) -> ast.Call:
    return syntax.of(ast.Call)[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()", "f(new=1)"),
        ("f( )", "f(new=1 )"),
        ("f(  # why\n)", "f(new=1  # why\n)"),
        ("(f)()", "(f)(new=1)"),
        ("f(a)", "f(a, new=1)"),
        ("f(a,)", "f(a, new=1,)"),
        ("f((a))", "f((a), new=1)"),
        ("f(*a, **k)", "f(*a, **k, new=1)"),
        ("f(a='x' 'y')", "f(a='x' 'y', new=1)"),
        ("f(a=f'{x}')", "f(a=f'{x}', new=1)"),
        ("f(\n    a,\n    b=1,\n)", "f(\n    a,\n    b=1,\n    new=1,\n)"),
        ("f(\n    a,\n    b=1\n)", "f(\n    a,\n    b=1,\n    new=1\n)"),
        ("f(\n    a,  # A\n)", "f(\n    a,  # A\n    new=1,\n)"),
        ("f(\n    a  # A\n)", "f(\n    a,  # A\n    new=1,\n)"),
        ("f(a, {\n    'k': 1,\n})", "f(a, {\n    'k': 1,\n}, new=1)"),
    ],
)
def test_an_argument_comes_in(before: str, after: str) -> None:
    syntax = syntax_of(before)
    edits = with_argument(call_in(syntax), "new=1", syntax)
    assert edits is not None
    assert apply(before, edits) == after
    compile(after, "", "exec")


def test_a_generator_takes_no_other_argument() -> None:
    syntax = syntax_of("f(x for x in y)")
    assert with_argument(call_in(syntax), "new=1", syntax) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(old=1)", "f()"),
        ("f(old=1,)", "f()"),
        ("f(\n    old=1,\n)", "f()"),
        ("f(a, old=1)", "f(a)"),
        ("f(a, old=1,)", "f(a,)"),
        ("f(old=1, b=2)", "f(b=2)"),
        ("f(a, old=1, b=2)", "f(a, b=2)"),
        ("f(a, old=(1), b=2)", "f(a, b=2)"),
        ("f((a), old=(1))", "f((a))"),
        ("f(**k, old=1)", "f(**k)"),
        ("f(old='#', b=1)", "f(b=1)"),
        ("f(\n    a,\n    old=1,\n    b=2,\n)", "f(\n    a,\n    b=2,\n)"),
        ("f(\n    a,  # A\n    old=1,\n    b=2,\n)", "f(\n    a,  # A\n    b=2,\n)"),
        ("f(\n    a,\n    old=1,  # last\n)", "f(\n    a,  # last\n)"),
    ],
)
def test_an_argument_goes(before: str, after: str) -> None:
    syntax = syntax_of(before)
    call = call_in(syntax)
    old = next(k for k in call.keywords if k.arg == "old")
    edits = without_argument(call, old, syntax)
    assert edits is not None
    assert apply(before, edits) == after
    compile(after, "", "exec")


@pytest.mark.parametrize(
    "text",
    [
        "f(\n    # why\n    old=1,\n)",
        "f(\n    old=1,  # why\n    b=2,\n)",
        "f(\n    a,  # A\n    old=1,\n)",
    ],
)
def test_an_argument_with_a_comment_beside_it_stays(text: str) -> None:
    syntax = syntax_of(text)
    call = call_in(syntax)
    old = next(k for k in call.keywords if k.arg == "old")
    assert without_argument(call, old, syntax) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\ndrop()\nb\n", "a\nb\n"),
        ("drop()\n", ""),
        ("drop()", ""),
        ("a\r\ndrop()\r\nb\r\n", "a\r\nb\r\n"),
        ("a\ndrop(\n    1,\n)\nb\n", "a\nb\n"),
        ("if x:\n    drop()\n", "if x:\n    pass\n"),
        ("if x:\n    drop()\n    a\n", "if x:\n    a\n"),
        ("if x: drop()\n", "if x: pass\n"),
        ("a; drop(); b\n", "a; pass; b\n"),
        ("try:\n    a\nfinally:\n    drop()\n", "try:\n    a\nfinally:\n    pass\n"),
        ("a\ndrop()  # why\nb\n", "a\n# why\nb\n"),
    ],
)
def test_a_statement_goes(before: str, after: str) -> None:
    syntax = syntax_of(before)
    (call,) = (c for c in syntax.of(ast.Call) if ast.unparse(c.func) == "drop")
    assert apply(before, without_statement(syntax.statement(call), syntax)) == after


def test_columns_count_code_points() -> None:
    text = "x = 'ü𝄞'; f(old)\n"
    syntax = syntax_of(text)
    assert apply(text, replaced(call_in(syntax), "g()", syntax)) == "x = 'ü𝄞'; g()\n"


def test_a_new_line_is_that_of_the_file() -> None:
    text = "f(\r\n    a,\r\n)\r\n"
    syntax = syntax_of(text)
    edits = with_argument(call_in(syntax), "new=1", syntax)
    assert edits is not None
    assert apply(text, edits) == "f(\r\n    a,\r\n    new=1,\r\n)\r\n"


def test_edits_that_overlap_are_refused() -> None:
    first = Edit(Place(1, 1), Place(1, 4), "a")
    second = Edit(Place(1, 3), Place(1, 5), "b")
    assert overlap([first], [second])
    with pytest.raises(ValueError, match="overlap"):
        apply("abcdef", [first, second])


@pytest.mark.parametrize(("start", "stop"), [(4, 6), (5, 6), (1, 1)])
def test_edits_that_touch_count_as_overlapping(start: int, stop: int) -> None:
    first = Edit(Place(1, 1), Place(1, 4), "a")
    second = Edit(Place(1, start), Place(1, stop), "b")
    assert overlap([first], [second]) is (start <= 4)


TEXTS = st.lists(st.sampled_from(["a", "\n", "\r\n", "\r", "ü", "\x0c"]), max_size=12)


@given(parts=TEXTS)
def test_offsets_and_places_are_each_others_way_back(parts: list[str]) -> None:
    text = "".join(parts)
    lines = Lines(text)
    for offset in range(len(text) + 1):
        assert lines.offset(lines.place(offset)) == offset


@given(parts=TEXTS, spans=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3))))
def test_only_what_an_edit_names_changes(
    parts: list[str], spans: list[tuple[int, int]]
) -> None:
    text = "".join(parts)
    lines = Lines(text)
    edits: list[Edit] = []
    expected, done = "", 0
    for start, length in sorted(set(spans)):
        stop = start + length
        if start < done or stop > len(text):
            continue
        edits.append(Edit(lines.place(start), lines.place(stop), "<>"))
        expected += text[done:start] + "<>"
        done = stop
    assert apply(text, reversed(edits)) == expected + text[done:]
