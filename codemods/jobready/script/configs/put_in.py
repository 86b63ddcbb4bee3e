"""Dicts that hold every argument for sure, also as ``**kwargs`` of a function.

``def options(config, **given): config.update(given)``, called by
``options(config, **vars(args))``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.arguments.parameter_reads import is_copy, names_copy
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import AS_BOTH, AS_KEYS, ArgumentsDict

MAKERS = AS_KEYS | AS_BOTH
READS = frozenset(("get", "items", "keys", "values"))
HOPS = 4  # dicts that are made of one another


def holds_all(given: ast.expr, flow: Flow, hops: int = HOPS) -> bool:
    """Whether it is a dict of all arguments, from which nothing can be missing.

    The very dict, or one that is made of it and of what it goes before, and only read.
    """
    meanings = flow.meanings(given)
    if meanings and all(isinstance(m, ArgumentsDict) for m in meanings):
        return not is_copy(given) and not names_copy(given, flow)
    if not hops:
        return False
    if isinstance(given, ast.Name):
        bindings = reaching(given, flow.syntax)
        if len(bindings) != 1 or not _is_only_read(given, bindings[0], flow.syntax):
            return False
        made = _splatted(bindings[0], flow) or _assigned(bindings[0])
        return made is not None and holds_all(made, flow, hops - 1)
    return is_made_of_all(given, flow, hops)


def is_made_of_all(made: ast.expr, flow: Flow, hops: int = HOPS) -> bool:
    """Whether it is ``{**config, **vars(args)}`` or ``dict(config, **vars(args))``."""
    last = _last(made, flow)
    return last is not None and holds_all(last, flow, hops - 1)


def _last(made: ast.expr, flow: Flow) -> ast.expr | None:
    """The dict that goes before all others of which a dict is made.

    Two that are given as keywords can't have the same name.
    """
    if isinstance(made, ast.Dict) and made.keys and made.keys[-1] is None:
        return made.values[-1]
    if isinstance(made, ast.Call) and made.keywords and _makes_dict(made.func, flow):
        return made.keywords[-1].value if made.keywords[-1].arg is None else None
    return None


def _makes_dict(called: ast.expr, flow: Flow) -> bool:
    if isinstance(called, ast.Name) and called.id == "dict":
        return flow.syntax.owner("dict", flow.syntax.scope(called)) is None
    return flow.qualified(called) in MAKERS


def _assigned(binding: Binding) -> ast.expr | None:
    """What a name gets by an assignment to it alone."""
    plain = binding.kind == "assign" and binding.index is None
    return binding.value if plain else None


def _splatted(binding: Binding, flow: Flow) -> ast.expr | None:
    """What the one call of a function gives its ``**kwargs``, where nothing takes of it."""
    function = binding.scope.node
    if not isinstance(function, FUNCTIONS) or binding.node is not function.args.kwarg:
        return None
    calls = flow.calls_for(function)
    if len(calls) != 1 or flow.uses.handed_over.get(function):
        return None
    (call,) = calls
    taken = len(function.args.posonlyargs) + len(function.args.args)
    taken -= flow.gives_self(call, function)
    if function.args.kwonlyargs or taken != len(call.args):
        return None
    if any(isinstance(a, ast.Starred) for a in call.args) or len(call.keywords) != 1:
        return None
    return call.keywords[0].value if call.keywords[0].arg is None else None


def _is_only_read(name: ast.Name, binding: Binding, syntax: Syntax) -> bool:
    """Whether a dict is never changed under its name, nor given away."""
    return all(_reads(node, syntax) for node in _uses(name.id, binding, syntax))


def _uses(name: str, binding: Binding, syntax: Syntax) -> Iterator[ast.Name]:
    for node in syntax.named.get(name, ()):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if syntax.owner(name, syntax.scope(node)) is binding.scope:
                yield node


def _reads(node: ast.Name, syntax: Syntax) -> bool:
    """Whether a dict is read by a key here, or put into another as a whole."""
    above = syntax.parent[node]
    if isinstance(above, ast.Attribute):
        call = syntax.parent[above]
        called = isinstance(call, ast.Call) and call.func is above
        return isinstance(above.ctx, ast.Load) and (not called or above.attr in READS)
    if isinstance(above, ast.Subscript):
        return isinstance(above.ctx, ast.Load) and above.value is node
    if isinstance(above, ast.Call) and node in above.args:
        return isinstance(above.func, ast.Attribute) and above.func.attr == "update"
    return isinstance(above, ast.Dict) or (
        isinstance(above, ast.keyword) and above.arg is None
    )
