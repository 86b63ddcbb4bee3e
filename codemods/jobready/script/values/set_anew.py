"""Arguments whose name may get another value: ``if args.resume: args = load(…)``.

What is launched counts up to there, as what stands on the command line does.
"""

from __future__ import annotations

import ast

from jobready.script.source.reaching import is_above, reaching
from jobready.script.source.scopes import Binding
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict, Instance

HOPS = 5  # functions that a name is handed on to


def set_anew(node: ast.expr, flow: Flow, hops: int = HOPS) -> ast.stmt | None:
    """Where a name of the arguments gets another value under a condition, if it does.

    Also before a function is given it. None where it may never hold the arguments, or
    nothing but them.
    """
    if isinstance(node, ast.Attribute):
        return _first(_kept(node, flow), flow, hops)
    if not isinstance(node, ast.Name):
        return None
    syntax = flow.syntax
    ours: list[Binding] = []
    others: list[ast.stmt] = []
    for binding in reaching(node, syntax):
        if binding.kind == "parameter" and hops:
            given = flow.given(binding)
            place = _first(given, flow, hops - 1)
            if place is None and not (given and all(is_ours(g, flow) for g in given)):
                return None
            others += [] if place is None else [place]
            ours.append(binding)
        elif binding.value is None or binding.kind != "assign":
            return None
        elif is_ours(binding.value, flow):
            ours.append(binding)
        else:
            others.append(syntax.statement(binding.node))
    conditional = all(
        any(isinstance(a, ast.If) for a in syntax.ancestors(s)) for s in others
    )
    always = any(is_above(b, node, syntax) for b in ours)
    return others[0] if always and others and conditional else None


def _first(values: list[ast.expr], flow: Flow, hops: int) -> ast.stmt | None:
    """The same for one of several values; None where one may be something else."""
    places = [set_anew(v, flow, hops) for v in values if not is_ours(v, flow)]
    return None if None in places or not places else places[0]


def _kept(node: ast.Attribute, flow: Flow) -> list[ast.expr]:
    """What an attribute of an object is given: ``self.args = args``."""
    owners = flow.meanings(node.value)
    classes = [m.definition for m in owners if isinstance(m, Instance)]
    return [v for c in classes for v in flow.kept(c, node)] if len(owners) == 1 else []


def is_ours(node: ast.expr, flow: Flow) -> bool:
    """Whether it stands for arguments, and for nothing else."""
    meanings = flow.meanings(node)
    return bool(meanings) and all(
        isinstance(m, (Arguments, ArgumentsDict)) for m in meanings
    )
