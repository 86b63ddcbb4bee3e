"""Which functions of a program an entry script gets to, by the calls that are seen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.flow import Flow
from jobready.script.functions import FunctionUses
from jobready.script.program import Program
from jobready.script.syntax import COMPREHENSIONS, FUNCTIONS, Scope, Syntax


class Reached:
    """Tells of a node whether the entry script may get to it.

    All of the script itself counts. Of another module what runs when it is imported, and
    the functions and methods that are called, or handed over, from what is reached.
    """

    def __init__(self, program: Program, flow: Flow) -> None:
        self.program = program
        self.flow = flow
        # what runs only where its module is the script that is started
        self.alone = {n for m in program.modules[1:] for n in _alone(m.syntax)}
        callees = self._callees(flow.uses)
        self.found: set[ast.AST] = set()
        self._runs: dict[Scope, bool] = {}  # whether what a scope holds is reached
        waiting: list[ast.AST] = [m.syntax.tree for m in program.modules]
        waiting += program.modules[0].syntax.of(*FUNCTIONS)
        while waiting:
            scope = waiting.pop()
            if scope not in self.found:
                self.found.add(scope)
                waiting += callees.get(scope, ())

    def __call__(self, node: ast.AST) -> bool:
        """Whether the entry script may get to a node."""
        scope = self.program.scopes[node]
        if scope not in self._runs:
            self._runs[scope] = self._running(node).node in self.found
        return self._runs[scope] and node not in self.alone

    def _callees(self, uses: FunctionUses) -> dict[ast.AST, list[ast.AST]]:
        """By the scope that holds the calls: what they call."""
        found: dict[ast.AST, list[ast.AST]] = {}
        for calls in (uses.calls, uses.handed_over):
            for target, places in calls.items():
                reached = list(self._methods(target))
                for call in places:
                    if call not in self.alone and self._names(call, target):
                        found.setdefault(self._running(call).node, []).extend(reached)
        return found

    def _names(self, call: ast.AST, target: ast.AST) -> bool:
        """Whether a call by attribute, ``module.init()``, leads to a function for sure.

        Those of methods count by their name alone, since objects are not followed.
        """
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return True
        if not isinstance(self.program.parent[target], ast.Module):
            return True
        return target in self.flow.functions(call.func) or isinstance(target, ast.ClassDef)

    def _methods(self, target: ast.AST) -> Iterator[ast.AST]:
        """A function; of a class each method, since others may call them."""
        yield target
        if isinstance(target, ast.ClassDef):
            yield from (n for n in target.body if isinstance(n, FUNCTIONS))

    def _running(self, node: ast.AST) -> Scope:
        scope = self.program.scopes[node]
        while scope.parent is not None and isinstance(
            scope.node, (*COMPREHENSIONS, ast.Lambda, ast.ClassDef)
        ):
            scope = scope.parent
        return scope


def _alone(module: Syntax) -> Iterator[ast.AST]:
    """What a module only does where it is the script that is started."""
    if module.mentions("__main__"):
        for node in module.of(ast.If):
            if "__main__" in ast.unparse(node.test):
                yield from ast.walk(node)
