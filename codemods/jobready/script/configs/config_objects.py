"""Which expressions are the config of a run itself, and not a copy of it."""

from __future__ import annotations

import ast

from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import config_carriers
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Run

ConfigObject = ast.Name | ast.Attribute
NAMES = ("wandb.config", "wandb.run.config")
HOPS = 4  # names that stand for one another, from a read back to the config


def config_objects(syntax: Syntax, flow: Flow) -> tuple[ConfigObject, ...]:
    """The places that read a run's config under some name, in the order of the source.

    Only those that stand for nothing else, whichever way the script takes.
    """
    if not syntax.mentions("config"):
        return ()
    found = [
        node
        for node in config_carriers(syntax, flow)
        if isinstance(node, (ast.Name, ast.Attribute))
        and isinstance(node.ctx, ast.Load)
        and is_config_object(node, syntax, flow)
    ]
    return tuple(sorted(found, key=lambda n: (n.lineno, n.col_offset)))


def is_config_object(node: ast.expr, syntax: Syntax, flow: Flow, hops: int = HOPS) -> bool:
    """Whether an expression is ``wandb.config``, ``run.config`` or a name of either."""
    if isinstance(node, ast.Attribute):
        if node.attr != "config":
            return False
        if flow.qualified(node) in NAMES:
            return True
        owners = flow.meanings(node.value)
        return bool(owners) and all(isinstance(m, Run) for m in owners)
    if not isinstance(node, ast.Name) or not hops:
        return False
    bindings = reaching(node, syntax)
    return bool(bindings) and all(_is_given(b, syntax, flow, hops - 1) for b in bindings)


def _is_given(binding: Binding, syntax: Syntax, flow: Flow, hops: int) -> bool:
    """Whether a binding gives its name a run's config."""
    values = flow.given(binding)
    if not values and binding.kind == "walrus" and binding.value is not None:
        values = [binding.value]
    return bool(values) and all(is_config_object(v, syntax, flow, hops) for v in values)


def key_read(node: ast.expr, syntax: Syntax) -> str | None:
    """The key that is read of a config here: ``lr`` of ``config.lr``, ``config["lr"]``.

    None where something else is done with it; a method is no key.
    """
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute) and isinstance(parent.ctx, ast.Load):
        holder = syntax.parent[parent]
        if not isinstance(holder, ast.Call) or holder.func is not parent:
            return parent.attr
        if parent.attr == "get" and holder.args:
            return _text(holder.args[0])
    elif isinstance(parent, ast.Subscript) and parent.value is node:
        return _text(parent.slice) if isinstance(parent.ctx, ast.Load) else None
    return None


def _text(node: ast.expr) -> str | None:
    key = literal(node)
    return key if isinstance(key, str) else None
