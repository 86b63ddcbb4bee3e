"""The texts of an expression whose words stand in lists and dicts of the file."""

from __future__ import annotations

import ast

import pytest

from jobready.script.model import Script
from jobready.script.read import read
from jobready.script.values.told_texts import Words, keeps_its_words


def texts(source: str) -> list[str]:
    """Those of what ``load`` is given in a file."""
    script = read(source)
    assert isinstance(script, Script)
    flow, syntax = script.flow, script.syntax

    def bound(node: ast.Name | ast.Attribute) -> list[object]:
        return flow.bindings_of(node) if isinstance(node, ast.Name) else []

    words = Words(bound, lambda name: keeps_its_words(name, syntax))  # type: ignore[arg-type]
    (call,) = (c for c in syntax.of(ast.Call) if ast.unparse(c.func) == "load")
    return words.texts(call.args[0])


LOOP = "for name in NAMES:\n    load('x.' + name)\n"


@pytest.mark.parametrize(
    "source",
    [
        f"NAMES = ['a', 'b']\n{LOOP}",
        f"NAMES = ('a', 'b')\n{LOOP}",
        f"NAMES = {{'a': 1, 'b': 2}}\n{LOOP}",
        f"NAMES = ['a', 'b']\nprint(len(NAMES), NAMES[0], 'a' in NAMES)\n{LOOP}",
        f"NAMES = ['a', 'b']\nparser.add_argument('--n', choices=NAMES)\n{LOOP}",
        f"if x():\n    NAMES = ['a']\nelse:\n    NAMES = ['b']\n{LOOP}",
        "for name in ['a', 'b']:\n    full = f'x.{name}'\n    load(full)\n",
        "NAMES = {1: 'a', 2: 'b'}\nload(f'x.{NAMES[k]}')\n",
        "NAMES = ['a', 'b']\nload('x.%s' % NAMES[k])\n",
        "A = ['a', 'b']\n[load(f'x.{n}') for n in A]\n",
        "START = 'x.'\nfor n in ('a', 'b'):\n    load(START + n)\n",
        "if x():\n    n = 'a'\nelse:\n    n = 'b'\nload('x.' + n)\n",
        "for n in list({'a': 1, 'b': 2}.keys()):\n    load('x.' + n)\n",
        "def f():\n    for n in N:\n        load(f'x.{n}')\nN = ['a', 'b']\n",
    ],
)
def test_words_that_the_source_tells(source: str) -> None:
    assert texts(source) == ["x.a", "x.b"]


def test_a_name_that_comes_twice_is_the_same_word() -> None:
    assert texts("for n in ('a', 'b'):\n    load(f'{n}.{n}')\n") == ["a.a", "b.b"]


@pytest.mark.parametrize(
    "source",
    [
        "load('x.' + name)\n",
        "def f(name):\n    load('x.' + name)\n",
        f"NAMES = list(x())\n{LOOP}",
        f"NAMES = ['a']\nNAMES.append('b')\n{LOOP}",
        f"NAMES = ['a']\nNAMES += ['b']\n{LOOP}",
        f"NAMES = ['a']\nNAMES[0] = x()\n{LOOP}",
        f"NAMES = ['a']\ndel NAMES[0]\n{LOOP}",
        f"NAMES = ['a']\nchange(NAMES)\n{LOOP}",
        f"NAMES = ['a']\nMORE = NAMES\n{LOOP}",
        f"NAMES = ['a']\nself.NAMES = x()\n{LOOP}",
        f"NAMES = ['a']\ndef f():\n    global NAMES\n    NAMES = x()\n{LOOP}",
        f"NAMES = ['a']\ndef f():\n    return NAMES\n{LOOP}",
        f"NAMES = ['a', *x()]\n{LOOP}",
        f"NAMES = {{'a': 1, **x()}}\n{LOOP}",
        f"from names import NAMES\n{LOOP}",
        "with x() as name:\n    load('x.' + name)\n",
        "n = 'a'\nn += x()\nload('x.' + n)\n",
        "for n, m in zip(a, b):\n    load('x.' + n)\n",
    ],
)
def test_words_that_only_a_run_tells(source: str) -> None:
    assert "x.*" in texts(source)


def test_too_many_are_none() -> None:
    names = [f"n{i}" for i in range(60)]
    source = f"for a in {names}:\n    for b in {names}:\n        load(a + '.' + b)\n"
    assert texts(source) == ["*.*"]
