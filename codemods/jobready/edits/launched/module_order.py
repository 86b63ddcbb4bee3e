"""The order in which a module runs: what is bound when, and where new lines can stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jobready.edits.writing.text import Lines
from jobready.script.model import Script
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# What a module does in one go: a compound statement, or the simple ones that `;` joins,
# between which no line can be put.
Step = tuple[ast.stmt, ...]
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)


@dataclass(frozen=True)
class Bound:
    """A module that the file has: its name there, and the step that binds it for sure."""

    name: str
    step: int


class ModuleOrder:
    """A module as the steps that it runs one after the other.

    ``top`` is the first step that a line may be put above: the docstring and imports from
    ``__future__`` stay where they are.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._syntax: Syntax = script.syntax
        self.steps = tuple(_steps(self._syntax))
        self._step_of = {s: i for i, step in enumerate(self.steps) for s in step}
        self.top = next(
            (i for i, step in enumerate(self.steps) if not _stays_on_top(i, step)),
            len(self.steps),
        )

    @cached_property
    def first_parse(self) -> int:
        """The first step that may parse, one behind the last where none does.

        It parses itself, or names a function or class of the file through which a parse
        is reached.
        """
        waiting: list[ast.AST] = [p.call for p in self._script.parses]
        seen: set[ast.AST] = set()
        first = len(self.steps)
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            function = self._runs_in(node)
            if function is None:
                first = min(first, self.step(node))
                continue
            if function.decorator_list:
                waiting.append(function)  # its decorator may call it at once
            waiting += self._names_of(function)
        return first

    def bound(self, module: str) -> Bound | None:
        """The name that stands for a module whenever a parse is reached, if one does.

        Any function may use it from then on: nothing in the file gives it another meaning.
        """
        for name, imported in self._modules.items():
            if imported == module:
                steps = [
                    self._step_of[b.node]
                    for b in self._syntax.module.bindings[name]
                    if isinstance(b.node, ast.stmt) and b.node in self._step_of
                ]
                if steps and min(steps) < self.first_parse:
                    return Bound(name, min(steps))
        return None

    def stands_only_for(self, module: str, name: str) -> bool:
        """Whether everything that binds a name of the module imports this module."""
        if name not in self._syntax.module.bindings:
            return True
        return self._modules.get(name) == module

    @cached_property
    def _modules(self) -> dict[str, str]:
        """What everything that binds a name of the module imports, by that name."""
        flow: Flow = self._script.flow
        found = {}
        for name, bindings in self._syntax.module.bindings.items():
            imported = {flow.imported(b) for b in bindings}
            only = imported.pop()
            if only is not None and not imported:
                found[name] = only
        return found

    def function_step(self) -> int:
        """Before which step a function goes that names argparse and serves the parses.

        Where argparse is bound, above the first definition, or behind the imports where
        the module itself makes its parser before there is one.
        """
        argparse = self.bound("argparse")
        behind = self.top
        if argparse is not None:
            behind = max(behind, argparse.step + 1)
        else:  # it will be imported where the file imports parts of it, or above
            for index in range(self.top, self.first_parse):
                if any(_takes_from(s, "argparse") for s in self.steps[index]):
                    behind = index + 1
                    break
        for index in range(behind, self.first_parse):
            step = self.steps[index]
            if isinstance(step[0], DEFINITIONS):
                return index
            if _imports(step):
                behind = index + 1
            elif index in self._makes_parser:
                return behind
        return behind

    def import_step(self) -> int:
        """Before which step an import goes that the parses need: behind the others."""
        last = self.function_step()
        imports = [i for i in range(self.top, last) if _imports(self.steps[i])]
        return imports[-1] + 1 if imports else self.top

    def step(self, node: ast.AST) -> int:
        """The step that a node is in."""
        statement = self._syntax.statement(node)
        while statement not in self._step_of:
            statement = self._syntax.statement(self._syntax.parent[statement])
        return self._step_of[statement]

    def start(self, index: int) -> ast.stmt | None:
        """The statement that a step begins with; None behind the last."""
        return self.steps[index][0] if index < len(self.steps) else None

    @cached_property
    def _makes_parser(self) -> set[int]:
        """The steps with a parser in them, or that only a script goes through."""
        here = self._syntax.parent  # a parser may be made in another file
        found = {self.step(m.call) for m in self._script.parsers if m.call in here}
        for index, step in enumerate(self.steps):
            if isinstance(step[0], ast.If) and "__main__" in ast.unparse(step[0].test):
                found.add(index)
        return found

    def _runs_in(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The function that must be called for a node to run; None where the module does.

        A class body runs where it stands, and a lambda is taken to.
        """
        scope = self._syntax.scope(node)
        while scope.parent is not None:
            if isinstance(scope.node, FUNCTIONS):
                return scope.node
            scope = scope.parent
        return None

    def _names_of(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.AST]:
        """Where a function is named; for a method, it or its class."""
        named = self._syntax.named
        owner = self._syntax.parent[function]
        if not isinstance(owner, ast.ClassDef):
            return [n for n in named.get(function.name, ()) if isinstance(n, ast.Name)]
        methods = [n for n in named.get(function.name, ()) if isinstance(n, ast.Attribute)]
        return [*methods, *named.get(owner.name, ())]


def _steps(syntax: Syntax) -> Iterator[Step]:
    if ";" not in syntax.text:
        yield from ((statement,) for statement in syntax.tree.body)
        return
    lines = Lines(syntax.text)
    step: list[ast.stmt] = []
    for statement in syntax.tree.body:
        if step:
            start = lines.offset(syntax.end(step[-1]))
            between = syntax.text[start : lines.offset(syntax.place(statement))]
            if not between.lstrip(" \t\f\\\r\n").startswith(";"):
                yield tuple(step)
                step = []
        step.append(statement)
    if step:
        yield tuple(step)


def _stays_on_top(index: int, step: Step) -> bool:
    first = step[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return index == 0 and isinstance(first.value.value, str)
    return isinstance(first, ast.ImportFrom) and first.module == "__future__"


def _imports(step: Step) -> bool:
    """Whether a step does nothing but import, guarded or not."""
    first = step[0]
    if isinstance(first, ast.Try):
        return any(isinstance(s, (ast.Import, ast.ImportFrom)) for s in first.body)
    members = first.body if isinstance(first, ast.If) else step
    return all(isinstance(s, (ast.Import, ast.ImportFrom)) for s in members)


def _takes_from(statement: ast.stmt, module: str) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == module
