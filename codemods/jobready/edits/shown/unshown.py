"""What a new ``config=`` leaves out: secrets, and what no run can show."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from jobready.edits.shown.secrets import secret_name
from jobready.edits.shown.used_secrets import secret_parameters
from jobready.script.arguments.parameter_reads import names_copy
from jobready.script.model import Script
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.config_items import key_of
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Instance

IMPORTERS = frozenset(("import_module", "__import__", "module_from_spec"))
ITERATORS = frozenset(("enumerate", "filter", "iter", "map", "reversed", "zip"))
VIEWS = frozenset(("items", "keys", "values"))
HOPS = 3  # names and functions that a value is followed through


def unshown(script: Script) -> frozenset[str]:
    """The names that a new ``config=`` leaves out."""
    secrets = set(secret_parameters(script))
    secrets |= {name for _, name, _ in _put_among(script.syntax) if secret_name(name)}
    return frozenset(secrets | {name for name, _ in unrecordable(script)})


def without(name: str, left_out: Collection[str], is_dict: bool, value: str = "v") -> str:
    """The arguments called ``name`` as a config, less some of them.

    ``value`` is what stands for the value ``v`` of each.
    """
    if not left_out and value == "v":
        return name
    items = f"{name}.items()" if is_dict else f"vars({name}).items()"
    test = f" if {condition(left_out)}" if left_out else ""
    return f"{{k: {value} for k, v in {items}{test}}}"


def condition(left_out: Collection[str]) -> str:
    """What a key ``k`` must meet to be none of those that are left out; may be empty."""
    return _compared(left_out, "!=", "not in") if left_out else ""


def only(name: str, kept: Collection[str], value: str = "v") -> str:
    """Some of the arguments called ``name``, as a dict."""
    test = _compared(kept, "==", "in")
    return f"{{k: {value} for k, v in vars({name}).items() if {test}}}"


def _compared(names: Collection[str], with_one: str, with_several: str) -> str:
    """The test of a key ``k`` by one name, or by several."""
    texts = ", ".join(f'"{n}"' for n in sorted(names))
    return f"k {with_several} ({texts})" if len(names) > 1 else f"k {with_one} {texts}"


def unrecordable(script: Script) -> list[tuple[str, Place]]:
    """The attributes that the script gives its arguments, and no run can show.

    ``wandb.init`` raises TypeError for a module or a view of a dict, and takes all that
    an iterator has left (wandb 0.31.0).
    """
    flow: Flow = script.flow
    return [
        (name, script.syntax.place(holder))
        for holder, name, value in _put_among(script.syntax)
        if not names_copy(holder, flow) and _defies(value, flow)
        if not _is_object(holder, flow)
    ]


def _is_object(holder: ast.expr, flow: Flow) -> bool:
    """Whether it is an object of the script that only keeps the arguments."""
    meanings = flow.meanings(holder)
    return bool(meanings) and all(isinstance(m, Instance) for m in meanings)


def _put_among(syntax: Syntax) -> list[tuple[ast.expr, str, ast.expr]]:
    """What may be arguments, and the names and values that the script gives them."""
    reached = argument_carriers(syntax)
    given = (*_assigned(syntax), *_set(syntax))
    return [each for each in given if each[0] in reached]


def _assigned(syntax: Syntax) -> Iterator[tuple[ast.expr, str, ast.expr]]:
    """Objects, names of attributes or keys, and what these are assigned."""
    for node in syntax.of(ast.Assign):
        for target in node.targets:
            if isinstance(target, (ast.Attribute, ast.Subscript)):
                name = key_of(target)
                if name is not None:
                    yield target.value, name, node.value


def _set(syntax: Syntax) -> Iterator[tuple[ast.expr, str, ast.expr]]:
    """The same for ``setattr``."""
    for node in syntax.named.get("setattr", ()):
        call = syntax.parent[node]
        if isinstance(call, ast.Call) and len(call.args) == 3:
            name = literal(call.args[1])
            if isinstance(name, str):
                yield call.args[0], name, call.args[2]


def _defies(value: ast.expr, flow: Flow, hops: int = HOPS) -> bool:
    """Whether a value may be a module, an iterator or a view of a dict."""
    if isinstance(value, ast.GeneratorExp):
        return True
    if isinstance(value, ast.Name):
        bindings = flow.syntax.bindings(value.id, flow.syntax.scope(value))
        if any(isinstance(b.node, ast.Import) for b in bindings):
            return True
        values = [v for b in bindings for v in flow.given(b)]
    elif isinstance(value, ast.IfExp):
        values = [value.body, value.orelse]
    elif isinstance(value, ast.Subscript):
        return flow.qualified(value.value) == "sys.modules"
    elif isinstance(value, ast.Call):
        if _makes_iterator(value):
            return True
        functions = flow.functions(value.func)
        if any(
            isinstance(n, (ast.Yield, ast.YieldFrom))
            for f in functions
            for n in ast.walk(f)
        ):
            return True
        values = [r.value for f in functions for r in flow.returns(f) if r.value]
    else:
        return False
    return bool(hops) and any(_defies(v, flow, hops - 1) for v in values)


def _makes_iterator(call: ast.Call) -> bool:
    name = name_of(call.func)
    if isinstance(call.func, ast.Attribute):
        return name in IMPORTERS or (name in VIEWS and not call.args)
    return name in IMPORTERS or name in ITERATORS
