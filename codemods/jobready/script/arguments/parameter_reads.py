"""Which parameter an expression gives: the one way to follow a value back to its name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from jobready.script.source.literals import literal
from jobready.script.source.scopes import Binding
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import (
    HOLDER_NAMES,
    Arguments,
    ArgumentsDict,
    Dataclasses,
    Instance,
    Meaning,
    Part,
)
from jobready.script.values.namespace_copies import copied_by

COPIES = frozenset(("asdict", "dict", "copy", "deepcopy")) | HOLDER_NAMES
HOPS = 4  # names that stand for one another, from a value back to a parameter


def parameter_read(node: ast.expr, flow: Flow, hops: int = HOPS) -> str | None:
    """The name in ``args.name``, ``args["name"]`` or ``getattr(args, "name")``.

    Also in what a local name or an attribute of ``self`` stands for: these are followed
    through assignments and calls, so many ``hops`` at most. None where one of the values
    that it may have is another.
    """
    if isinstance(node, ast.Name):
        bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
        values = _given(bindings[0], flow) if len(bindings) == 1 and hops else []
        return _one(values, flow, hops)
    if isinstance(node, ast.Attribute):
        owners = flow.meanings(node.value)
        names = names_in(owners, node.attr)
        if names:
            return names.pop() if len(names) == 1 else None
        kept = [m.definition for m in owners if isinstance(m, Instance)]
        if not hops or len(kept) != len(owners) or not isinstance(node.ctx, ast.Load):
            return None
        return _one([v for o in kept for v in flow.kept(o, node)], flow, hops)
    if isinstance(node, ast.Subscript):
        owners = flow.meanings(node.value)
        key = literal(node.slice)
        held = any(isinstance(m, ArgumentsDict) for m in owners)
        return key if held and isinstance(key, str) else None
    if isinstance(node, ast.Call) and _called(node) == "getattr" and node.args[1:]:
        key = literal(node.args[1])
        given = (Arguments, Part)
        kept_in = [m for m in flow.meanings(node.args[0]) if isinstance(m, given)]
        names = names_in(kept_in, key) if isinstance(key, str) else set()
        return names.pop() if len(names) == 1 else None
    return None


def parameters_read(node: ast.expr, flow: Flow) -> set[str]:
    """The same, with all of several that it may be: a field of two equal dataclasses."""
    if isinstance(node, ast.Attribute):
        names = names_in(flow.meanings(node.value), node.attr)
        if names:
            return names
    read = parameter_read(node, flow)
    return set() if read is None else {read}


def names_in(owners: Iterable[Meaning], attribute: str) -> set[str]:
    """The parameters that an attribute of arguments may be: ``opt.lr`` of those inside."""
    return {
        f"{m.within if isinstance(m, Part) else ''}{attribute}"
        for m in owners
        if isinstance(m, (Arguments, Dataclasses, Part))
    }


def cast_read(node: ast.expr, flow: Flow) -> str | None:
    """The parameter whose number or text is given: ``float(args.lr)``, ``f"{args.lr}"``."""
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        if _called(node) in ("float", "int", "str"):
            return parameter_read(node.args[0], flow)
    if isinstance(node, ast.JoinedStr) and len(node.values) == 1:
        part = node.values[0]
        if isinstance(part, ast.FormattedValue) and part.format_spec is None:
            return parameter_read(part.value, flow)
    return None


def reads_within(node: ast.expr, flow: Flow) -> Iterator[str]:
    """The parameters whose values stand in a collection, or may be what a name has."""
    if isinstance(node, ast.Name):
        bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
        inside = [b.value for b in bindings if b.kind == "assign" and b.index is None]
    elif isinstance(node, ast.Dict):
        inside = list(node.values)
    elif isinstance(node, (ast.List, ast.Tuple)):
        inside = list(node.elts)
    elif isinstance(node, ast.Call) and _called(node) == "dict":
        inside = [k.value for k in node.keywords]
    else:
        return
    for value in inside:
        read = parameter_read(value, flow) if value is not None else None
        if read is not None:
            yield read
        elif value is not None and not isinstance(value, ast.Name):
            yield from reads_within(value, flow)


def _called(call: ast.Call) -> str | None:
    """The plain name that is called."""
    return call.func.id if isinstance(call.func, ast.Name) else None


def _one(values: list[ast.expr], flow: Flow, hops: int) -> str | None:
    names = {parameter_read(v, flow, hops - 1) for v in values}
    return names.pop() if len(names) == 1 else None


def _given(binding: Binding, flow: Flow) -> list[ast.expr]:
    """The expressions that a name gets its value from, also as one of several targets."""
    value, index = binding.value, binding.index
    if binding.kind == "assign" and index is not None:
        if isinstance(value, (ast.Tuple, ast.List)) and index < len(value.elts):
            starred = any(isinstance(e, ast.Starred) for e in value.elts)
            return [] if starred or index < 0 else [value.elts[index]]
        return []
    return flow.given(binding)


def names_copy(node: ast.expr, flow: Flow) -> bool:
    """Whether it is the name of a copy of the arguments, changed without changing them."""
    values: list[ast.expr | None] = []
    if isinstance(node, ast.Name):
        bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
        values += [b.value for b in bindings]
    elif isinstance(node, ast.Attribute):
        owners = flow.meanings(node.value)
        kept = [m.definition for m in owners if isinstance(m, Instance)]
        values += [v for owner in kept for v in flow.kept(owner, node)]
    return any(
        v is not None and (is_copy(v) or _is_copied_by_call(v, flow)) for v in values
    )


def _is_copied_by_call(value: ast.expr, flow: Flow) -> bool:
    """Whether a function of the source makes a dict of the arguments."""
    if not isinstance(value, ast.Call):
        return False
    return copied_by(value, flow.functions(value.func)) is not None


def is_copy(value: ast.expr) -> bool:
    """Whether an expression makes an object of its own, though out of the arguments."""
    if isinstance(value, (ast.Dict, ast.DictComp)):
        return True
    return isinstance(value, ast.Call) and name_of(value.func) in COPIES
