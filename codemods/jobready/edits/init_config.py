"""The ``config=`` of a ``wandb.init`` that has none: a name that holds the arguments."""

from __future__ import annotations

import ast

from jobready.edits.plan import InitEdit
from jobready.edits.secrets import without_secrets
from jobready.outcome import Reason
from jobready.script.config_items import key_of
from jobready.script.functions import calls_from
from jobready.script.meanings import Arguments, ArgumentsDict, RunConfig
from jobready.script.model import Init, Place, Script
from jobready.script.reaching import is_above
from jobready.script.syntax import Scope, Syntax

# What an attribute of this name gives of a wandb.Config is more than one value.
CONFIG_METHODS = frozenset(("items", "keys", "as_dict", "get"))


def init_edit(init: Init, script: Script, type_checked: bool) -> InitEdit | Reason:
    """``config=args`` for an init that has none: by a name that is seen there."""
    found = arguments_name(init, script)
    if found is None:
        text = "wandb.init gets no config, and no name there holds the parsed arguments"
        return _reason(text, init.place)
    read = _config_read(script)
    if read is not None:
        text = "the script reads the run's config, which would then hold the parameters"
        return _reason(text, read)
    if init.extends is None:
        return InitEdit(init.call, config_of(*found, script, type_checked))
    given = [k.value for k in init.call.keywords if k.arg == "config"]
    if given != [init.extends]:
        text = "the run's config is made elsewhere, and holds none of the parameters"
        return _reason(text, script.syntax.place(init.extends))
    config = without_secrets(found[0], script.parameters, found[1])
    if config == found[0] and not found[1]:
        config = f"vars({config})"
    return InitEdit(init.call, config, extends=True)


def _config_read(script: Script) -> Place | None:
    """Where a script reads a run's config as a whole, or a parameter out of it."""
    syntax: Syntax = script.syntax
    names = {p.name for p in script.parameters}
    for node in syntax.nodes:
        if not isinstance(node, (ast.Name, ast.Attribute)):
            continue
        if not isinstance(node.ctx, ast.Load):
            continue
        if not any(isinstance(m, RunConfig) for m in script.flow.meanings(node)):
            continue
        parent = syntax.parent[node]
        if isinstance(parent, (ast.Assign, ast.Expr)):
            continue  # a name for it, which is judged where it is used
        if isinstance(parent, ast.Attribute) and parent.attr in ("update", "setdefaults"):
            continue
        if isinstance(parent, (ast.Attribute, ast.Subscript)) and parent.value is node:
            key = key_of(parent)
            stored = not isinstance(parent.ctx, ast.Load)
            if stored or (key is not None and key not in {*names, *CONFIG_METHODS}):
                continue
        return syntax.place(node)
    return None


def config_of(name: str, is_dict: bool, script: Script, type_checked: bool) -> str:
    """The value of ``config=`` for arguments of that name.

    A type checker takes only the dict of a Namespace.
    """
    config = without_secrets(name, script.parameters, is_dict)
    return f"vars({name})" if config == name and type_checked and not is_dict else config


def arguments_name(init: Init, script: Script) -> tuple[str, bool] | None:
    """The innermost name of the arguments at the init; with True it is their dict."""
    syntax: Syntax = script.syntax
    here: Scope | None = syntax.scope(init.call)
    while here is not None:
        for name in here.bindings if not here.is_class else ():
            if syntax.owner(name, syntax.scope(init.call)) is here:
                kinds = {type(m) for m in script.flow.named_at(name, init.call)}
                pure = kinds in ({Arguments}, {ArgumentsDict})
                if pure and _is_bound_by(name, here, init, script):
                    return name, kinds == {ArgumentsDict}
        here = here.parent
    return None


def _is_bound_by(name: str, scope: Scope, init: Init, script: Script) -> bool:
    """Whether a name is bound whenever the init is reached."""
    bindings = scope.bindings[name]
    syntax: Syntax = script.syntax
    if syntax.scope(init.call) is scope:
        return any(is_above(b, init.call, syntax) for b in bindings)
    starts = calls_from(scope, syntax.scope(init.call).node, syntax, script.flow.uses)
    return bool(starts) and all(
        any(is_above(b, start, syntax) for b in bindings) for start in starts
    )


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
