"""Which functions there are, and what their calls give their parameters."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Iterator

from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.values.functions import (
    argument_for,
    class_of_self,
    default_of,
    is_method,
)
from jobready.script.values.meanings import ArgumentsDict, Foreign, Meaning, Meanings
from jobready.script.values.objects import Objects
from jobready.script.values.parser_classes import is_super


class GivenValues(Objects):
    """Answers, for one file or program, which functions are named and called with what.

    Where they are called, and what expressions stand for, `Flow` answers.
    """

    @abstractmethod
    def self_of(self, owner: ast.ClassDef, method: ast.AST) -> Meanings:
        """What a method of a class calls self."""

    def function(self, node: ast.expr) -> Function | None:
        """The function of this file that ``node`` names, if it is one and only one."""
        found = self.functions(node)
        return found[0] if len(found) == 1 else None

    def functions(self, node: ast.expr) -> list[Function]:
        """The functions of this file that ``node`` may be: a method and its overrides."""
        if isinstance(node, ast.Name):
            return _functions(self.bindings_of(node))
        if not isinstance(node, ast.Attribute):
            return []
        members = self.members(node)
        if members is not None:
            return _functions(members)
        owners = self.classes(node.value)
        if not self.is_exact(node.value):  # an object may be one of a derived class
            owners = [heir for owner in owners for heir in self.kinds(owner)]
        methods = (self.inherited(owner, node.attr) for owner in owners)
        return list(dict.fromkeys(m for m in methods if m is not None))

    def own_methods(self, node: ast.Attribute) -> tuple[int, int]:
        """Of how many objects that ``node`` may be a method of the source shows it."""
        owners = self.classes(node.value)
        shown = [o for o in owners if self.inherited(o, node.attr) is not None]
        every = len(owners) if is_super(node.value) else len(self.meanings(node.value))
        return len(shown), max(every, len(owners))

    def returns(self, function: Function) -> list[ast.Return]:
        """The return statements of a function, those of inner functions left out."""
        return self.uses.returns.get(function, [])

    def parameter(self, binding: Binding) -> Meanings:
        """What the calls in this file give for a parameter of a function."""
        owner = class_of_self(binding, self.syntax)
        if owner is not None:
            return self.self_of(owner, binding.scope.node)
        function = binding.scope.node
        if not isinstance(function, FUNCTIONS) or not isinstance(binding.node, ast.arg):
            return frozenset({Foreign(binding.node)})
        if binding.node in (function.args.vararg, function.args.kwarg):
            return frozenset({Foreign(binding.node)})
        found: set[Meaning] = set()
        default = default_of(function, binding.node)
        calls = self.calls_for(function)
        for call in calls:
            value = self.given_for(call, function, binding.node)
            if value is not None:
                found |= self.meanings(value)
            elif default is not None:
                found |= self.meanings(default)
        found |= self._handed_over(function, binding.node)
        if not found and not calls:
            if default is not None:
                return self.meanings(default)
            found.add(Foreign(binding.node))
        return frozenset(found)

    def given(self, binding: Binding) -> list[ast.expr]:
        """The expressions that a name gets its value from; none where not all are seen."""
        if binding.kind == "assign" and binding.index is None and binding.value is not None:
            return [binding.value]
        function = binding.scope.node
        if not isinstance(function, FUNCTIONS) or not isinstance(binding.node, ast.arg):
            return []
        if binding.node in (function.args.vararg, function.args.kwarg):
            return []
        if self.uses.handed_over.get(function):
            return []
        found = [
            self.given_for(call, function, binding.node)
            or self._splatted(call, binding.name)
            for call in self.calls_for(function)
        ]
        known = [value for value in found if value is not None]
        return known if len(known) == len(found) else []

    def given_by_calls(self, function: Function, parameter: ast.arg) -> Iterator[ast.expr]:
        """What the calls of a function give a parameter, as far as it is seen."""
        for call in self.calls_for(function):
            value = self.given_for(call, function, parameter)
            if value is not None:
                yield value

    def given_for(
        self, call: ast.Call, function: Function, parameter: ast.arg
    ) -> ast.expr | None:
        """What a call of a function gives a parameter; None where nothing is seen."""
        positional = [*function.args.posonlyargs, *function.args.args]
        return argument_for(call, parameter, positional, self.gives_self(call, function))

    def gives_self(self, call: ast.Call, function: Function) -> bool:
        """Whether the first parameter is the object that the method is called on.

        In ``Base.setup(self, parser)`` it is given like any other.
        """
        if not is_method(function, self.syntax):
            return False
        through = call.func.value if isinstance(call.func, ast.Attribute) else None
        by_class = through is not None and self.definition(through) is not None
        return not by_class or any(
            ast.unparse(d) == "classmethod" for d in function.decorator_list
        )

    def _splatted(self, call: ast.Call, name: str) -> ast.expr | None:
        """What ``main(**vars(args))`` gives for a parameter: ``vars(args)["lr"]``."""
        given = [k.value for k in call.keywords if k.arg is None]
        if len(given) != 1:
            return None
        found = self.meanings(given[0])
        if not found or not all(isinstance(m, ArgumentsDict) for m in found):
            return None
        return ast.Subscript(given[0], ast.Constant(name), ast.Load())

    def calls_for(self, function: Function) -> list[ast.Call]:
        """The calls that run a function: of ``__init__`` those of its class too.

        And those of the classes that inherit it.
        """
        calls = self.uses.calls.get(function, [])
        owner = self.syntax.parent.get(function)
        if isinstance(owner, ast.ClassDef) and function.name == "__init__":
            for heir in self.heirs(owner):
                if heir is owner or self.inherited(heir, "__init__") is function:
                    calls = calls + self.uses.calls.get(heir, [])
        return calls

    def _handed_over(self, function: Function, parameter: ast.arg) -> Meanings:
        """Values for a function given to a starter: ``spawn(f, args=(…))``, ``Process``."""
        values = self.handed_values(function, parameter)
        return frozenset().union(*(self.meanings(v) for v in values))

    def handed_values(self, function: Function, parameter: ast.arg) -> list[ast.expr]:
        """The expressions that a starter of a function is given for a parameter of it."""
        positional = [*function.args.posonlyargs, *function.args.args]
        if parameter not in positional:
            return []
        found = []
        for node in self.uses.handed_over.get(function, []):
            words = next((k.value for k in node.keywords if k.arg == "args"), None)
            starter = (self.qualified(node.func) or ast.unparse(node.func)).rpartition(".")[
                2
            ]
            if words is None and starter == "spawn" and len(node.args) > 1:
                words = node.args[1]
            offset = 1 if starter == "spawn" else 0  # the rank comes first
            index = positional.index(parameter) - offset
            if isinstance(words, (ast.Tuple, ast.List)) and 0 <= index < len(words.elts):
                found.append(words.elts[index])
        return found


def _functions(bindings: list[Binding]) -> list[Function]:
    """The one function that a name is bound to, where it is bound to nothing else."""
    node = bindings[0].node if len(bindings) == 1 else None
    defined = isinstance(node, FUNCTIONS) and bindings[0].kind == "definition"
    return [node] if defined and isinstance(node, FUNCTIONS) else []
