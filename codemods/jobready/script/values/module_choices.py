"""Which modules may be loaded by a name that is put together, and what they define.

``module = importlib.import_module(f"own.{name}")``: one of each name that the source tells,
or of those that are in the folder where only a run tells it.
"""

from __future__ import annotations

import ast

from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.source.syntax import LOADERS, Syntax
from jobready.script.values.definitions import Definitions, is_absence
from jobready.script.values.functions import name_of
from jobready.script.values.loaded_modules import Loaded, names_loaded
from jobready.script.values.told_texts import UNTOLD, Words, keeps_its_words


class ModuleChoices(Definitions):
    """Answers, for one file or program, what is of a module that only a run picks."""

    def __init__(self, syntax: Syntax) -> None:
        super().__init__(syntax)
        self._loaded: dict[ast.expr, Loaded | None] = {}

    def loaded_modules(self, node: ast.expr) -> Loaded | None:
        """The modules of which ``node`` is one, loaded by a name that is put together.

        None for what is none, or is known by its dotted name.
        """
        may_be = isinstance(node, ast.Name) and node.id in self.syntax.imported
        if isinstance(node, ast.Call):
            may_be = name_of(node.func) in LOADERS
        if not may_be:
            return None  # most expressions: not worth a look at what binds them
        if node not in self._loaded:
            self._loaded[node] = self._load(node)
        return self._loaded[node]

    def _load(self, node: ast.expr) -> Loaded | None:
        if isinstance(node, ast.Call):
            calls, every = [node], True
        elif isinstance(node, ast.Name) and self.qualified(node) is None:
            bindings = self.bindings_of(node)
            given = [b for b in bindings if b.kind in ("assign", "walrus")]
            values = [b.value for b in given if b.index is None]
            calls = [v for v in values if isinstance(v, ast.Call)]
            absent = [b for b in bindings if is_absence(b)]
            every = len(calls) + len(absent) == len(bindings)
        else:
            return None
        words = Words(self._all_bound, lambda name: keeps_its_words(name, self.syntax))
        found: list[tuple[str, ast.AST]] = []
        for call in calls:
            loads = self.qualified(call.func) == "importlib.import_module"
            names = names_loaded(call, words) if loads else []
            if not names:
                every = False
            for name in names:
                every = every and UNTOLD not in name
                like = self.syntax.modules_like(name, call) if UNTOLD in name else [name]
                found += [(each, call) for each in like]
        return Loaded(tuple(found), every) if found else None

    def _all_bound(self, node: ast.Name | ast.Attribute) -> list[Binding]:
        if isinstance(node, ast.Name):
            return self.bindings_of(node)
        return self.members(node) or []

    def defined_in(
        self, node: ast.Attribute
    ) -> list[Function | ast.ClassDef | None] | None:
        """What ``module.name`` may be of modules that are loaded by a put-together name.

        Their functions and classes; None stands for what can't be told. There is nothing of
        a module without the name, which can't be called there.
        """
        modules = self.loaded_modules(node.value)
        if modules is None:
            return None
        found: list[Function | ast.ClassDef | None] = []
        for dotted, at in modules.each:
            if self.syntax.lacks(dotted, node.attr, at):
                continue
            bindings = self.syntax.member(dotted, node.attr, at) or []
            defined = bindings[0].node if len(bindings) == 1 else None
            shown = isinstance(defined, (*FUNCTIONS, ast.ClassDef))
            found.append(defined if shown else None)  # type: ignore[arg-type]
        return list(dict.fromkeys(found if modules.every else [*found, None]))
