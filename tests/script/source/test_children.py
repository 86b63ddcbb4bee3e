"""The table of fields says what ``ast`` says, less contexts and operators."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from jobready.script.source.children import FIELDS, children, extent

LEFT_OUT = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)
EVERYTHING = '''
"""doc"""
import a.b as c, d
from .e import f as g
global h
@dec(1)
class A(B, metaclass=M):
    x: int = 1
    y: int
async def f(a, /, b: int = 1, *args, c=2, **kw) -> None:
    async with a as b, c: await d
    async for i in j: yield
    return [k async for k in l if m]
def g():
    nonlocal_ = lambda x, *y: (yield x)
    del a.b[1:2, ::3]
    try: raise E from e
    except (A, B) as err: pass
    else: pass
    finally: assert a, "b"
    while a and not b or c: break
    else: continue
    x += -1 if a < b <= c else {**d, 1: 2}
    n, *rest = (n := {1, 2}), f"{a!r:>{w}}" "b", b"c", 1j, ...
    match x:
        case {"a": 1, **r} | [1, *_, b"x"] | C(1, y=None) as z if z: pass
        case _: print(*a, **b)
    return {k: v for k, v in a.items()}, (i for i in j), {i for i in j}
'''
NEWER = {
    (3, 11): "try: pass\nexcept* E: pass\n",
    (3, 12): "type X[T: int, *Ts, **P] = list[T]\ndef f[T](x: T): pass\nclass A[T]: pass\n",
}


def sources() -> list[str]:
    texts = [EVERYTHING, *(text for v, text in NEWER.items() if sys.version_info >= v)]
    corpus = Path(__file__).parents[1] / "corpus"
    return texts + [p.read_text(encoding="utf-8") for p in sorted(corpus.glob("*.py"))]


@pytest.mark.parametrize("text", sources(), ids=lambda text: text[:20])
def test_children_are_those_of_ast(text: str) -> None:
    for node in ast.walk(ast.parse(text)):
        expected = [
            child for child in ast.iter_child_nodes(node) if not isinstance(child, LEFT_OUT)
        ]
        assert children(node) == expected, ast.dump(node)


def test_every_class_is_in_the_table() -> None:
    assert ast.Module in FIELDS
    assert FIELDS[ast.Name] == FIELDS[ast.Constant] == ()


@pytest.mark.parametrize(
    ("text", "levels"),
    [("", 0), ("x", 2), ("x.y", 3), ("f(x.y)", 4), ("if a:\n  if b:\n    c\n", 4)],
)
def test_the_depth_of_a_tree(text: str, levels: int) -> None:
    assert extent(ast.parse(text))[0] == levels


def test_the_lowest_node_is_told() -> None:
    assert extent(ast.parse("a\nf(g(h(i)))\nb\n"))[2].lineno == 2  # type: ignore[attr-defined]
