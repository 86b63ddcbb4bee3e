"""An entry script with the modules of its repository that its values pass through.

To whoever asks, a `Program` is one syntax tree: the nodes, scopes and parents of all its
files, with imports that lead to what they name. What only other entry scripts reach (a
function that nobody calls from here, a module's own ``if __name__ == "__main__"``) is left
out by `keep`, as `reached` tells.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from jobready.script.files.reach import Reach
from jobready.script.source.place import Place
from jobready.script.source.scopes import Binding, Function, Scope, module_of
from jobready.script.source.syntax import Node, Syntax

Value = TypeVar("Value")
# What may bind names in a module that nothing in it spells.
BINDS_MORE = ("globals(", "vars(", "setattr(", "exec(", "__dict__")
# By file: its imports of others, under the names that they have there.
Imports = Mapping[Syntax, Mapping[str, Syntax]]
# The same for the modules of the repository that are not followed.
Others = Mapping[Syntax, Mapping[str, Path]]


class Program(Syntax):
    """The files that an entry script and its values pass through, as one syntax tree."""

    def __init__(
        self,
        modules: Sequence[Syntax],
        imports: Imports,
        others: Others | None = None,
        told: frozenset[Syntax] = frozenset(),
        asked: frozenset[Path] = frozenset(),
    ) -> None:
        self.modules = tuple(modules)
        entry = self.modules[0]
        self.text, self.tree, self.module = entry.text, entry.tree, entry.module
        self.file = None
        self.carried = {}
        self._variables = {}
        self._imports = imports
        self.others: Others = others or {}
        self.told = told  # the files that are known to start its run
        self.asked = asked  # those that were asked for, wherever they are imported
        self.reach: Reach | None = None  # what is kept; None for all
        self._of = {}
        self._line_starts = None
        self._by_tree: Mapping[ast.AST, Syntax] = {m.tree: m for m in self.modules}

    def keep(self, reach: Reach) -> None:
        """Leave out the nodes that the entry script doesn't get to."""
        self.reach = reach
        self._of = {}
        self.carried = {}
        self._variables = {}
        for name in ("nodes", "imported", "named", "functions"):
            self.__dict__.pop(name, None)

    @cached_property
    def parent(self) -> dict[ast.AST, ast.AST]:  # type: ignore[override]
        """By node, of whatever file: the node that it stands in."""
        return _merged(m.parent for m in self.modules)

    @cached_property
    def scopes(self) -> dict[ast.AST, Scope]:  # type: ignore[override]
        """By node, of whatever file: the scope in which its names are looked up."""
        return _merged(m.scopes for m in self.modules)

    @cached_property
    def nodes(self) -> list[ast.AST]:  # type: ignore[override]
        """Every node that is kept, file by file."""
        return _kept((m.nodes for m in self.modules), self.reach)

    @cached_property
    def alone(self) -> frozenset[ast.AST]:
        """What its modules only do where they are the script that is started."""
        return frozenset().union(*(m.alone for m in self.modules[1:]))

    def part_of(self, node: ast.AST) -> Syntax:
        """The file that a node is part of."""
        return self._by_tree[module_of(self.scopes[node]).node]

    def file_of(self, binding: Binding) -> Syntax:
        """The file that a binding is part of."""
        return self._by_tree[module_of(binding.scope).node]

    @property
    def files(self) -> tuple[Syntax, ...]:
        """The files that it is of, each with what is left out."""
        return self.modules

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the source of a file."""
        return any(m.mentions(word) for m in self.modules)

    def is_told(self, node: ast.AST) -> bool:
        """Whether a node is of a file that is known to start its run."""
        return self.part_of(node) in self.told

    def place(self, node: ast.AST) -> Place:
        """Where ``node`` starts, and in which file."""
        return self.part_of(node).place(node)

    def end(self, node: ast.expr | ast.stmt) -> Place:
        """The place behind the last character of ``node``."""
        return self.part_of(node).end(node)

    def member(self, dotted: str, name: str, node: ast.AST) -> list[Binding] | None:
        """What a module binds a name to, None for a module that is not followed.

        ``dotted`` is the module's name in the file that ``node`` is part of.
        """
        module = self._imports[self.part_of(node)].get(dotted)
        return None if module is None else self._bound_in(module, name, frozenset())

    def names_in(self, dotted: str, node: ast.AST) -> list[str]:
        """The names that a module binds; none for one that is not followed.

        ``dotted`` is the module's name in the file that ``node`` is part of.
        """
        module = self._imports[self.part_of(node)].get(dotted)
        return [] if module is None else list(module.module.bindings)

    def lacks(self, dotted: str, name: str, node: ast.AST) -> bool:
        """Whether a module that is followed surely has nothing of a name.

        ``dotted`` is the module's name in the file that ``node`` is part of.
        """
        module = self._imports[self.part_of(node)].get(dotted)
        if module is None or {name, "__getattr__"} & module.module.bindings.keys():
            return False
        return "*" not in module.imported and not any(map(module.mentions, BINDS_MORE))

    def modules_like(self, dotted: str, node: ast.AST) -> list[str]:
        """The modules of that name, where ``*`` is any text without a dot.

        As they are called in the file that ``node`` is part of.
        """
        wanted = re.compile(re.escape(dotted).replace(r"\*", "[^.]+"))
        return [n for n in self._imports[self.part_of(node)] if wanted.fullmatch(n)]

    def _read_functions(self) -> dict[str | None, list[Function]]:
        # a function has the names that imports give it too
        found = super()._read_functions()
        for name, other in self._aliases:
            if name in found:
                found[other] = [*found.get(other, ()), *found[name]]
        return found

    def _read_kinds(self, kinds: tuple[type[ast.AST], ...]) -> list[ast.AST]:
        return _kept((m.of(*kinds) for m in self.modules), self.reach)

    def _read_named(self) -> Mapping[str, list[ast.AST]]:
        names: dict[str, list[str]] = {}
        for name, other in self._aliases:
            names[name] = [*names.get(name, (name,)), *names.get(other, (other,))]
        return _Named(self.modules, self.reach, names)

    @property
    def _aliases(self) -> list[tuple[str, str]]:
        imports = self.of(ast.ImportFrom)
        return [(a.name, a.asname) for i in imports for a in i.names if a.asname]

    def resolved(self, bindings: list[Binding]) -> list[Binding]:
        """The bindings, with those that an import leads to in place of the import."""
        found: list[Binding] = []
        for binding in bindings:
            followed = self._followed(binding, frozenset())
            found += [binding] if followed is None else followed
        return found

    def by_star(self, name: str, scope: Scope) -> list[Binding]:
        """What binds a name that only a star import can have brought into a file."""
        holder = self._by_tree[module_of(scope).node]
        return self._from_stars(name, holder, frozenset())

    def _followed(self, binding: Binding, seen: frozenset[Binding]) -> list[Binding] | None:
        """What an import binds its name to; None where it leads out of the program."""
        node = binding.node
        if binding.kind != "import" or binding in seen:
            return None
        if not isinstance(node, ast.ImportFrom):
            return None
        for alias in node.names:
            if (alias.asname or alias.name) == binding.name:
                module = self._imports[self.file_of(binding)].get(dotted_name(node))
                if module is None:
                    return None
                return self._bound_in(module, alias.name, seen | {binding})
        return None

    def _bound_in(
        self, module: Syntax, name: str, seen: frozenset[Binding]
    ) -> list[Binding] | None:
        """What a module binds a name to, by way of what it imports itself."""
        raw = module.module.bindings.get(name)
        if not raw:
            return self._from_stars(name, module, seen) or None
        found: list[Binding] = []
        for binding in raw:
            followed = self._followed(binding, seen)
            found += [binding] if followed is None else followed
        return found

    def _from_stars(
        self, name: str, holder: Syntax, seen: frozenset[Binding]
    ) -> list[Binding]:
        for module in self._starred[holder]:
            found = self._bound_in(module, name, seen)
            if found:
                return found
        return []

    @cached_property
    def _starred(self) -> dict[Syntax, list[Syntax]]:
        """By file the others that it takes all names of."""
        return {
            holder: [
                module
                for node in holder.of(ast.ImportFrom)
                if any(a.name == "*" for a in node.names)
                for module in [imports.get(dotted_name(node))]
                if module is not None and module is not holder
            ]
            for holder, imports in self._imports.items()
        }


class _Named(Mapping[str, list[ast.AST]]):
    """The nodes that have a name in a program, or one that an import gives it.

    They are brought together when they are asked for, which few names are: the files
    that many scripts share keep their own.
    """

    def __init__(
        self,
        modules: Sequence[Syntax],
        reach: Reach | None,
        names: Mapping[str, list[str]],
    ) -> None:
        self._modules = modules
        self._reach = reach
        self._names = names
        self._found: dict[str, list[ast.AST]] = {}

    def __getitem__(self, name: str) -> list[ast.AST]:
        if name not in self._found:
            names = self._names.get(name, (name,))
            nodes = (m.named.get(n, ()) for n in names for m in self._modules)
            self._found[name] = _kept(nodes, self._reach)
        if not self._found[name]:
            raise KeyError(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        every = {name for m in self._modules for name in m.named}
        return (name for name in (every | set(self._names)) if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _merged(maps: Iterable[Mapping[ast.AST, Value]]) -> dict[ast.AST, Value]:
    """One mapping for all files."""
    found: dict[ast.AST, Value] = {}
    for each in maps:
        found.update(each)
    return found


def _kept(nodes: Iterable[Iterable[Node]], reach: Reach | None) -> list[Node]:
    """The nodes, as they come from file after file, that the script gets to."""
    every = chain.from_iterable(nodes)
    return list(every) if reach is None else reach.among(every)


def dotted_name(node: ast.ImportFrom) -> str:
    """The module of ``from module import …``, with a dot for each level."""
    return "." * node.level + (node.module or "")
