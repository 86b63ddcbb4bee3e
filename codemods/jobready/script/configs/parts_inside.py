"""Dataclasses that are fields of others, as a run's config shows them: under one key."""

from __future__ import annotations

import ast

from jobready.script.arguments.parameter_reads import names_copy
from jobready.script.values.dataclass_parts import fields_within
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Part


def holds_fields(key: str, names: frozenset[str]) -> bool:
    """Whether a key is that of such a dataclass: ``opt``, where ``opt.lr`` is a name."""
    return any(name.startswith(f"{key}.") for name in names)


def with_fields(keys: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    """The keys, with the names of what is in those of dataclasses."""
    return keys.union(name for name in names if name.partition(".")[0] in keys)


def fields_given(node: ast.expr, names: frozenset[str], flow: Flow) -> frozenset[str]:
    """The parameters of dataclasses that are given, under whatever key."""
    return names.intersection(
        f"{m.within}{name}"
        for m in flow.meanings(node)
        if isinstance(m, Part)
        for name in fields_within(m, flow)
    )


def part_inside(
    node: ast.expr, key: str, names: frozenset[str], flow: Flow
) -> frozenset[str]:
    """The parameters of a dataclass that is given, or its dict, under its own key.

    None for a copy that may have been changed.
    """
    meanings = flow.meanings(node)
    ours = all(isinstance(m, Part) and m.within == f"{key}." for m in meanings)
    if not ours or len(meanings) != 1 or isinstance(node, ast.DictComp):
        return frozenset()
    return frozenset() if names_copy(node, flow) else fields_given(node, names, flow)
