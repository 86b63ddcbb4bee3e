"""What a loop takes one after the other, where the source spells it out.

``for choices in cls.choices: choices.add_arguments(parser)``: the list is one display, or
one a class, and nobody adds to it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from jobready.script.source.scopes import Binding
from jobready.script.values.functions import name_of

if TYPE_CHECKING:
    from jobready.script.values.given_values import GivenValues

DISPLAYS = (ast.List, ast.Tuple)
OVER_A_LIST = (ast.For, ast.AsyncFor, ast.comprehension)
# What is done to a list that leaves it as it is.
LEAVES_IT = frozenset(("all", "any", "enumerate", "len", "list", "sorted", "tuple", "zip"))


def looped_over(binding: Binding, flow: GivenValues) -> list[ast.expr]:
    """The expressions that the name of a loop stands for; none where not all are seen."""
    loop = binding.node
    if not isinstance(loop, OVER_A_LIST) or not isinstance(loop.target, ast.Name):
        return []
    found: list[ast.expr] = []
    for display in _displays(loop.iter, flow):
        if not isinstance(display, DISPLAYS):
            return []
        found += display.elts
    return [] if any(isinstance(e, ast.Starred) for e in found) else found


def _displays(node: ast.expr, flow: GivenValues) -> list[ast.expr]:
    """What is looped over, where it is a display or a name for nothing else."""
    if isinstance(node, DISPLAYS):
        return [node]
    if not isinstance(node, (ast.Name, ast.Attribute)) or not _is_kept(node, flow):
        return []
    bindings = flow.bindings_of(node) if isinstance(node, ast.Name) else flow.members(node)
    if bindings is not None:
        values = [b.value for b in bindings if b.kind == "assign" and b.index is None]
        known = [value for value in values if value is not None]
        return known if len(known) == len(bindings) else []
    assert isinstance(node, ast.Attribute), "a name has bindings"
    kept = [flow.kept(owner, node) for owner in flow.classes(node.value)]
    return [v for values in kept for v in values] if kept and all(kept) else []


def _is_kept(node: ast.Name | ast.Attribute, flow: GivenValues) -> bool:
    """Whether what has this name, wherever it stands, is only assigned and looped over."""
    syntax = flow.syntax
    for named in syntax.named.get(name_of(node) or "", ()):
        above = syntax.parent[named]
        if isinstance(getattr(named, "ctx", None), ast.Load):
            looped = isinstance(above, OVER_A_LIST) and above.iter is named
            asked = isinstance(above, ast.Call) and name_of(above.func) in LEAVES_IT
            if not (looped or asked or isinstance(above, ast.Compare)):
                return False
        elif isinstance(above, ast.AugAssign):
            return False
    return True
