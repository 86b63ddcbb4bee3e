"""The syntax tree of a file with what ``ast`` leaves out: parents, scopes, places."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, overload

from jobready.script.source.children import FIELDS, children
from jobready.script.source.place import Place
from jobready.script.source.scopes import (
    BINDS,
    COMPREHENSIONS,
    FUNCTIONS,
    OPENS,
    Binding,
    Function,
    Scope,
    enter_bindings,
    module_of,
    opened,
)

# What has variables that nothing outside of it sees.
HAVE_VARIABLES = (*FUNCTIONS, ast.Lambda, *COMPREHENSIONS)
# How a name is bound to what another name stands for elsewhere, too.
BROUGHT = frozenset(("import", "definition"))
# What gives a module by its name.
LOADERS = frozenset(("import_module", "__import__"))

Node = TypeVar("Node", bound=ast.AST)
Other = TypeVar("Other", bound=ast.AST)
Third = TypeVar("Third", bound=ast.AST)


class Syntax:
    """One parsed file.

    ``nodes`` holds every node in the order of the source, less contexts and operators;
    ``parent`` and ``scope`` map a node to the node it stands in and to the scope in which
    its names are looked up. ``file`` is the path to show, None for the script at hand.
    """

    def __init__(self, text: str, tree: ast.Module, file: str | None = None) -> None:
        self.text = text
        self.tree = tree
        self.file = file
        self.parent: dict[ast.AST, ast.AST] = {}
        self.scopes: dict[ast.AST, Scope] = {}
        self.module = Scope(tree, None)
        self.nodes: list[ast.AST] = []
        self.carried: dict[str, Any] = {}  # kept for `carriers`
        self._variables: dict[str, dict[ast.AST | None, list[ast.AST]]] = {}
        self._of: dict[tuple[type[ast.AST], ...], list[ast.AST]] = {}
        self._places: dict[type[ast.AST], list[int]] = {}  # in `nodes`, by kind
        self._line_starts: list[str] | None = None
        self.levels = 0  # of nodes one in the other, less those for the parameters
        self._walk()

    @overload
    def of(self, kind: type[Node], /) -> list[Node]: ...

    @overload
    def of(self, kind: type[Node], other: type[Other], /) -> list[Node | Other]: ...

    @overload
    def of(
        self, kind: type[Node], other: type[Other], third: type[Third], /
    ) -> list[Node | Other | Third]: ...

    def of(self, *kinds: type[ast.AST]) -> list[Any]:
        """The nodes of some kinds, in the order of the source."""
        found = self._of.get(kinds)
        if found is None:
            found = self._of[kinds] = self._read_kinds(kinds)
        return found

    def _read_kinds(self, kinds: tuple[type[ast.AST], ...]) -> list[ast.AST]:
        places = [self._places[kind] for kind in kinds if kind in self._places]
        return [self.nodes[i] for i in sorted(chain.from_iterable(places))]

    @cached_property
    def imported(self) -> frozenset[str]:
        """The names that may stand for a module or for what one holds, in any scope.

        Those that an import binds, ``importlib.import_module``, or a function that is asked
        for ``wandb``; ``*`` is one of them where a star import may bring others.
        """
        imports = self.of(ast.Import, ast.ImportFrom)
        names = {a.asname or a.name.partition(".")[0] for i in imports for a in i.names}
        for node in self.of(ast.Assign, ast.AnnAssign, ast.NamedExpr):
            if isinstance(node.value, ast.Call) and _loads_module(node.value):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names |= {t.id for t in targets if isinstance(t, ast.Name)}
        return frozenset(names)

    @cached_property
    def named(self) -> Mapping[str, list[ast.AST]]:
        """By each name the ``Name`` and ``Attribute`` nodes that have it."""
        return self._read_named()

    def variable(self, name: str, local_to: ast.AST | None) -> list[ast.AST]:
        """Where a variable of a function or comprehension is named, also further inside.

        With None: where the name may be that of an attribute, or of what a module has.
        """
        by_owner = self._variables.get(name)
        if by_owner is None:
            by_owner = self._variables[name] = {}
            for node in self.named.get(name, ()):
                for owner in self._owners(node):
                    by_owner.setdefault(owner, []).append(node)
        return by_owner.get(local_to, [])

    def _owners(self, node: ast.AST) -> tuple[ast.AST | None, ...]:
        """What a name is a variable of; None where it may be one of a module too."""
        if not isinstance(node, ast.Name):
            return (None,)
        owner = self.owner(node.id, self.scopes[node])
        if owner is None or not isinstance(owner.node, HAVE_VARIABLES):
            return (None,)
        brought = any(b.kind in BROUGHT for b in owner.bindings[node.id])
        return (owner.node, None) if brought else (owner.node,)

    @cached_property
    def functions(self) -> dict[str | None, list[Function]]:
        """By its name each function, and by that of a class its methods."""
        return self._read_functions()

    @cached_property
    def alone(self) -> frozenset[ast.AST]:
        """What only runs where the file is the script that is started."""
        if not self.mentions("__main__"):
            return frozenset()
        guards = (n for n in self.of(ast.If) if _is_main(n.test))
        parts = (part for guard in guards for part in (guard.test, *guard.body))
        return frozenset(inner for part in parts for inner in ast.walk(part))

    def _read_named(self) -> Mapping[str, list[ast.AST]]:
        found: dict[str, list[ast.AST]] = {}
        for node in self.of(ast.Name, ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            found.setdefault(name, []).append(node)
        return found

    def _read_functions(self) -> dict[str | None, list[Function]]:
        found: dict[str | None, list[Function]] = {}
        for node in self.of(*FUNCTIONS, ast.ClassDef):
            if isinstance(node, FUNCTIONS):
                found.setdefault(node.name, []).append(node)
            else:
                methods = [m for m in node.body if isinstance(m, FUNCTIONS)]
                found.setdefault(node.name, []).extend(methods)
        return found

    def scope(self, node: ast.AST) -> Scope:
        """The scope in which the names of ``node`` are looked up."""
        return self.scopes[node]

    def part_of(self, node: ast.AST) -> Syntax:
        """The file that a node is part of."""
        return self

    @property
    def files(self) -> tuple[Syntax, ...]:
        """The files that it is of, each as a whole."""
        return (self,)

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the source."""
        return word in self.text

    def is_told(self, node: ast.AST) -> bool:
        """Whether a node is of another file that is known to start the run."""
        return False

    @property
    def defers_annotations(self) -> bool:
        """Whether the file has ``from __future__ import annotations``."""
        return any(
            isinstance(s, ast.ImportFrom)
            and s.module == "__future__"
            and any(a.name == "annotations" for a in s.names)
            for s in self.tree.body
        )

    def place(self, node: ast.AST) -> Place:
        """Where ``node`` starts; columns count code points."""
        return self._place(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))

    def end(self, node: ast.expr | ast.stmt) -> Place:
        """The place behind the last character of ``node``."""
        return self._place(node.end_lineno or 1, node.end_col_offset or 0)

    def _place(self, line: int, offset: int) -> Place:
        # ast counts the bytes of a line in UTF-8
        lines = self._source_lines()
        source = lines[line - 1] if line <= len(lines) else ""
        if source.isascii():
            return Place(line, offset + 1, self.file)
        before = source.encode("utf-8", "surrogatepass")[:offset]
        return Place(line, len(before.decode("utf-8", "replace")) + 1, self.file)

    def begins_line(self, statement: ast.stmt) -> bool:
        """Whether nothing stands before a statement of this file on its line."""
        line = self._source_lines()[statement.lineno - 1]
        return not line[: statement.col_offset].strip()

    def source(self, node: ast.AST) -> str:
        """The text of ``node`` on one line."""
        return ast.unparse(node)

    def statement(self, node: ast.AST) -> ast.stmt:
        """The innermost statement that ``node`` is part of."""
        while not isinstance(node, ast.stmt):
            node = self.parent[node]
        return node

    def put_at(self, made: Node, at: ast.AST) -> Node:
        """What is made up, as if it stood where a node does."""
        self.parent[made], self.scopes[made] = self.parent[at], self.scope(at)
        return ast.copy_location(made, at)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around ``node``, innermost first."""
        while node in self.parent:
            node = self.parent[node]
            yield node

    def owner(self, name: str, scope: Scope) -> Scope | None:
        """The scope whose binding of ``name`` is seen from ``scope``; None: a builtin."""
        start: Scope | None = scope
        if name in scope.globals:
            module = module_of(scope)
            return module if name in module.bindings else None
        if name in scope.nonlocals:
            start = scope.parent
        here = start
        while here is not None:
            visible = not here.is_class or here is scope
            if visible and name in here.bindings and name not in here.globals:
                return here
            if visible and name in here.globals:
                module = module_of(here)
                return module if name in module.bindings else None
            here = here.parent
        return None

    def bindings(self, name: str, scope: Scope) -> list[Binding]:
        """All that binds ``name`` as seen from ``scope``; empty for a builtin."""
        owner = self.owner(name, scope)
        return owner.bindings[name] if owner is not None else []

    def resolved(self, bindings: list[Binding]) -> list[Binding]:
        """The bindings, with what an import leads to in its place; here it leads away."""
        return bindings

    def by_star(self, name: str, scope: Scope) -> list[Binding]:
        """What a star import binds a name to; here that is not followed."""
        return []

    def member(self, dotted: str, name: str, node: ast.AST) -> list[Binding] | None:
        """What a module binds a name to, None for a module that is not followed."""
        return None

    def names_in(self, dotted: str, node: ast.AST) -> list[str]:
        """The names that a module binds; none for one that is not followed."""
        return []

    def lacks(self, dotted: str, name: str, node: ast.AST) -> bool:
        """Whether a module that is followed surely has nothing of a name."""
        return False

    def modules_like(self, dotted: str, node: ast.AST) -> list[str]:
        """The modules of that name, where ``*`` is any text; none that isn't followed."""
        return []

    def names(self) -> set[str]:
        """Every name that the file binds or uses anywhere."""
        used = {n.id for n in self.of(ast.Name)}
        return used.union(*(scope.bindings for scope in set(self.scopes.values())))

    def _source_lines(self) -> list[str]:
        # ast counts lines by \n, \r\n and \r alone; str.splitlines knows more.
        if self._line_starts is None:
            text = self.text.replace("\r\n", "\n").replace("\r", "\n")
            self._line_starts = text.split("\n")
        return self._line_starts

    def _walk(self) -> None:
        module, parent, scopes = self.module, self.parent, self.scopes
        nodes = self.nodes
        places: defaultdict[type[ast.AST], list[int]] = defaultdict(list)
        scopes[self.tree] = module
        stack: list[ast.AST | None] = [self.tree]
        level = 0
        while stack:
            node = stack.pop()
            if node is None:  # what is inside of another has been gone through
                level -= 1
                continue
            kind = type(node)
            places[kind].append(len(nodes))
            nodes.append(node)
            if kind in BINDS:
                enter_bindings(node, scopes[node], module)
            if not FIELDS[kind]:
                continue
            scope = scopes[node]
            if kind in OPENS:
                inner = opened(node, scope, scopes)
                for child in inner:
                    parent[child] = node
            else:
                inner = children(node)
                for child in inner:
                    scopes[child] = scope
                    parent[child] = node
            if inner:
                level += 1
                if level > self.levels:
                    self.levels = level
                stack.append(None)
                inner.reverse()
                stack += inner
        self._places = dict(places)


def _is_main(test: ast.expr) -> bool:
    """Whether a test holds only in the script: no ``__name__ != "__main__"``, no ``or``."""
    text = ast.unparse(test)
    return "__main__" in text and not any(w in text for w in ("!=", "not ", " or "))


def _loads_module(call: ast.Call) -> bool:
    """Whether it may be ``importlib.import_module``, ``__import__`` or like one."""
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in LOADERS or asks_for_wandb(call)


def asks_for_wandb(call: ast.Call) -> bool:
    """Whether all that a call gives is the name: ``require("wandb")``."""
    given = call.args[0] if len(call.args) == 1 else None
    return isinstance(given, ast.Constant) and given.value == "wandb"
