"""Names that stand for one text or number of the source: ``DEFAULT_DIR = "out"``."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import Binding
from jobready.script.values.flow import Flow

PLAIN = (str, int, float, type(None))


def names_constant(source: str, flow: Flow) -> bool:
    """Whether a keyword's value of that text is the name of a constant, wherever it stands.

    It is where each binding gives it a text, a number or None that the source spells, no
    other module sets it by an attribute, and no star import may bind it anew.
    """
    named = flow.syntax.named.get(source, ())
    if "*" in flow.syntax.imported:
        return False
    if any(isinstance(n, ast.Attribute) and not isinstance(n.ctx, ast.Load) for n in named):
        return False
    given = [
        node
        for node in named
        if isinstance(node, ast.Name) and isinstance(flow.syntax.parent[node], ast.keyword)
    ]
    bindings = [flow.bindings_of(node) for node in given]
    return bool(given) and all(each and all(map(_is_constant, each)) for each in bindings)


def _is_constant(binding: Binding) -> bool:
    if binding.kind != "assign" or binding.index is not None:
        return False
    value = binding.value
    return isinstance(value, ast.Constant) and isinstance(value.value, PLAIN)
