"""Which functions an entry script may get to, by the names alone of what is called.

A first and cheap answer, for what a module calls is read once for all scripts that import
it: it shows of most scripts that they start no run, and of others it leaves out most of
what `reached` would have to look at.
"""

from __future__ import annotations

import ast

from jobready.script.files.calls import Calls, calls_in, calls_when_imported, starting
from jobready.script.files.program import Program
from jobready.script.files.reach import Reach
from jobready.script.files.reached import with_methods
from jobready.script.source.scopes import FUNCTIONS, Binding
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import method_of, name_of


class ReachedByNames:
    """What an entry script may get to, whatever the objects are whose methods it calls.

    ``found`` holds all functions that `reach` finds. ``starts`` and ``parses`` tell whether
    any of them may start a run, or parse.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.found: set[ast.AST] = set()
        self.starts = self.parses = False
        self._names: set[tuple[str, str]] = set()
        self._bindings: set[Binding] = set()
        self._heirs: set[ast.ClassDef] = set()
        self._waiting: list[tuple[ast.AST, Syntax]] = []
        entry = program.modules[0]
        own = calls_in(entry)
        for module in program.modules:
            self._add(module.tree, module)
        for function in entry.of(*FUNCTIONS):
            self._add(function, entry)
        for module in program.told:
            for node in starting(module):
                self._add(node, module)
        while self._waiting:
            node, module = self._waiting.pop()
            calls = own if module is entry else calls_when_imported(module)
            if node in calls:
                self._follow(calls[node], module)

    def reach(self) -> Reach:
        """The same, to be asked of each node."""
        return Reach(self.program.scopes, self.found, self.program.alone)

    def _follow(self, calls: Calls, module: Syntax) -> None:
        self.starts |= calls.starts
        self.parses |= calls.parses
        for node in calls.definitions:
            self._add(node, module)
        for binding in calls.imports - self._bindings:
            self._bindings.add(binding)
            self._add_bound([binding])
        for name in calls.unbound:
            self._add_bound(self.program.by_star(name, module.module))
        for name in calls.members:
            if ("member", name) not in self._names:
                self._names.add(("member", name))
                for each in self.program.modules:
                    self._add_bound(each.module.bindings.get(name, []))
        for name in calls.methods:
            if ("method", name) not in self._names:
                self._names.add(("method", name))
                for each in self.program.modules:
                    for function in each.functions.get(name, ()):
                        if isinstance(each.parent[function], ast.ClassDef):
                            self._add(function, each)

    def _add_bound(self, bindings: list[Binding]) -> None:
        for binding in self.program.resolved(bindings):
            if binding.kind == "definition":
                self._add(binding.node, self.program.file_of(binding))

    def _add_inherited(self, owner: ast.ClassDef, module: Syntax) -> None:
        """Add the ``__init__`` that a class has from another."""
        if method_of(owner, "__init__") is not None or owner in self._heirs:
            return
        self._heirs.add(owner)
        for base in owner.bases:
            if isinstance(base, ast.Name):
                bound = module.bindings(base.id, module.scope(base))
                bound = bound or self.program.by_star(base.id, module.module)
            else:
                every = (m.module.bindings for m in self.program.modules)
                bound = [b for of in every for b in of.get(name_of(base) or "", ())]
            for binding in self.program.resolved(bound):
                if isinstance(binding.node, ast.ClassDef):
                    file = self.program.file_of(binding)
                    made = method_of(binding.node, "__init__")
                    if made is not None:
                        self._add(made, file)
                    else:
                        self._add_inherited(binding.node, file)

    def _add(self, node: ast.AST, module: Syntax) -> None:
        if isinstance(node, ast.ClassDef):
            self._add_inherited(node, module)
        for each in with_methods(node):
            if each not in self.found:
                self.found.add(each)
                self._waiting.append((each, module))
