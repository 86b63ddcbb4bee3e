"""Configs that a function of the script hands to a run as it was given them.

``def start(name, **config): wandb.init(config=config)``, ``config=config or {}``, and the
keywords of the init itself where each branch of a script spells them out.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.values.config_items import Items, changes, display
from jobready.script.values.flow import Flow
from jobready.script.values.functions import is_method


def keywords_given(
    bindings: Sequence[Binding], names: frozenset[str], flow: Flow
) -> Items | None:
    """Keys and values of the ``**config`` of a function, where its one call says them.

    None where it is something else, and where a parameter, one of the ``names``, may be
    given to the function by its own name, so that it isn't in there.
    """
    function = bindings[0].scope.node if len(bindings) == 1 else None
    if not isinstance(function, FUNCTIONS) or function.args.kwarg is not bindings[0].node:
        return None
    calls = flow.calls_for(function)
    if len(calls) != 1 or flow.uses.handed_over.get(function) or function.decorator_list:
        return None
    taken = function.args
    own = {a.arg for a in (*taken.args, *taken.kwonlyargs)}
    if is_method(function, flow.syntax) and taken.args:
        own.discard(taken.args[0].arg)
    items: Items = []
    for keyword in calls[0].keywords:
        if keyword.arg is None and own & names:
            return None
        if keyword.arg not in own:
            key = None if keyword.arg is None else ast.Constant(keyword.arg)
            items.append((key, keyword.value))
    return items


def keywords_of_branches(name: ast.Name, flow: Flow) -> Items | None:
    """The config among keywords that each branch spells out, as all of them give it.

    ``if team: keywords = {"config": args, "entity": team}``, ``else: keywords = {"config":
    args}``. None where one may give another config, or it can't be told which keys there
    are. The other keys are those that one of them may give.
    """
    syntax = flow.syntax
    bindings = syntax.bindings(name.id, syntax.scope(name))
    plain = [b for b in bindings if b.kind == "assign" and b.index is None]
    if not plain or plain != bindings:
        return None
    branches = [None if b.value is None else display(b.value) for b in bindings]
    configs: list[ast.expr | None] = []
    others: Items = []
    for items in branches:
        keys = [literal(key) if key is not None else None for key, _ in items or ()]
        if items is None or not all(isinstance(key, str) for key in keys):
            return None
        values = [v for key, (_, v) in zip(keys, items, strict=True) if key == "config"]
        configs.append(values[-1] if values else None)
        others += [i for key, i in zip(keys, items, strict=True) if key != "config"]
    for change in changes(name, syntax):
        if change.key in (None, "config"):
            return None
        if change.value is not None:
            others.append((ast.Constant(change.key), change.value))
    given = [config for config in configs if config is not None]
    if not given:
        return others
    same = {ast.unparse(config) for config in given}
    meanings = {flow.meanings(config) for config in given}
    if len(given) < len(configs) or len(same) > 1 or len(meanings) > 1:
        return None
    return [*others, (ast.Constant("config"), given[0])]


def or_nothing(config: ast.expr) -> ast.expr:
    """What a config shows if it shows anything: ``config or {}``."""
    if isinstance(config, ast.BoolOp) and isinstance(config.op, ast.Or):
        first, *others = config.values
        return first if all(display(o) == [] for o in others) else config
    if isinstance(config, ast.IfExp):
        test, text = ast.unparse(config.test), ast.unparse(config.body)
        if display(config.orelse) == [] and test in (text, f"{text} is not None"):
            return config.body
        if display(config.body) == [] and test == f"{ast.unparse(config.orelse)} is None":
            return config.orelse
    return config
