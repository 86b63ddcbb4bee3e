"""What text an expression comes to, where the texts of its names are known."""

from __future__ import annotations

import ast

import pytest

from jobready.script.source.put_together import put_together

NAMES = {"a": "one", "b": "Two", "m[k]": "three"}


def text(source: str, unknown: str | None = None) -> str | None:
    node = ast.parse(source, mode="eval").body
    return put_together(node, NAMES, unknown)


@pytest.mark.parametrize(
    "source",
    [
        "'x.' + a + '.y'",
        "f'x.{a}.y'",
        "'x.%s.y' % a",
        "'%s.%s.y' % ('x', a)",
        "'x.{}.y'.format(a)",
        "'{1}.{0}.y'.format(a, 'x')",
        "'x.{name}.y'.format(name=a)",
        "'.'.join(['x', a, 'y'])",
        "'.'.join(('x', f'{a}', 'y'))",
        "('x.' + a + '-y').replace('-', '.')",
        "'x.{}.{{}}'.format(a).replace('{}', 'y')",
    ],
)
def test_ways_to_put_a_text_together(source: str) -> None:
    assert text(source) == "x.one.y"


def test_items_and_letters() -> None:
    assert text("'x.' + m[k] + b.lower()") == "x.threetwo"


@pytest.mark.parametrize(
    "source",
    [
        "'x.' + c",
        "f'x.{c}.{a}'",
        "f'{a!r}'",
        "f'{a:>3}'",
        "'%s.%s' % a",
        "'%d' % a",
        "'%s%%' % a",
        "'{}{}'.format(a)",
        "'{0.name}'.format(a)",
        "'{:>3}'.format(a)",
        "'{!r}'.format(a)",
        "'{'.format(a)",
        "'{}'.format(*a)",
        "'.'.join(a)",
        "'.'.join(x for x in a)",
        "a.upper()",
        "a or b",
        "a if c else b",
        "1",
    ],
)
def test_what_only_a_run_tells(source: str) -> None:
    assert text(source) is None


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("f'x.{c}.{a}'", "x.*.one"),
        ("'x.' + c.name + '.y'", "x.*.y"),
        ("'x.%s' % c()", "x.*"),
        ("c", "*"),
        ("'%d' % a", "*"),
    ],
)
def test_what_stands_for_it(source: str, found: str) -> None:
    assert text(source, "*") == found
