"""Which nodes of several files one script may get to."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping

from jobready.script.source.scopes import Scope, running
from jobready.script.source.syntax import Node


class Reach:
    """Tells of a node whether the entry script may get to it.

    ``found`` are the functions and modules that run, ``alone`` the nodes that only count
    where their module is the script that is started.
    """

    def __init__(
        self,
        scopes: Mapping[ast.AST, Scope],
        found: set[ast.AST],
        alone: Collection[ast.AST],
    ) -> None:
        self.found = found
        self._scopes = scopes
        self._alone = alone
        self._runs = _Running(found)

    def among(self, nodes: Iterable[Node]) -> list[Node]:
        """Those of the nodes that the entry script may get to."""
        runs, scopes, alone = self._runs, self._scopes, self._alone
        return [n for n in nodes if runs[scopes[n]] and n not in alone]


class _Running(dict[Scope, bool]):
    """By scope: whether what it holds runs."""

    def __init__(self, found: set[ast.AST]) -> None:
        super().__init__()
        self._found = found

    def __missing__(self, scope: Scope) -> bool:
        self[scope] = running(scope) in self._found
        return self[scope]
