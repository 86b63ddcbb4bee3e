"""Where the source gives W&B a setting: a keyword, an item of a dict, a variable."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.script.model import Script
from jobready.script.source.literals import literal
from jobready.script.values.config_items import display


@dataclass(frozen=True, eq=False)
class Spot:
    """One place: the ``value`` that is given, and the ``call`` and its ``keyword``.

    Those are None where it is an item of a dict, or the assignment of a variable, which
    ``statement`` is.
    """

    value: ast.expr
    call: ast.Call | None = None
    keyword: ast.keyword | None = None
    statement: ast.Assign | None = None


def spots_of(script: Script, key: str) -> Iterator[Spot]:
    """Each place where a setting is given, under its name or that with ``x_`` or ``_``."""
    names = (key, f"x_{key}", f"_{key}")
    variables = tuple(f"WANDB_{name.upper()}" for name in names)
    for node in script.syntax.of(ast.Call, ast.Assign):
        if isinstance(node, ast.Assign):
            if any(_variable(target, script) in variables for target in node.targets):
                yield Spot(node.value, statement=node)
            continue
        called = script.flow.qualified(node.func) or ""
        if not called.startswith("wandb."):
            continue
        for keyword in node.keywords:
            if called.endswith(".Settings") and keyword.arg in names:
                yield Spot(keyword.value, node, keyword)
            elif keyword.arg == "settings":
                for name, value in display(keyword.value) or ():
                    if name is not None and literal(name) in names:
                        yield Spot(value)


def _variable(target: ast.expr, script: Script) -> str | None:
    """The name in ``os.environ["WANDB_…"]``."""
    if not isinstance(target, ast.Subscript):
        return None
    if script.flow.qualified(target.value) != "os.environ":
        return None
    name = literal(target.slice)
    return name if isinstance(name, str) else None
