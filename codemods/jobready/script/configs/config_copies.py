"""The copies of the arguments that a run's config is made of."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.arguments.parameter_reads import names_copy
from jobready.script.configs.keyword_items import or_nothing
from jobready.script.configs.set_on import object_of
from jobready.script.source.literals import literal
from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.handed_over import handed_over
from jobready.script.values.meanings import Instance
from jobready.script.values.shown_apart import shown_apart

HOPS = 3  # functions that return what others return


def is_filtered(node: ast.expr, syntax: Syntax) -> bool:
    """Whether a condition decides what a copy of the arguments holds."""
    values: list[ast.expr | None] = [node]
    if isinstance(node, ast.Name):
        values = [b.value for b in syntax.bindings(node.id, syntax.scope(node))]
    parts = (n for v in values if v is not None for n in ast.walk(v))
    made = (n for n in parts if isinstance(n, ast.DictComp))
    return any(generator.ifs for n in made for generator in n.generators)


def excluded_names(copy: ast.expr, flow: Flow) -> frozenset[str]:
    """The names that a copy of the arguments leaves out: ``… if k != "device"``.

    Also where a function is given the copy, by each of its calls.
    """
    found: list[frozenset[str]] = []
    seen: set[Binding] = set()
    waiting = [(copy, HOPS)]
    while waiting:
        given, hops = waiting.pop()
        node = or_nothing(given)
        if isinstance(node, ast.DictComp):
            tests = [test for generator in node.generators for test in generator.ifs]
            apart = shown_apart(node)
            key = node.key if apart is None else ast.Name("k")  # of ``f"args/{k}"``
            names = [_excluded(test, key) for test in tests]
            own = frozenset().union(*names) if all(names) else frozenset()
            found.append(own | _not_handed_over(apart, flow))
            continue
        if isinstance(node, ast.Call):
            found.append(_not_handed_over(node, flow))
            continue
        if not isinstance(node, ast.Name) or not hops:
            return frozenset()
        bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
        new = [b for b in bindings if b not in seen]
        if not bindings or not all(map(flow.given, new)):
            return frozenset()
        seen.update(new)
        waiting += [(value, hops - 1) for b in new for value in flow.given(b)]
    return frozenset.intersection(*found) if found else frozenset()


def _not_handed_over(taken: ast.expr | None, flow: Flow) -> frozenset[str]:
    """The names that are left out of what the environment takes to a run."""
    left = handed_over(taken, flow.syntax) if isinstance(taken, ast.Call) else []
    names = [excluded_names(values, flow) for values in left]
    return frozenset.intersection(*names) if names else frozenset()


def _excluded(test: ast.expr, key: ast.expr) -> frozenset[str]:
    """The names in ``key != "device"`` or ``key not in ("device", "rank")``."""
    if not isinstance(test, ast.Compare) or ast.unparse(test.left) != ast.unparse(key):
        return frozenset()
    if len(test.ops) != 1 or not isinstance(test.ops[0], (ast.NotEq, ast.NotIn)):
        return frozenset()
    one = isinstance(test.ops[0], ast.NotEq)
    known = literal(test.comparators[0])
    names = [known] if one else known if isinstance(known, (list, tuple, set)) else []
    return frozenset(n for n in names if isinstance(n, str))


def copies_of(
    node: ast.expr, flow: Flow, hops: int = HOPS
) -> Iterator[ast.Name | ast.Attribute]:
    """The names of copies of the arguments, also those in functions that return one."""
    values: list[ast.expr] = []
    held = object_of(node, flow)
    if held is not node:
        values = [held]  # vars(copied)
    elif isinstance(node, (ast.Name, ast.Attribute)) and names_copy(node, flow):
        yield node
    elif isinstance(node, ast.Name):
        bindings = flow.syntax.bindings(node.id, flow.syntax.scope(node))
        values = [b.value for b in bindings if isinstance(b.value, ast.Call)]
        values += [v for b in bindings if b.kind == "parameter" for v in flow.given(b)]
    elif isinstance(node, ast.Call):
        returned = (r.value for f in flow.functions(node.func) for r in flow.returns(f))
        values = [v for v in returned if v is not None]
    elif isinstance(node, ast.Attribute):
        owners = [
            m.definition for m in flow.meanings(node.value) if isinstance(m, Instance)
        ]
        values = [v for owner in owners for v in flow.computed(owner, node)]
    for value in values if hops else ():
        yield from copies_of(value, flow, hops - 1)


def sources_of(node: ast.expr, syntax: Syntax) -> Iterator[ast.Name]:
    """The dicts that the arguments are made of anew: ``args = Namespace(**changed)``."""
    if isinstance(node, ast.Call) and name_of(node.func) == "vars" and node.args:
        node = node.args[0]
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        made = [b.value for b in bindings if isinstance(b.value, ast.Call)]
        for call in (v for v in made if name_of(v.func) == "Namespace"):
            given = (k.value for k in call.keywords if k.arg is None)
            yield from (v for v in given if isinstance(v, ast.Name))
