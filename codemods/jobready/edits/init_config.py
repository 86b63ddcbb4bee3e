"""The ``config=`` of a ``wandb.init`` that has none: a name that holds the arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.edits.parse_words import launched_parses
from jobready.edits.plan import InitEdit
from jobready.edits.unshown import unshown, without
from jobready.outcome import Reason
from jobready.script.config_items import changes, key_of
from jobready.script.functions import calls_from, is_method, method_of, name_of
from jobready.script.meanings import Arguments, ArgumentsDict, RunConfig
from jobready.script.model import Init, Place, Script
from jobready.script.parameter_reads import names_copy
from jobready.script.parser_classes import TAPS
from jobready.script.reaching import is_above
from jobready.script.scopes import FUNCTIONS, Scope
from jobready.script.syntax import Syntax

UPDATES = frozenset(("update", "setdefaults"))
# What an attribute of this name gives of a wandb.Config is more than one value.
CONFIG_METHODS = frozenset(("items", "keys", "as_dict", "get"))


def init_edit(init: Init, script: Script, type_checked: bool) -> InitEdit | Reason:
    """``config=args`` for an init that has none: by a name that is seen there."""
    unclear = _unclear_update(script)
    if unclear is not None:
        text = "the parameters may get into the run's config here, which isn't sure"
        return _reason(text, unclear)
    found = arguments_name(init, script)
    if found is not None:
        found = as_dict(*found, script)
    if found is None:
        has = "no config" if init.extends is None else "a config without the parameters"
        text = f"wandb.init gets {has}, and no name there holds the parsed arguments"
        return _reason(f"{text}: hand them to where it is called", init.place)
    read = _config_read(script)
    if read is not None:
        text = "the script reads the run's config, which would then hold the parameters"
        text += ": read the arguments there, or give wandb.init a config"
        return _reason(text, read)
    if init.extends is None:
        stages = _stages(init, script)
        if len(stages) > 1 and not unshown(script):
            together = ", ".join(f"**{part}" for part in map(_dict_of, stages))
            return InitEdit(init.call, f"{{{together}}}")
        return InitEdit(init.call, config_of(*found, script, type_checked))
    given = [k.value for k in init.call.keywords if k.arg == "config"]
    holder = script.syntax.parent[init.extends]
    updates = isinstance(holder, ast.Call) and name_of(holder.func) == "update"
    if given != [init.extends] and not (updates and not given):
        text = "the run's config is made elsewhere, and holds none of the parameters"
        return _reason(text, script.syntax.place(init.extends))
    if init.file is not None:
        return _beside_file(init, init.extends, script)
    config = without(found[0], unshown(script), found[1])
    if config == found[0] and not found[1]:
        config = f"vars({config})"
    return InitEdit(init.call, config, extends=True)


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
    parts = [syntax.part_of(read).source(read), *map(_dict_of, _stages(init, script))]
    update = syntax.parent[read]  # or the keyword of the init
    call = update if isinstance(update, ast.Call) else init.call
    return InitEdit(call, "{" + ", ".join(f"**{part}" for part in parts) + "}")


def _unclear_update(script: Script) -> Place | None:
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
    name, is_dict = as_dict(name, is_dict, script)
    config = without(name, unshown(script), is_dict)
    return f"vars({name})" if config == name and type_checked and not is_dict else config


def as_dict(name: str, is_dict: bool, script: Script) -> tuple[str, bool]:
    """The same for arguments that hold more than the values: a Tap is a parser too.

    Its ``as_dict`` asks for its properties as well, which may do anything.
    """
    classes = [m.call.func for m in script.parsers if m.library in TAPS]
    if is_dict or not classes:
        return name, is_dict
    made = [script.flow.parser_class(c) for c in classes]
    inside = (s for m in made for owner in m.own for s in owner.body)
    if any(isinstance(s, FUNCTIONS) and s.decorator_list for s in inside):
        return f"{{k: getattr({name}, k) for k in {name}.class_variables}}", True
    return f"{name}.as_dict()", True


@dataclass(frozen=True)
class _Held:
    """A name of the arguments, the parameters that they hold, and where they are parsed."""

    name: str
    is_dict: bool
    parameters: frozenset[str]
    line: int


def arguments_name(init: Init, script: Script) -> tuple[str, bool] | None:
    """The innermost name of the arguments at the init; with True it is their dict.

    Of several it is that of the parse with the most parameters: a first stage has few.
    """
    found = _held(init, script)
    if not found:
        return None
    # the last of two alike: stages come one after the other
    best = max(found, key=lambda held: (len(held.parameters), held.line))
    return best.name, best.is_dict


def _stages(init: Init, script: Script) -> list[_Held]:
    """The names that hold all parameters only together, the last parse last."""
    rest = frozenset(p for held in _held(init, script) for p in held.parameters)
    stages: list[_Held] = []
    for held in sorted(_held(init, script), key=lambda h: -len(h.parameters)):
        if held.parameters & rest:
            stages.append(held)
            rest -= held.parameters
    return sorted(stages, key=lambda held: held.line)


def _dict_of(held: _Held) -> str:
    return held.name if held.is_dict else f"vars({held.name})"


def _held(init: Init, script: Script) -> list[_Held]:
    """The names that hold arguments at the init, those of the innermost scope."""
    syntax: Syntax = script.syntax
    found: list[_Held] = []
    here: Scope | None = syntax.scope(init.call)
    while here is not None and not found:
        names = [] if here.is_class else list(here.bindings)
        found += [
            held
            for name in names
            if syntax.owner(name, syntax.scope(init.call)) is here
            if (held := _held_by(name, init, script)) is not None
            if _is_bound_by(name, here, init, script)
        ]
        here = here.parent
    return found or list(_attributes_of_self(init, script))


def _held_by(name: str, init: Init, script: Script) -> _Held | None:
    """What a name holds there, if it is nothing but arguments as they were parsed."""
    meanings = script.flow.named_at(name, init.call)
    kinds = {type(m) for m in meanings}
    if kinds not in ({Arguments}, {ArgumentsDict}):
        return None
    launched = {p.call: p for p in launched_parses(script)}
    if not all(m.parse in launched for m in meanings):
        return None
    if _is_partial(name, init, script):
        return None
    parsers = [m for of in meanings for m in launched[of.parse].parsers]
    parameters = max((m.parameters for m in parsers), key=len, default=())
    line = max(launched[m.parse].place.line for m in meanings)
    known = frozenset(p.name for p in parameters)
    return _Held(name, kinds == {ArgumentsDict}, known, line)


def _is_partial(name: str, init: Init, script: Script) -> bool:
    """Whether a name is that of a copy which lacks some, or is changed."""
    syntax: Syntax = script.syntax
    read = ast.copy_location(ast.Name(name, ast.Load()), init.call)
    syntax.scopes[read] = syntax.scope(init.call)
    if "." in name or not names_copy(read, script.flow):
        return False
    values = [b.value for b in syntax.bindings(name, syntax.scope(init.call))]
    filtered = any(isinstance(v, ast.DictComp) for v in values)
    return filtered or bool(changes(read, syntax))


def _attributes_of_self(init: Init, script: Script) -> Iterator[_Held]:
    """The same for ``self.args``, where the method that starts the run surely has it."""
    syntax: Syntax = script.syntax
    function = syntax.scope(init.call).node
    owner = syntax.parent.get(function)
    if not isinstance(owner, ast.ClassDef) or not isinstance(function, FUNCTIONS):
        return
    first = [*function.args.posonlyargs, *function.args.args][:1]
    if not first or not is_method(function, syntax):
        return
    makers = (function, method_of(owner, "__init__"))
    for attribute, values in script.flow.attributes(owner).items():
        given = [syntax.statement(value) for value in values]
        above = [
            s
            for s in given
            if syntax.parent[s] in makers
            if syntax.parent[s] is not function or s.lineno < init.place.line
        ]
        held = _held_by(f"{first[0].arg}.{attribute}", init, script) if above else None
        if held is not None:
            yield held


def _is_bound_by(name: str, scope: Scope, init: Init, script: Script) -> bool:
    """Whether a name is bound whenever the init is reached."""
    syntax: Syntax = script.syntax
    bindings = scope.bindings[name]
    function = syntax.scope(init.call)
    if function is not scope and not _is_read_in(name, function.node, script):
        # who imports the file gets the function without the name
        bindings = [b for b in bindings if not _is_for_main(b.node, syntax)]
    if syntax.scope(init.call) is scope:
        return any(is_above(b, init.call, syntax) for b in bindings)
    starts = calls_from(scope, syntax.scope(init.call).node, syntax, script.flow.uses)
    return bool(starts) and all(
        any(is_above(b, start, syntax) for b in bindings) for start in starts
    )


def _is_read_in(name: str, function: ast.AST, script: Script) -> bool:
    """Whether a function reads a name already."""
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(function))


def _is_for_main(node: ast.AST, syntax: Syntax) -> bool:
    """Whether it stands under ``if __name__ == "__main__":``."""
    tests = (a.test for a in syntax.ancestors(node) if isinstance(a, ast.If))
    return any("__name__" in ast.unparse(test) for test in tests)


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
