"""Names belong to scopes as the language says."""

from __future__ import annotations

import ast

import pytest

from jobready.outcome import Failed
from jobready.script.source.syntax import Syntax
from jobready.script.source.tree import parse


def syntax_of(text: str) -> Syntax:
    tree = parse(text)
    assert not isinstance(tree, Failed)
    return Syntax(text, tree)


def owner_of_read(text: str, name: str = "x") -> str:
    """The kind of the scope whose ``x`` the last read of the text sees."""
    syntax = syntax_of(text)
    reads = [
        n
        for n in syntax.nodes
        if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
    ]
    last = max(reads, key=lambda n: (n.lineno, n.col_offset))
    owner = syntax.owner(name, syntax.scope(last))
    return type(owner.node).__name__ if owner is not None else "builtin"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("x = 1\nprint(x)", "Module"),
        ("x = 1\ndef f():\n    print(x)", "Module"),
        ("x = 1\ndef f():\n    x = 2\n    print(x)", "FunctionDef"),
        ("x = 1\ndef f(x):\n    print(x)", "FunctionDef"),
        ("x = 1\nasync def f(*, x):\n    print(x)", "AsyncFunctionDef"),
        ("x = 1\ndef f():\n    global x\n    x = 2\n    print(x)", "Module"),
        ("def f():\n    global x\n    x = 2\nprint(x)", "Module"),
        (
            "def f():\n    x = 1\n    def g():\n        nonlocal x\n"
            "        x = 2\n        x",
            "FunctionDef",
        ),
        ("x = 1\nclass C:\n    x = 2\n    print(x)", "ClassDef"),
        ("x = 1\nclass C:\n    x = 2\n    def f(self):\n        print(x)", "Module"),
        ("x = 1\nf = lambda x: x", "Lambda"),
        ("x = 1\nf = lambda y: x", "Module"),
        ("x = 1\ny = [x for x in z]", "ListComp"),
        ("x = 1\ny = {k: x for k in z}", "Module"),
        ("def f():\n    y = [x := 1 for _ in z]\n    print(x)", "FunctionDef"),
        ("def f(y=(x := 1)):\n    pass\nprint(x)", "Module"),
        ("x = 1\n@g(x)\ndef f(x):\n    pass", "Module"),
        ("for x in y:\n    pass\nprint(x)", "Module"),
        ("with y as x:\n    print(x)", "Module"),
        ("with y as (x, z):\n    print(x)", "Module"),
        ("try:\n    pass\nexcept E as x:\n    print(x)", "Module"),
        ("import a.b as x\nprint(x)", "Module"),
        ("match y:\n    case [x, *z]:\n        print(x)", "Module"),
        ("match y:\n    case {**x}:\n        print(x)", "Module"),
        ("def x():\n    pass\nx()", "Module"),
        ("print(x)", "builtin"),
    ],
)
def test_whose_name_it_is(text: str, owner: str) -> None:
    assert owner_of_read(text) == owner


@pytest.mark.parametrize(
    ("outer", "found"),
    [
        ("    x = 1\n{g}", {1, 4}),
        ("    class C:\n        x = 1\n    x = 2\n{g}", {2, 3, 6}),
        ("{g}    x = 1\n", {3, 4}),  # it gets it further down
    ],
)
def test_a_nonlocal_name_is_that_of_the_function_around(
    outer: str, found: set[int]
) -> None:
    inner = "    def g():\n        nonlocal x\n        x = 3\n"
    syntax = syntax_of(f"def f():\n{outer.format(g=inner)}")
    lines = {
        getattr(binding.node, "lineno", 0) - 1
        for scope in set(syntax.scopes.values())
        for binding in scope.bindings.get("x", ())
        if not isinstance(scope.node, ast.FunctionDef) or scope.node.name != "g"
    }
    assert lines == found


def test_a_dotted_import_binds_its_first_name() -> None:
    assert set(syntax_of("import os.path\n").module.bindings) == {"os"}


def test_every_name_of_a_file_is_listed() -> None:
    names = syntax_of("import a\ndef f(b, *c, **d):\n    e = g\n").names()
    assert names == {"a", "b", "c", "d", "e", "f", "g"}


def test_elements_of_a_tuple_know_their_index() -> None:
    bindings = syntax_of("a, b = f()\n").module.bindings
    assert [bindings[n][0].index for n in "ab"] == [0, 1]


def test_behind_a_star_no_index_is_known() -> None:
    bindings = syntax_of("*a, b = f()\n").module.bindings
    assert bindings["b"][0].value is None
