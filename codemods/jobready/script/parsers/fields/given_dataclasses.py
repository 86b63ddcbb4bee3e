"""Which dataclasses HfArgumentParser is given, through names and parameters of functions.

``types = (Model, Training)``, or ``def parse(types): HfArgumentParser(types)`` of a module
that the script calls as ``parse((Model, Training))``.
"""

from __future__ import annotations

import ast

from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of, unpacks
from jobready.script.values.only_called import is_only_called

HOPS = 4  # names and functions, from the parser back to what names the classes


def given_dataclasses(call: ast.Call, syntax: Syntax, flow: Flow) -> list[ast.expr]:
    """The expressions that name the dataclasses, one each.

    Where it can't be told which they are, the one that the parser is given for all.
    """
    given = next((k.value for k in call.keywords if k.arg == "dataclass_types"), None)
    given = call.args[0] if call.args else given
    if given is None:
        return []
    found = _Trail(call, syntax, flow).follow(given)
    if found is None:
        return [given]
    return found.elts if isinstance(found, (ast.Tuple, ast.List)) else [found]


class _Trail:
    """Goes back from what a parser is given to what spells it out."""

    def __init__(self, call: ast.Call, syntax: Syntax, flow: Flow) -> None:
        self._syntax = syntax
        self._flow = flow
        self._calls = {call}
        self._bindings: list[Binding] = []

    def follow(self, node: ast.expr, hops: int = HOPS) -> ast.expr | None:
        """A tuple, a list, or one class; None where it isn't one expression for sure."""
        if isinstance(node, ast.Tuple):
            return node
        if isinstance(node, ast.List):
            return node if all(map(self._only_reads, self._bindings)) else None
        if isinstance(node, ast.Attribute) or self._flow.definition(node) is not None:
            return node
        if not isinstance(node, ast.Name):
            return None
        bindings = self._syntax.resolved(reaching(node, self._syntax))
        if len(bindings) != 1 or not hops:
            return None
        (binding,) = bindings
        if binding.kind in ("import", "definition"):
            return node
        self._bindings.append(binding)
        value = self._value(binding)
        return None if value is None else self.follow(value, hops - 1)

    def _value(self, binding: Binding) -> ast.expr | None:
        """The one expression that a name has its value from."""
        if binding.kind == "assign" and binding.index is None:
            return binding.value
        function, parameter = binding.scope.node, binding.node
        if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
            return None
        if parameter in (function.args.vararg, function.args.kwarg):
            return None
        calls = self._flow.calls_for(function)
        if len(calls) != 1 or not is_only_called(function, self._flow):
            return None
        (call,) = calls
        if unpacks(call):
            return None
        self._calls.add(call)
        value = self._flow.given_for(call, function, parameter)
        return default_of(function, parameter) if value is None else value

    def _only_reads(self, binding: Binding) -> bool:
        """Whether a list that has a name is given on, and nothing else is done to it."""
        for node in self._syntax.named.get(binding.name, ()):
            if isinstance(node, ast.Attribute):
                if binding in (self._flow.members(node) or ()):
                    return False
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if binding not in self._flow.bindings_of(node):
                    continue
                holder = self._syntax.parent[node]
                if isinstance(holder, ast.keyword):
                    holder = self._syntax.parent[holder]
                if holder not in self._calls:
                    return False
        return True
