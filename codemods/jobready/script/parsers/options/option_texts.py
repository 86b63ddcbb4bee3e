"""Texts that are made at run time, of which the source shows that they name an option."""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.values.flow import Flow

NOTHING: frozenset[Binding] = frozenset()


def makes_option(
    node: ast.AST | None, flow: Flow, asked: frozenset[Binding] = NOTHING
) -> bool:
    """Whether a text that is made at run time surely starts with ``-``.

    ``asked`` are the values of names that are being looked at: what is made of an earlier
    one of them starts as that one does.
    """
    match node:
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=text):  # "--" + key, "--%s" % key
            return makes_option(text, flow, asked)
        case ast.JoinedStr(values=[first, *_]):
            return makes_option(first, flow, asked)
        case ast.FormattedValue(value=ast.Name() as name, conversion=-1, format_spec=None):
            return makes_option(name, flow, asked)  # f"{group}lr"
        case ast.IfExp(body=text, orelse=other):
            return makes_option(text, flow, asked) and makes_option(other, flow, asked)
        case ast.Call(func=ast.Attribute(attr="format", value=text)):
            return makes_option(text, flow, asked)
        case ast.Call(func=ast.Attribute(attr="replace", value=text), args=[old, _, *_]):
            return _leaves_dashes(old) and makes_option(text, flow, asked)
        case ast.Name():
            return _stands_for_option(node, flow, asked)
        case ast.Constant(value=value):
            return str(value).startswith("-")
    return False


def _leaves_dashes(old: ast.expr) -> bool:
    """Whether to replace this text changes nothing at the start of an option."""
    match old:
        case ast.Constant(value=str(text)):
            return text != "" and "-" not in text
    return False


def _stands_for_option(name: ast.Name, flow: Flow, asked: frozenset[Binding]) -> bool:
    """Whether an option starts with each value of a name: ``group = f"--{a}."``."""
    bindings = flow.bindings_of(name)
    if bindings and asked.issuperset(bindings):
        return all(_is_first(b, flow) for b in bindings)
    inside = asked.union(bindings)
    return bool(bindings) and all(
        b.kind == "assign" and b.index is None and makes_option(b.value, flow, inside)
        for b in bindings
    )


def _is_first(binding: Binding, flow: Flow) -> bool:
    """Whether a name has no value before those of its scope, as one in a class may have."""
    holder = binding.scope.node
    return isinstance(holder, FUNCTIONS) or (
        isinstance(holder, ast.Module) and not flow.imports_star
    )
