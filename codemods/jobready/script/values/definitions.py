"""What names are bound to: modules that are imported, functions and classes of the source.

As far as imports and definitions tell, whatever values are passed on; those are for `Flow`.
"""

from __future__ import annotations

import ast
from functools import cached_property

from jobready.script.source.scopes import Binding, Function, Scope
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import method_of
from jobready.script.values.kept_wandb import is_given_wandb, kept_wandb
from jobready.script.values.loaded_modules import asked_for, gives_module, loaded
from jobready.script.values.namesakes import in_place_of, is_namesake
from jobready.script.values.parser_classes import (
    LIBRARIES,
    LIBRARY_NAMES,
    ParserClass,
    is_super,
)

# Modules that are known by name where a star import may bring them.
BY_STAR = frozenset(("wandb", "argparse"))
IMPORT_FAILED = frozenset(("ImportError", "ModuleNotFoundError", "Exception"))


class Definitions:
    """Answers, for one file or program, what is imported and defined under a name."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self._qualified: dict[tuple[Scope, str], str | None] = {}
        self._bound_to: dict[tuple[Scope, str], list[Binding]] = {}
        self._heirs: dict[ast.ClassDef, list[ast.ClassDef]] | None = None
        self._parser_classes: dict[ast.ClassDef, ParserClass | None] = {}

    def qualified(self, node: ast.expr) -> str | None:
        """The dotted name of what is imported: ``wandb.init``, ``argparse.ArgumentParser``.

        A name that is imported in one branch and set to None in another (the guard for
        an optional import) counts as imported, and so do ``wandb`` and ``argparse`` where
        they can only come from a star import.
        """
        base = node
        while isinstance(base, ast.Attribute):
            base = base.value
        if not isinstance(base, ast.Name):
            return None
        imported = self.syntax.imported
        if base.id not in imported and not (base.id in BY_STAR and "*" in imported):
            # most names: not worth a look at what binds them
            if base.id != "self" or base is node:
                return None
            first, *others = _attributes(node)
            return ".".join(("wandb", *others)) if first in self._kept_wandb else None
        key = self.syntax.scope(base), base.id  # what is imported has no order
        if key not in self._qualified:
            self._qualified[key] = self._imported_as(base)
        module = self._qualified[key]
        if is_namesake(base, self.syntax):  # class A(A), of which another is meant
            module = self._imported_as(base)
        return ".".join((module, *_attributes(node))) if module else None

    @cached_property
    def _kept_wandb(self) -> frozenset[str]:
        """The attributes of objects that hold the module: ``self._wandb = wandb``."""
        return kept_wandb(self.syntax)

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """By the dotted name of what is imported: its calls, in the order of the source."""
        found: dict[str, list[ast.Call]] = {}
        for call in self.syntax.of(ast.Call):
            name = self.qualified(call.func)
            if name is not None:
                found.setdefault(name, []).append(call)
        return found

    def _imported_as(self, node: ast.Name) -> str | None:
        """The dotted name of what is imported under a name."""
        bindings = self.bindings_of(node)
        if not bindings:
            return node.id if node.id in BY_STAR and self.imports_star else None
        if node.id == "wandb" and all(is_given_wandb(b, self.syntax) for b in bindings):
            return "wandb"
        found = set()
        if len(bindings) > 1:  # what stands in for a module that isn't there is not it
            bindings = [b for b in bindings if not self._is_fallback(b)] or bindings
        for binding in bindings:
            name = self._loaded_as(binding)
            if name is not None:
                found.add(name)
            elif not is_absence(binding):
                return None
        return found.pop() if len(found) == 1 else None

    def _loaded_as(self, binding: Binding) -> str | None:
        """The dotted name of what a binding imports, or loads by its name."""
        if binding.kind == "import":
            return _imported(binding)
        asked = asked_for(binding)
        if asked is not None and gives_module(self.bindings_of(asked[0])):
            return asked[1]
        return loaded(binding)

    def _is_fallback(self, binding: Binding) -> bool:
        """Whether it is bound where an import has failed."""
        for ancestor in self.syntax.ancestors(binding.node):
            if isinstance(ancestor, ast.ExceptHandler):
                caught = ast.unparse(ancestor.type) if ancestor.type else "Exception"
                return caught.rpartition(".")[2] in IMPORT_FAILED or "ImportE" in caught
        return False

    @cached_property
    def imports_star(self) -> bool:
        """Whether names may come from ``from x import *``."""
        imports = self.syntax.of(ast.ImportFrom)
        return any(a.name == "*" for node in imports for a in node.names)

    def imported(self, binding: Binding) -> str | None:
        """The dotted name of what a binding imports, None for one of another kind."""
        return _imported(binding) if binding.kind == "import" else None

    def bindings_of(self, node: ast.Name) -> list[Binding]:
        """All that binds a name where it is read, imports followed."""
        scope, name = self.syntax.scope(node), node.id
        if (scope, name) not in self._bound_to:
            found = self.syntax.resolved(self.syntax.bindings(name, scope))
            found = list(dict.fromkeys(found))  # two imports may bring the same
            self._bound_to[scope, name] = found or self.syntax.by_star(name, scope)
        return in_place_of(self._bound_to[scope, name], node, self.syntax)

    def members(self, node: ast.Attribute) -> list[Binding] | None:
        """What binds ``name`` in ``module.name``, None where that isn't followed."""
        dotted = self.qualified(node.value)
        found = None if dotted is None else self.syntax.member(dotted, node.attr, node)
        return None if found is None else in_place_of(found, node, self.syntax)

    def read_at(self, name: str, node: ast.expr) -> ast.expr:
        """A read of a name, or an attribute of one, where ``node`` is."""
        first, *attributes = name.split(".")
        read: ast.expr = ast.copy_location(ast.Name(first, ast.Load()), node)
        for attribute in (None, *attributes):
            if attribute is not None:
                held = ast.Attribute(read, attribute, ast.Load())
                read = ast.copy_location(held, node)
            self.syntax.parent[read] = node
            self.syntax.scopes[read] = self.syntax.scope(node)
        return read

    def definition(self, node: ast.expr) -> ast.ClassDef | None:
        """The class that ``node`` names, where the source shows it."""
        if isinstance(node, ast.Name) and node.id in self._class_names:
            return class_bound(self.bindings_of(node))
        if isinstance(node, ast.Attribute) and node.attr in self._class_names:
            return class_bound(self.members(node) or [])
        return None

    @cached_property
    def _class_names(self) -> frozenset[str]:
        """The names that a class may have: most calls have another and are no question."""
        own = {node.name for node in self.syntax.of(ast.ClassDef)}
        imports = self.syntax.of(ast.ImportFrom)
        return frozenset(own | {a.asname for i in imports for a in i.names if a.asname})

    def parser_class(self, node: ast.expr) -> ParserClass | None:
        """The class of parsers that ``node`` names; None where it names something else."""
        if isinstance(node, ast.Attribute) and node.attr not in LIBRARY_NAMES:
            name = None  # most calls: not worth a look at what is imported
        else:
            name = self.qualified(node)
        if name in LIBRARIES:
            return ParserClass(name)
        owner = self.definition(node)
        return None if owner is None else self.parser_class_of(owner)

    def parser_class_of(self, owner: ast.ClassDef) -> ParserClass | None:
        """The same for a class of the script's own."""
        if owner not in self._parser_classes:
            own = self.lineage(owner)
            names = (self.qualified(base) for each in own for base in each.bases)
            library = next((name for name in names if name in LIBRARIES), None)
            made = None if library is None else ParserClass(library, tuple(own))
            self._parser_classes[owner] = made
        return self._parser_classes[owner]

    def inherited(self, owner: ast.ClassDef, name: str) -> Function | None:
        """The method that a class has of that name, its own or inherited."""
        for each in self.lineage(owner):
            method = method_of(each, name)
            if method is not None:
                return method
        return None

    def lineage(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The class and those it is made of, as far as the source shows them."""
        found: list[ast.ClassDef] = []
        waiting = [owner]
        while waiting:
            each = waiting.pop(0)
            if each not in found:
                found.append(each)
                bases = map(self.definition, each.bases)
                waiting += [base for base in bases if base is not None]
        return found

    def heirs(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The class and those that are made of it, in this file."""
        if self._heirs is None:
            self._heirs = {}
            for each in self.syntax.of(ast.ClassDef):
                for base in self.lineage(each):
                    self._heirs.setdefault(base, []).append(each)
        return self._heirs.get(owner, [])

    def kinds(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The class and those derived from it, but for a parser: what made it is known."""
        return [owner] if self.parser_class_of(owner) is not None else self.heirs(owner)

    def bases_at(self, node: ast.AST) -> list[ast.ClassDef]:
        """The classes that ``super()`` stands for where it is called."""
        for ancestor in self.syntax.ancestors(node):
            if isinstance(ancestor, ast.ClassDef):
                found = map(self.definition, ancestor.bases)
                return [base for base in found if base is not None]
        return []

    def is_exact(self, node: ast.expr) -> bool:
        """Whether it names the class that has a method: ``Base.fit``, ``super().fit``."""
        if is_super(node):
            return True
        return isinstance(node, (ast.Name, ast.Attribute)) and bool(self.definition(node))


def _attributes(node: ast.expr) -> list[str]:
    """The attributes in ``name.first.second``, in their order."""
    found: list[str] = []
    while isinstance(node, ast.Attribute):
        found.insert(0, node.attr)
        node = node.value
    return found


def class_bound(bindings: list[Binding]) -> ast.ClassDef | None:
    """The class that a name is bound to, where it is bound to nothing else."""
    node = bindings[0].node if len(bindings) == 1 else None
    return node if isinstance(node, ast.ClassDef) else None


def _imported(binding: Binding) -> str:
    node = binding.node
    assert isinstance(node, (ast.Import, ast.ImportFrom))
    for alias in node.names:
        if (alias.asname or alias.name.partition(".")[0]) == binding.name:
            if isinstance(node, ast.Import):
                return alias.name if alias.asname else alias.name.partition(".")[0]
            module = f"{'.' * node.level}{node.module or ''}"
            return f"{module}{'' if module.endswith('.') else '.'}{alias.name}"
    return binding.name


def is_absence(binding: Binding) -> bool:
    """Whether the name is set to None or False here: an import that failed."""
    value = binding.value
    return isinstance(value, ast.Constant) and value.value in (None, False)
