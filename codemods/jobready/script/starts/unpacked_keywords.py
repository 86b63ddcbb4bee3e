"""The keywords that a dict surely gives a call: ``TrainingArguments(**keywords)``.

Where the script makes the dict in one place, each key that gets one value, on every way to
the call, is as good as a keyword of the call itself.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.script.configs.keyword_items import or_nothing
from jobready.script.configs.set_on import surely_before
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import CHANGES, ONLY_READ, display
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.given_away import call_given

HOPS = 4  # names that stand for one another, from a call back to where a dict is made
# A key, where it stands, and what it gets.
Given = tuple[str, ast.expr, ast.expr]


@dataclass(frozen=True)
class Unpacked:
    """The keys that such a dict has ``always``, and those it has only ``sometimes``."""

    always: tuple[Given, ...] = ()
    sometimes: tuple[Given, ...] = ()


def unpacked_keywords(
    unpacked: ast.expr, call: ast.Call, syntax: Syntax, flow: Flow
) -> Unpacked | None:
    """The keys that a call gets by ``**unpacked``; None where it can't be told."""
    names: dict[str, None] = {}
    made = _makes(unpacked, flow, names)
    if made is None or len(made) != 1:
        return None
    (origin,) = made
    items = display(origin) or []
    found = [(literal(key), key, value) for key, value in items if key is not None]
    if len(found) < len(items) or not all(isinstance(key, str) for key, _, _ in found):
        return None
    every: list[Given] = [(str(key), node, value) for key, node, value in found]
    made_with = [node for _, node, _ in every]
    waiting = list(names)
    for name in (n for called in waiting for n in _reads(called, syntax)):
        if name is unpacked or origin not in (_makes(name, flow) or ()):
            continue
        stored, parameter = _stored(name, syntax), _followed(name, flow)
        if stored is not None:
            every.append(stored)
        elif parameter is not None:
            waiting += [parameter.name] if parameter.name not in waiting else []
        elif not _is_left(name, flow):
            return None
    times = Counter(key for key, _, _ in every)
    always = tuple(
        (key, node, value)
        for key, node, value in every
        if times[key] == 1
        if node in made_with or surely_before(syntax.statement(node), call, syntax, flow)
    )
    return Unpacked(always, tuple(given for given in every if given not in always))


def _reads(name: str, syntax: Syntax) -> Iterator[ast.Name]:
    for node in syntax.named.get(name, ()):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node


def _makes(
    kept: ast.expr, flow: Flow, names: dict[str, None] | None = None
) -> set[ast.expr] | None:
    """The displays that a name stands for; None where it may be something else.

    Less one that stands in for a dict that isn't given: ``if keywords is None: …``. The
    names on the way back to them are added to ``names``.
    """
    found: set[ast.expr] = set()
    seen: set[Binding] = set()
    waiting = [(kept, HOPS)]
    while waiting:
        given, hops = waiting.pop()
        node = or_nothing(given)
        if display(node) is not None:
            found.add(node)
            continue
        if not isinstance(node, ast.Name) or not hops:
            return None
        if names is not None:
            names[node.id] = None
        bindings = reaching(node, flow.syntax)
        if not bindings:
            return None
        for binding in bindings:
            if binding in seen or (len(bindings) > 1 and _stands_in(binding, flow)):
                continue
            seen.add(binding)
            values = flow.given(binding)
            if not values:
                return None
            waiting += [(value, hops - 1) for value in values]
    return found


def _stands_in(binding: Binding, flow: Flow) -> bool:
    """Whether it is ``if keywords is None: keywords = {}``."""
    if binding.kind != "assign" or binding.value is None or binding.index is not None:
        return False
    above = flow.syntax.parent[flow.syntax.statement(binding.node)]
    return (
        isinstance(above, ast.If)
        and display(binding.value) == []
        and ast.unparse(above.test) == f"{binding.name} is None"
    )


def _stored(name: ast.Name, syntax: Syntax) -> Given | None:
    """The key in ``keywords["lr"] = value``."""
    item = syntax.parent[name]
    if not isinstance(item, ast.Subscript) or item.value is not name:
        return None
    holder, key = syntax.parent[item], literal(item.slice)
    if not isinstance(holder, ast.Assign) or holder.targets != [item]:
        return None
    return (key, item.slice, holder.value) if isinstance(key, str) else None


def _is_left(name: ast.Name, flow: Flow) -> bool:
    """Whether a dict stays as it is there, and has no other name."""
    above = flow.syntax.parent[name]
    if isinstance(above, ast.Subscript):
        return isinstance(above.ctx, ast.Load) and above.value is name
    if isinstance(above, ast.Attribute):
        return above.attr not in CHANGES and not above.attr.startswith("__")
    if isinstance(above, ast.keyword) and above.arg is None:
        return True  # a copy
    call = call_given(name, flow)
    reads = call is not None and name_of(call.func) in ONLY_READ
    return reads or isinstance(above, (ast.Compare, ast.If))


def _followed(name: ast.Name, flow: Flow) -> Binding | None:
    """The parameter that a dict has in a function of the script, if it has no other."""
    call = call_given(name, flow)
    functions = [] if call is None else flow.functions(call.func)
    if len(functions) != 1:
        return None
    bindings = flow.syntax.scope(functions[0].body[0]).bindings.values()
    parameters = (b for each in bindings for b in each if b.kind == "parameter")
    return next((p for p in parameters if flow.given(p) == [name]), None)
