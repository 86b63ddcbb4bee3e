"""What is done with the values that are told to stand on the command line.

A clone gives all values of a run's page by words, so that all of them seem to be given.
That is the same where these are only laid over settings that are loaded, name by name, or
shown. Whatever else a script does with them may go by what is among them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from jobready.script.arguments.given_loops import (
    SHOWS,
    keeps_given,
    laid_by,
    only_shows,
    pruned,
)
from jobready.script.arguments.kept_names import kept_as, says_elsewhere
from jobready.script.source.scopes import FUNCTIONS, Scope
from jobready.script.source.syntax import Syntax
from jobready.script.values.called import functions_of, taken_as
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.only_called import is_only_called

LISTS = frozenset(("list", "sorted", "tuple"))


@dataclass(frozen=True)
class LaidOver:
    """A statement that lays what is given over what a name stands for."""

    statement: ast.stmt
    target: ast.Name


@dataclass
class GivenUses:
    """Follows what is given, from the parse of a copy that tells it.

    ``laid`` is what it is laid over, ``kept`` the attributes of the arguments that keep it,
    and ``strange`` are the uses that may decide something.
    """

    syntax: Syntax
    flow: Flow
    laid: list[LaidOver] = field(default_factory=list)
    kept: list[ast.Attribute] = field(default_factory=list)
    strange: list[ast.AST] = field(default_factory=list)
    _seen: set[ast.AST] = field(default_factory=set)
    _pruned: list[ast.Name] = field(default_factory=list)

    def all_of(self, parses: Iterable[ast.Call]) -> None:
        """See all that is done with what these parses tell."""
        for parse in parses:
            self.follow(parse)
        self.strange += [held for held in self._pruned if held not in self._seen]

    def follow(self, node: ast.expr) -> None:
        """Go on to what is done with an expression that holds what is given."""
        if node in self._seen:
            return
        self._seen.add(node)
        parent = self.syntax.parent[node]
        match parent:
            case ast.Assign(targets=[ast.Name() as name], value=value) if value is node:
                self._named(name)
            case ast.Assign(value=value) if value is node and kept_as(parent, self.flow):
                self._kept(parent)
            case ast.Return():
                self._returned(parent)
            case ast.Attribute(attr="__dict__"):
                self.follow(parent)
            case ast.Attribute(attr="items" | "keys"):
                call = self.syntax.parent[parent]
                self._gone_through(call if isinstance(call, ast.Call) else parent)
            case ast.For(iter=each) | ast.comprehension(iter=each) if each is node:
                self._gone_through(node)
            case ast.Subscript(value=held) if held is node and self._is_pruned(parent):
                pass
            case ast.Call() if parent.func is not node:
                self._given(parent, node)
            case ast.keyword():
                call = self.syntax.parent[parent]
                if isinstance(call, ast.Call) and parent.arg is not None:
                    self._given(call, node)
                else:
                    self.strange.append(node)
            case _:
                self.strange.append(node)

    def _named(self, name: ast.Name) -> None:
        """Go on to the reads of a name, where all of them are seen."""
        owner = self.syntax.owner(name.id, self.syntax.scope(name))
        modules = [part.tree for part in self.syntax.files]
        if owner is None or owner.node in modules[1:]:  # which others may import
            self.strange.append(name)
        else:
            self._read(name.id, owner)

    def _read(self, name: str, owner: Scope) -> None:
        """Go on to the reads of a variable that stands for nothing else."""
        bindings = owner.bindings[name]
        if len(bindings) != 1:
            self.strange.append(bindings[-1].node)
            return
        for node in self.syntax.named.get(name, ()):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if self.syntax.owner(name, self.syntax.scope(node)) is owner:
                    self.follow(node)

    def _kept(self, statement: ast.Assign) -> None:
        """Go on to the reads of an attribute of the arguments, in whole files."""
        kept = kept_as(statement, self.flow)
        assert kept is not None
        self.kept.append(kept)
        named = [n for part in self.syntax.files for n in part.named.get(kept.attr, ())]
        reads = [n for n in named if isinstance(n, ast.Attribute)]
        reads = [n for n in reads if isinstance(n.ctx, ast.Load)]
        if says_elsewhere(kept.attr, [kept, *reads], self.syntax):
            self.strange.append(kept)
        for read in reads:
            self.follow(read)

    def _returned(self, statement: ast.Return) -> None:
        function = self.syntax.scope(statement).node
        if (
            not isinstance(function, FUNCTIONS)
            or function.decorator_list
            or not is_only_called(function, self.flow)
        ):
            self.strange.append(statement)
            return
        for call in self.flow.calls_for(function):
            self.follow(call)

    def _given(self, call: ast.Call, node: ast.expr) -> None:
        """Go on to what a call does with what is given: it shows it, or is followed."""
        name = name_of(call.func)
        alone = call.args == [node] and not call.keywords
        statement = self.syntax.parent[call]
        functions = functions_of(call, self.flow)
        if name in SHOWS and isinstance(statement, ast.Expr) and not functions:
            return
        if isinstance(call.func, ast.Name) and name in (*LISTS, "dict", "vars") and alone:
            if self.syntax.owner(name, self.syntax.scope(call)) is None:
                self.follow(call)
                return
        if name in ("getattr", "delattr") and self._is_pruned(call):
            return
        match call.func:
            case ast.Attribute(value=ast.Name() as target, attr="update"):
                if alone and isinstance(statement, ast.Expr):
                    self.laid.append(LaidOver(statement, target))
                    return
        for function in functions:
            taking = taken_as(node, call, function, self.flow)
            for parameter in taking:
                self._read(parameter.arg, self.syntax.scope(function.body[0]))
            if not taking:
                self.strange.append(node)
        if not functions:
            self.strange.append(node)

    def _gone_through(self, items: ast.AST) -> None:
        """See what a loop through what is given does."""
        above = self.syntax.parent[items]
        while isinstance(above, ast.Call) and name_of(above.func) in LISTS:
            items, above = above, self.syntax.parent[above]
        if isinstance(above, ast.For) and above.iter is items:
            target, held = laid_by(above), pruned(above)
            if target is not None:
                self.laid.append(LaidOver(above, target))
            elif held is not None:
                self._pruned.append(held)
            elif not only_shows(above.body):
                self.strange.append(items)
        elif keeps_given(made := self.syntax.parent[above]):
            assert isinstance(made, ast.DictComp)
            self.follow(made)
        else:
            self.strange.append(items)

    def _is_pruned(self, node: ast.AST) -> bool:
        """Whether a value is only looked up to take it out where it is None."""
        loops = (a for a in self.syntax.ancestors(node) if isinstance(a, ast.For))
        loop = next(loops, None)
        return loop is not None and pruned(loop) is not None
