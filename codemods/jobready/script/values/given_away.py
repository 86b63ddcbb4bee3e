"""Where a dict gets to what may change it in a way that isn't looked at.

``tune(config)`` of another file, ``[config]``, ``for each in (config, other):``. What reads
it only, what makes a copy of it, and what gives it to a run, is none of that.
"""

from __future__ import annotations

import ast

from jobready.script.values.config_items import CHANGES, ONLY_READ
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of

# What holds the very object that it is made with.
HOLDS = (ast.Dict, ast.List, ast.Set, ast.Tuple, ast.Yield)


def is_given_away(node: ast.expr, flow: Flow) -> bool:
    """Whether a dict gets to what may change it elsewhere.

    What it gets a name by, and the functions of the source that are given it, are judged
    by who asks.
    """
    above = flow.syntax.parent[node]
    if isinstance(above, (ast.BoolOp, ast.IfExp)):
        tested = isinstance(above, ast.IfExp) and above.test is node
        return not tested and is_given_away(above, flow)
    if isinstance(above, ast.Dict):
        return any(k is not None and v is node for k, v in _items(above))
    if isinstance(above, HOLDS):
        return True
    if isinstance(above, ast.Attribute):
        call = flow.syntax.parent[above]
        called = isinstance(call, ast.Call) and call.func is above
        odd = above.attr.startswith("__") and above.attr != "__dict__"
        return odd or (above.attr in CHANGES and not called)
    given = call_given(node, flow)
    return given is not None and not _only_reads(given, flow)


def call_given(node: ast.expr, flow: Flow) -> ast.Call | None:
    """The call that is given the very dict, and no copy of it."""
    above: ast.AST = flow.syntax.parent[node]
    if isinstance(above, ast.keyword):
        if above.arg is None:
            return None
        above = flow.syntax.parent[above]
    return above if isinstance(above, ast.Call) and above.func is not node else None


def _only_reads(call: ast.Call, flow: Flow) -> bool:
    name, dotted = name_of(call.func), flow.qualified(call.func)
    if name in ONLY_READ or (name == "getattr" and len(call.args) > 1):
        return True
    if name == "init":
        return dotted == "wandb.init"
    by_method = isinstance(call.func, ast.Attribute)
    return name == "update" and by_method and (dotted or "wandb.").startswith("wandb.")


def _items(node: ast.Dict) -> list[tuple[ast.expr | None, ast.expr]]:
    return list(zip(node.keys, node.values, strict=True))
