"""Configs whose keys are picked at run time, each parameter under its own name.

``for key in args.logged: config[key] = vars(args)[key]``,
``{key: getattr(args, key) for key in names}``: what a run shows under a parameter's name is
that parameter, whichever are picked.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from jobready.script.arguments.parameter_reads import is_copy, names_copy
from jobready.script.configs.set_on import changes_of, origin
from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import Items, display
from jobready.script.values.flow import Flow
from jobready.script.values.given_away import call_given, is_given_away
from jobready.script.values.set_anew import is_ours


@dataclass(frozen=True)
class Chosen:
    """A dict of such keys; ``place`` is where they are picked, ``items`` its other keys."""

    place: ast.expr
    items: Items


def chosen_keys(config: ast.expr, syntax: Syntax, flow: Flow) -> Chosen | None:
    """What a config shows whose keys are picked at run time, None for all others."""
    made = origin(config, flow)
    if isinstance(made, ast.DictComp):
        if not _picks(made, flow) or any(changes_of(made, syntax, flow)):
            return None
        return None if _is_handed_on(made, syntax, flow) else Chosen(made, [])
    items = None if made is None else display(made)
    if made is None or items is None or any(key is None for key, _ in items):
        return None
    picked: ast.expr | None = None
    for node, key, _ in changes_of(made, syntax, flow):
        holder = syntax.parent[node]
        if not isinstance(node, ast.Subscript) or not isinstance(holder, ast.Assign):
            return None
        if holder.targets != [node]:
            return None
        if key is not None:
            items = [*items, (ast.Constant(key), holder.value)]
        elif _is_own(holder.value, node.slice, syntax, flow):
            picked = picked or node
        else:
            return None
    if picked is None or _is_handed_on(made, syntax, flow):
        return None
    return Chosen(picked, items)


def _picks(made: ast.DictComp, flow: Flow) -> bool:
    """Whether it is ``{key: getattr(args, key) for key in names}``."""
    if len(made.generators) != 1 or not isinstance(made.generators[0].target, ast.Name):
        return False
    return ast.unparse(made.key) == made.generators[0].target.id and _reads(
        made.value, made.key, flow
    )


def _is_own(value: ast.expr, key: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether a value is that of the parameter whose name ``key`` holds."""
    if not isinstance(key, ast.Name):
        return False
    if isinstance(value, ast.Name):
        return _is_pair(key, value, syntax, flow)
    return _reads(value, key, flow)


def _is_pair(key: ast.Name, value: ast.Name, syntax: Syntax, flow: Flow) -> bool:
    """Whether both are of one ``for key, value in vars(args).items():``."""
    bindings = [b for n in (key, value) for b in syntax.bindings(n.id, syntax.scope(n))]
    loop = bindings[0].node if bindings else None
    if len(bindings) != 2 or any(b.node is not loop for b in bindings):
        return False
    if not isinstance(loop, ast.For) or not isinstance(loop.iter, ast.Call):
        return False
    method = loop.iter.func
    if not isinstance(method, ast.Attribute) or method.attr != "items":
        return False
    if not isinstance(loop.target, ast.Tuple) or loop.body == [syntax.statement(key)]:
        return False  # of a loop that does nothing else, all are taken
    pair = [ast.unparse(e) for e in loop.target.elts]
    return pair == [key.id, value.id] and _holds_parameters(method.value, flow)


def _reads(value: ast.expr, key: ast.expr, flow: Flow) -> bool:
    """Whether a value is ``vars(args)[key]`` or ``getattr(args, key)``."""
    if isinstance(value, ast.Subscript):
        held, name = value.value, value.slice
    elif isinstance(value, ast.Call) and ast.unparse(value.func) == "getattr":
        if len(value.args) < 2 or value.keywords:
            return False
        held, name = value.args[0], value.args[1]
    else:
        return False
    return ast.unparse(name) == ast.unparse(key) and _holds_parameters(held, flow)


def _holds_parameters(held: ast.expr, flow: Flow) -> bool:
    """Whether it is arguments, or the very dict of them, and no copy that may differ."""
    return is_ours(held, flow) and not is_copy(held) and not names_copy(held, flow)


def _is_handed_on(made: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether the dict may be changed elsewhere, or in a way that isn't looked at."""
    return any(
        origin(node, flow) is made
        for node in syntax.of(ast.Name, ast.Attribute)
        if isinstance(node.ctx, ast.Load)
        if _is_kept(node, syntax.parent[node]) or _goes_on(node, flow)
    )


def _goes_on(node: ast.expr, flow: Flow) -> bool:
    """Whether it gets to what may change it, but for a function that only one call is of.

    What that does to it is seen where it is done.
    """
    if not is_given_away(node, flow):
        return False
    call = call_given(node, flow)
    functions = [] if call is None else flow.functions(call.func)
    return len(functions) != 1 or not _is_seen(functions[0], flow)


def _is_seen(function: Function, flow: Flow) -> bool:
    """Whether one call alone gives a function what its parameters stand for."""
    starred = function.args.vararg or function.args.kwarg
    return not starred and len(flow.calls_for(function)) == 1


def _is_kept(node: ast.expr, above: ast.AST) -> bool:
    """Whether an object keeps what a name stands for, or it gets what it doesn't have."""
    if isinstance(above, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        targets = above.targets if isinstance(above, ast.Assign) else [above.target]
        kept = any(not isinstance(target, ast.Name) for target in targets)
        return above.value is node and kept
    return isinstance(above, ast.Attribute) and above.attr == "setdefault"
