"""Texts that an expression puts together: ``f"own.{name}"``, ``"own.%s" % name``."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from string import Formatter


def put_together(
    node: ast.expr, names: Mapping[str, str], unknown: str | None = None
) -> str | None:
    """The text that an expression comes to; None where that isn't seen.

    ``names`` has the texts of the names, and of the items, that it is made of, by how they
    are written. ``unknown`` stands for each part that is made of anything else.
    """
    parts = _parts(node)
    if parts is not None:
        texts = [
            p if isinstance(p, str) else put_together(p, names, unknown) for p in parts
        ]
        return unknown if None in texts else "".join(map(str, texts))
    match node:
        case ast.Call(
            func=ast.Attribute(value=value, attr="replace"),
            args=[ast.Constant(value=str(old)), ast.Constant(value=str(new))],
            keywords=[],
        ):
            whole = put_together(value, names, unknown)
            return None if whole is None else whole.replace(old, new)
        case ast.Call(
            func=ast.Attribute(value=value, attr="lower"), args=[], keywords=[]
        ) if not isinstance(value, ast.Constant):
            whole = put_together(value, names, unknown)
            return None if whole is None else whole.lower()
    return names.get(ast.unparse(node), unknown)


def _parts(node: ast.expr) -> Sequence[ast.expr | str] | None:
    """What stands one after the other in a text; None where no text is put together."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.BinOp(left=ast.Constant(value=str(form)), op=ast.Mod(), right=given):
            return _in_places(form, given.elts if isinstance(given, ast.Tuple) else [given])
        case ast.JoinedStr(values=values):
            return values
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            return [value]
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(form)), attr="format"),
            args=args,
            keywords=keywords,
        ):
            return _formatted(form, args, {k.arg: k.value for k in keywords})
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join"),
            args=[ast.List(elts=items) | ast.Tuple(elts=items)],
        ):
            more: list[ast.expr | str] = []
            for item in items:
                more += [between, item] if more else [item]
            return more
    return None


def _in_places(form: str, given: Sequence[ast.expr]) -> Sequence[ast.expr | str] | None:
    """The same for ``form % given``, which has a place for each by ``%s``."""
    first, *others = form.split("%s")
    if "%" in "".join((first, *others)) or len(others) != len(given):
        return None
    pairs = zip(given, others, strict=True)
    return [first, *(part for pair in pairs for part in pair)]


def _formatted(
    form: str, args: Sequence[ast.expr], keywords: Mapping[str | None, ast.expr]
) -> Sequence[ast.expr | str] | None:
    """The same for ``form.format(…)``."""
    found: list[ast.expr | str] = []
    counted = 0
    try:
        fields = list(Formatter().parse(form))
    except ValueError:
        return None
    for text, field, spec, conversion in fields:
        found.append(text)
        if field is None:
            continue
        at, counted = (str(counted), counted + 1) if not field else (field, counted)
        place = int(at) if at.isdecimal() else len(args)
        given = args[place] if place < len(args) else keywords.get(at)
        if given is None or spec or conversion or isinstance(given, ast.Starred):
            return None
        found.append(given)
    return found
