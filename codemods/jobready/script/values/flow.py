"""What an expression stands for: a parser, its parsed arguments, a run, a config.

A value flow that follows names, attributes of ``self``, parameters of functions that the
file calls itself and what they return. Where a name is bound several times, it stands for
all that it may have been bound to (`reaching`).
"""

from __future__ import annotations

import ast
from functools import cached_property

from jobready.script.source.reaching import is_plain_statement, reaching
from jobready.script.source.scopes import FUNCTIONS, Binding, module_of
from jobready.script.source.syntax import Syntax
from jobready.script.values.call_results import CallResults
from jobready.script.values.dataclass_parts import (
    filled_as,
    parts_named,
    parts_of,
    parts_within,
)
from jobready.script.values.elements import looped_over
from jobready.script.values.functions import (
    FunctionUses,
    calls_from,
    uses_of_names,
    with_uses_of_methods,
)
from jobready.script.values.meanings import (
    NOTHING,
    Arguments,
    ArgumentsDict,
    Dataclasses,
    Foreign,
    Instance,
    KnownAndRest,
    Meaning,
    Meanings,
    Parser,
    Rest,
    Run,
    RunConfig,
    as_dict,
)
from jobready.script.values.namespace_copies import copied_items
from jobready.script.values.parser_classes import TAPS


class Flow(CallResults):
    """Answers, for one file, what its expressions stand for."""

    def __init__(self, syntax: Syntax) -> None:
        super().__init__(syntax)
        self._known: dict[ast.AST, Meanings] = {}
        self._provisional: dict[ast.AST, Meanings] = {}
        self._asked: dict[ast.AST, int] = {}
        self._lowest = 0  # the outermost question that the answer at hand waits for
        self._uses: FunctionUses | None = None

    def meanings(self, node: ast.expr) -> Meanings:
        """All that ``node`` may stand for; empty where only None or a cycle leads to it."""
        if node in self._known:
            return self._known[node]
        if node in self._asked:
            self._lowest = min(self._lowest, self._asked[node])
            return NOTHING
        if node in self._provisional:
            self._lowest = 0
            return self._provisional[node]
        depth = len(self._asked)
        outer, self._lowest = self._lowest, depth
        self._asked[node] = depth
        found = self._find(node)
        del self._asked[node]
        # an answer that waits for one further out lacks what that one will add
        if self._lowest >= depth:
            self._known[node] = found
        else:
            self._provisional[node] = found
        self._lowest = min(outer, self._lowest)
        if not self._asked:
            self._provisional.clear()
            self._lowest = 0
            self._known[node] = found
        return found

    def named_at(self, name: str, node: ast.expr) -> Meanings:
        """All that a name, or an attribute of one, may stand for where ``node`` is."""
        return self.meanings(self.read_at(name, node))

    def dispatched(self, node: ast.expr) -> list[ast.AST]:
        """The functions that ``args.func`` may be: those of ``set_defaults(func=…)``.

        Also by a name for it: ``func = args.func``, ``func = vars(args).pop("func")``.
        """
        if isinstance(node, ast.Name):
            bindings = self.bindings_of(node) if self._set_defaults else []
            values = [b.value for b in bindings if b.kind == "assign" and b.index is None]
            if len(bindings) != 1 or not values or values[0] is None:
                return []
            node = values[0]
        match node:
            case ast.Attribute(value=holder, attr=name):
                pass
            case ast.Subscript(value=holder, slice=ast.Constant(value=str(name))):
                pass
            case ast.Call(
                func=ast.Attribute(value=holder, attr="pop"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                pass
            case _:
                return []
        if name not in self._set_defaults:
            return []
        held = (Arguments, ArgumentsDict)
        if not any(isinstance(m, held) for m in self.meanings(holder)):
            return []
        return [f for v in self._set_defaults[name] for f in self.functions(v)]

    @cached_property
    def _set_defaults(self) -> dict[str, list[ast.expr]]:
        """What ``set_defaults`` gives in this file, by name."""
        found: dict[str, list[ast.expr]] = {}
        for method in self.syntax.named.get("set_defaults", ()):
            call = self.syntax.parent[method]
            if isinstance(method, ast.Attribute) and isinstance(call, ast.Call):
                for keyword in call.keywords:
                    if keyword.arg is not None:
                        found.setdefault(keyword.arg, []).append(keyword.value)
        return found

    @property
    def uses(self) -> FunctionUses:
        """Where the functions and classes of this file are called and handed over."""
        if self._uses is None:
            # methods are found by what their objects stand for, for which the calls of
            # plain functions must be known
            self._uses = uses_of_names(self)
            asked = self._asked, self._provisional, self._lowest
            self._asked, self._provisional, self._lowest = {}, {}, 0  # whoever asks now
            self._uses = with_uses_of_methods(self._uses, self)
            self._asked, self._provisional, self._lowest = asked
            self._known.clear()
        return self._uses

    # -- how each kind of expression is read

    def _find(self, node: ast.expr) -> Meanings:
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            return self.result(node)
        if isinstance(node, ast.IfExp):
            return self.meanings(node.body) | self.meanings(node.orelse)
        if isinstance(node, ast.BoolOp):
            return frozenset().union(*(self.meanings(v) for v in node.values))
        if isinstance(node, ast.NamedExpr):
            return self.meanings(node.value)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            if isinstance(node.slice.value, int):
                return self.element(node.value, node.slice.value)
        if isinstance(node, ast.Dict) and len(node.keys) == 1 and node.keys[0] is None:
            return as_dict(self.meanings(node.values[0]))
        if isinstance(node, ast.Constant) and node.value is None:
            return NOTHING
        if isinstance(node, ast.DictComp):
            source = copied_items(node)
            if source is not None:
                return as_dict(self.meanings(source))
        return frozenset({Foreign(node)})

    def _name(self, node: ast.Name) -> Meanings:
        if self.qualified(node) == "wandb.config":  # from wandb import config
            return frozenset({RunConfig()})
        bindings = self._settled(node, reaching(node, self.syntax))
        if bindings:
            bindings = self.syntax.resolved(bindings)
        else:
            bindings = self.syntax.by_star(node.id, self.syntax.scope(node))
        if not bindings:
            return frozenset({Foreign(node)})
        return frozenset().union(*(self._bound(b) for b in bindings))

    def _settled(self, node: ast.Name, bindings: list[Binding]) -> list[Binding]:
        """The bindings of a module's name that hold once its last plain one is passed.

        For a read in a function that is only called later; else all of them.
        """
        scope = self.syntax.scope(node)
        module = module_of(scope)
        if len(bindings) < 2 or any(b.scope is not module for b in bindings):
            return bindings
        if scope is module or not isinstance(scope.node, FUNCTIONS):
            return bindings
        plain = [b for b in bindings if is_plain_statement(b, self.syntax)]
        if not plain:
            return bindings
        last = max(plain, key=lambda b: self.syntax.statement(b.node).lineno)
        line = self.syntax.statement(last.node).lineno
        starts = calls_from(module, scope.node, self.syntax, self.uses)
        if any(call.lineno <= line for call in starts):
            return bindings
        return [b for b in bindings if b is last or self._is_later(b, line)]

    def _is_later(self, binding: Binding, line: int) -> bool:
        """Whether a binding of a module's name may come after a line of the module."""
        statement = self.syntax.statement(binding.node)
        inside = self.syntax.scope(statement) is not binding.scope
        return inside or statement.lineno > line

    def _bound(self, binding: Binding) -> Meanings:
        if binding.kind in ("declared", "deleted"):
            return NOTHING
        if binding.kind == "parameter":
            return self.parameter(binding)
        if binding.kind in ("assign", "walrus") and binding.value is not None:
            if binding.index is not None:
                return self.element(binding.value, binding.index)
            return self.meanings(binding.value)
        if binding.kind == "with" and binding.value is not None:
            return self.meanings(binding.value)
        if binding.kind == "loop" and (each := looped_over(binding, self)):
            return frozenset().union(*(self.meanings(value) for value in each))
        return frozenset({Foreign(binding.node)})

    def element(self, value: ast.expr, index: int) -> Meanings:
        """What element ``index`` of a tuple stands for."""
        if isinstance(value, (ast.Tuple, ast.List)):
            if 0 <= index < len(value.elts):
                return self.meanings(value.elts[index])
            return frozenset({Foreign(value)})
        if isinstance(value, ast.Call):
            functions = self.functions(value.func)
            if functions:
                returned = (r.value for f in functions for r in self.returns(f))
                return frozenset().union(
                    *(self.element(v, index) for v in returned if v is not None)
                )
        found_here: set[Meaning] = set()
        for meaning in self.meanings(value):
            if isinstance(meaning, KnownAndRest):
                pair = (self.parsed(meaning.parse), Rest(meaning.parse))
                found_here.add(pair[index] if 0 <= index < 2 else Foreign(value))
            elif isinstance(meaning, Dataclasses):
                found_here.add(Arguments(meaning.parse))
            else:
                found_here.add(Foreign(value))
        return frozenset(found_here)

    def _attribute(self, node: ast.Attribute) -> Meanings:
        if self.qualified(node) == "wandb.config":
            return frozenset({RunConfig()})
        if self.qualified(node) == "wandb.run":
            return frozenset({Run(node)})
        members = self.members(node)
        if members is not None:
            return frozenset().union(*(self._bound(b) for b in members))
        found: set[Meaning] = set()
        for meaning in self.meanings(node.value):
            if isinstance(meaning, (Arguments, ArgumentsDict)) and node.attr == "__dict__":
                found.add(ArgumentsDict(meaning.parse))
            elif isinstance(meaning, Dataclasses) and node.attr in parts_of(
                meaning.parse, self
            ):
                found |= parts_named(node.attr, meaning.parse, self)
            elif inner := parts_within(meaning, node.attr, self):
                found |= inner
            elif isinstance(meaning, Run) and node.attr == "config":
                found.add(RunConfig())
            elif isinstance(meaning, Run) and node.attr == "experiment":
                found.add(meaning)
            elif (owner := self.class_of(meaning)) is not None:
                found |= self.held_as(owner, node)
            else:
                found.add(Foreign(node))
        return frozenset(found)

    def self_of(self, owner: ast.ClassDef, method: ast.AST) -> Meanings:
        """What a method of a class calls self: one of the parsers, if it is one's class.

        A Tap is its arguments as well, in all methods but the one that adds parameters, and
        so is a dataclass that simple_parsing fills.
        """
        filled = filled_as(owner, self)
        if filled and self.uses.calls.get(owner):
            filled |= {Instance(owner)}
        if filled:
            return filled
        made = self.parser_class_of(owner)
        heirs = self.heirs(owner) if made is not None else ()
        calls = [c for each in heirs for c in self.uses.calls.get(each, ())]
        if made is None or not calls:
            return frozenset({Instance(owner)})
        if made.library not in TAPS or getattr(method, "name", "") == "configure":
            return frozenset(map(Parser, calls))
        parses = (self.syntax.parent[n] for n in self.syntax.named.get("parse_args", ()))
        return frozenset(
            Arguments(parse)
            for parse in parses
            if isinstance(parse, ast.Call) and isinstance(parse.func, ast.Attribute)
            for meaning in self.meanings(parse.func.value)
            if isinstance(meaning, Parser) and meaning.call in calls
        )
