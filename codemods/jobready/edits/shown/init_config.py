"""The ``config=`` of a ``wandb.init`` that has none: a name that holds the arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.plan import InitEdit
from jobready.edits.shown.held_arguments import arguments_name, dict_of, parse_stages
from jobready.edits.shown.unshown import unshown, without
from jobready.outcome import Reason
from jobready.script.model import Init, Script
from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import config_carriers
from jobready.script.values.config_items import changes_at, key_of
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict, RunConfig
from jobready.script.values.parser_classes import TAPS

UPDATES = frozenset(("update", "setdefaults"))
# What an attribute of this name gives of a wandb.Config is more than one value.
CONFIG_METHODS = frozenset(("items", "keys", "as_dict", "get"))


def init_edit(init: Init, script: Script, type_checked: bool) -> InitEdit | Reason:
    """``config=args`` for an init that has none: by a name that is seen there."""
    unclear = unclear_update(script)
    if unclear is not None:
        text = "the parameters may get into the run's config here, which isn't sure"
        return _reason(text, unclear)
    found = arguments_name(init, script)
    if found is not None:
        found = as_dict(*found, script)
    if found is None:
        has = "no config" if init.extends is None else "a config without the parameters"
        if init.inside:
            has = f"a config that has parameters only inside {init.inside[0][0]!r}"
        text = f"wandb.init gets {has}, and no name there holds the parsed arguments"
        return _reason(f"{text}: hand them to where it is called", init.place)
    read = config_read(script)
    if read is not None:
        text = "the script reads the run's config, which would then hold the parameters"
        text += ": read the arguments there, or give wandb.init a config"
        return _reason(text, read)
    written = config_written(script)
    if written is not None:
        return written
    given = [k.value for k in init.call.keywords if k.arg == "config"]
    if init.extends is None and any(isinstance(g, ast.Name) for g in given):
        text = f"what is called {ast.unparse(given[0])} here is for who calls the function"
        return _reason(f"{text}: give it the parsed arguments", init.place)
    if init.extends is None:
        held = held_at(init, script, type_checked)
        assert held is not None, "a name was found"
        return InitEdit(init.call, held)
    holder = script.syntax.parent[init.extends]
    updates = isinstance(holder, ast.Call) and name_of(holder.func) == "update"
    if given != [init.extends] and not (updates and not given):
        text = "the run's config is made elsewhere, and holds none of the parameters"
        return _reason(text, script.syntax.place(init.extends))
    if init.file is not None:
        return _beside_file(init, init.extends, script)
    config = _of_stages(init, script)
    if config is None:
        config = without(found[0], left_out(init, script), found[1])
    if config == found[0] and not found[1]:
        config = f"vars({config})"
    call = holder if updates and isinstance(holder, ast.Call) else init.call
    return InitEdit(call, config, extends=True)


def held_at(init: Init, script: Script, type_checked: bool) -> str | None:
    """What shows all parameters where a run starts; None where no name holds them."""
    found = arguments_name(init, script)
    if found is None:
        return None
    together = _of_stages(init, script)
    if together is not None:
        return together
    return config_of(*found, script, type_checked, left_out(init, script))


def _of_stages(init: Init, script: Script) -> str | None:
    """The dict of what several parses give, less what is left out; None for one parse."""
    stages = parse_stages(init, script)
    if len(stages) < 2:
        return None
    out = left_out(init, script)
    every = frozenset(p for stage in stages for p in stage.parameters)
    parts = (
        without(dict_of(s), out - (every - s.parameters), is_dict=True) for s in stages
    )
    return "{" + ", ".join(f"**{part}" for part in parts) + "}"


def left_out(init: Init, script: Script) -> frozenset[str]:
    """What is not shown beside a run's own config: secrets, and what has a key there."""
    return unshown(script) | {name for name, _ in init.renamed}


def _beside_file(init: Init, read: ast.expr, script: Script) -> InitEdit | Reason:
    """All parameters behind the keys of a file, whatever these are.

    A launch sets parameters, and a clone gives back what the page shows of them. A key of
    the file that goes before the parameter of that name would give it the file's value.
    """
    hidden = sorted(unshown(script))
    if hidden:
        text = f"the run's config is read from a file, and {hidden[0]} can't be shown in it"
        text += ": give the other parameters in config= to have the script migrated"
        return _reason(text, init.place)
    syntax: Syntax = script.syntax
    parts = [syntax.part_of(read).source(read), *map(dict_of, parse_stages(init, script))]
    update = syntax.parent[read]  # or the keyword of the init
    call = update if isinstance(update, ast.Call) else init.call
    return InitEdit(call, "{" + ", ".join(f"**{part}" for part in parts) + "}")


def unclear_update(script: Script) -> Place | None:
    """Where the arguments go into a config that may be a run's or another."""
    syntax: Syntax = script.syntax
    for call in syntax.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr not in UPDATES:
            continue
        holder = method.value
        if not isinstance(holder, ast.Attribute) or holder.attr != "config":
            continue
        if any(isinstance(m, RunConfig) for m in script.flow.meanings(holder)):
            continue
        for given in (*call.args[:1], *(k.value for k in call.keywords)):
            meanings = script.flow.meanings(given)
            if any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings):
                return syntax.place(call)
    return None


def config_read(script: Script, but: ast.stmt | None = None) -> Place | None:
    """Where a script reads a run's config as a whole, or a parameter out of it.

    Not where the statement ``but`` does, nor where it is printed.
    """
    syntax: Syntax = script.syntax
    names = {p.name for p in script.parameters} | CONFIG_METHODS
    for read, key in config_reads(script, but):
        if key is None or key in names:
            return syntax.place(read)
    return None


def config_reads(
    script: Script, but: ast.stmt | None = None
) -> Iterator[tuple[ast.Name | ast.Attribute, str | None]]:
    """Each place where a run's config is read, with the key, if it is one that is known."""
    syntax: Syntax = script.syntax
    known = set(ast.walk(but)) if but is not None else set()
    carried = config_carriers(syntax, script.flow)
    for node in syntax.nodes if carried else ():
        if node not in carried or node in known:
            continue
        if not isinstance(node, (ast.Name, ast.Attribute)):
            continue
        if not isinstance(node.ctx, ast.Load):
            continue
        if not any(isinstance(m, RunConfig) for m in script.flow.meanings(node)):
            continue
        if not script.aside.isdisjoint(syntax.ancestors(node) if script.aside else ()):
            continue
        parent = syntax.parent[node]
        if isinstance(parent, (ast.Assign, ast.Expr)):
            continue  # a name for it, which is judged where it is used
        if isinstance(parent, ast.Attribute) and parent.attr in ("update", "setdefaults"):
            continue
        if isinstance(parent, ast.Call) and name_of(parent.func) == "print":
            continue
        key = None
        if isinstance(parent, (ast.Attribute, ast.Subscript)) and parent.value is node:
            if not isinstance(parent.ctx, ast.Load):
                continue
            key = key_of(parent)
        yield node, key


def config_written(script: Script) -> Reason | None:
    """Why no parameter can be shown by an init where the script shows another as it later.

    W&B raises where a key of a run's config gets another value (wandb 0.13.8 to 0.31.0).
    """
    syntax: Syntax = script.syntax
    names = {p.name for p in script.parameters}
    for node in syntax.nodes:
        if not isinstance(node, (ast.Name, ast.Attribute)):
            continue
        for change in changes_at(node, syntax):
            call = change.node if isinstance(change.node, ast.Call) else None
            if change.key not in names or (call is not None and _may_change(call)):
                continue
            if any(isinstance(m, RunConfig) for m in script.flow.meanings(node)):
                text = f"the run's config gets another {change.key!r} here, which W&B"
                text += " refuses once it shows the parameter: take another name"
                return _reason(text, syntax.place(change.node))
    return None


def _may_change(call: ast.Call) -> bool:
    """Whether a call says that it may change what is there."""
    return any(k.arg == "allow_val_change" for k in call.keywords)


def config_of(
    name: str,
    is_dict: bool,
    script: Script,
    type_checked: bool,
    out: frozenset[str] | None = None,
) -> str:
    """The value of ``config=`` for arguments of that name, less those that are left out.

    A type checker takes only the dict of a Namespace.
    """
    name, is_dict = as_dict(name, is_dict, script)
    config = without(name, unshown(script) if out is None else out, is_dict)
    return f"vars({name})" if config == name and type_checked and not is_dict else config


def as_dict(name: str, is_dict: bool, script: Script) -> tuple[str, bool]:
    """The same for arguments that are no Namespace: a dataclass, of which it is the dict.

    A Tap holds more than the values, it is a parser too. Its ``as_dict`` asks for its
    properties as well, which may do anything.
    """
    classes = [m.call.func for m in script.parsers if m.library in TAPS]
    if not is_dict and any(m.dataclasses for m in script.parsers):
        return f"vars({name})", True
    if is_dict or not classes:
        return name, is_dict
    made = [script.flow.parser_class(c) for c in classes]
    inside = (s for m in made for owner in m.own for s in owner.body)
    if any(isinstance(s, FUNCTIONS) and s.decorator_list for s in inside):
        return f"{{k: getattr({name}, k) for k in {name}.class_variables}}", True
    return f"{name}.as_dict()", True


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
