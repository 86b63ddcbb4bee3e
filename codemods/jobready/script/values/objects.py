"""The objects of a script: of which class they are, and what their attributes hold."""

from __future__ import annotations

import ast
from abc import abstractmethod
from functools import cached_property

from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import FunctionUses, class_of_self, is_property
from jobready.script.values.meanings import (
    NOTHING,
    Arguments,
    ArgumentsDict,
    Foreign,
    Instance,
    Meaning,
    Meanings,
    Parser,
    node_of,
)
from jobready.script.values.module_choices import ModuleChoices
from jobready.script.values.object_attributes import set_otherwise
from jobready.script.values.object_fields import (
    Field,
    fields_of,
    given_to,
    in_bodies,
    is_set_at_once,
)
from jobready.script.values.parser_classes import TAPS, is_super

# What is assigned, and which element of it where several targets share it.
Given = tuple[ast.expr, int | None]


class Objects(ModuleChoices):
    """Answers, for one file or program, what its objects are and keep.

    What expressions stand for, and where functions are called, `Flow` answers.
    """

    def __init__(self, syntax: Syntax) -> None:
        super().__init__(syntax)
        self._attributes: dict[str, dict[ast.ClassDef, list[Given]]] = {}
        self._fields: dict[ast.ClassDef, list[Field]] = {}

    @abstractmethod
    def meanings(self, node: ast.expr) -> Meanings:
        """All that ``node`` may stand for."""

    @abstractmethod
    def element(self, value: ast.expr, index: int) -> Meanings:
        """What element ``index`` of a tuple stands for."""

    @abstractmethod
    def returns(self, function: Function) -> list[ast.Return]:
        """The return statements of a function."""

    @property
    @abstractmethod
    def uses(self) -> FunctionUses:
        """Where functions and classes are called and handed over."""

    def in_order(self, meanings: Meanings) -> list[Meaning]:
        """Meanings in the order of the source, so that a text is always read alike."""
        return sorted(meanings, key=self._at) if len(meanings) > 1 else list(meanings)

    def _at(self, meaning: Meaning) -> tuple[str, int, int, str]:
        node, kind = node_of(meaning), type(meaning).__name__
        if node is None or node not in self.syntax.scopes:
            return "", getattr(node, "lineno", 0), getattr(node, "col_offset", 0), kind
        place = self.syntax.place(node)
        return place.file or "", place.line, place.column, kind

    def attributes(self, owner: ast.ClassDef) -> dict[str, list[ast.expr]]:
        """What this file gives the attributes of the objects of a class, by their names."""
        found = {name: self._set_to(name).get(owner) for name in self._assigned}
        return {name: [v for v, _ in given] for name, given in found.items() if given}

    def kept(self, owner: ast.ClassDef, node: ast.Attribute) -> list[ast.expr]:
        """What an attribute of an object gets in this file; none where it can't be told."""
        given = self._given(owner, node.attr) or []
        return [v for v, _ in given] if all(i is None for _, i in given) else []

    def _given(self, owner: ast.ClassDef, attribute: str) -> list[Given] | None:
        """What an attribute of an object of a class gets; None where not all is seen."""
        family, set_to = self.family(owner), self._set_to(attribute)
        found = [given for each in family for given in set_to.get(each, ())]
        if attribute in {f.name for f in self._fields_of(owner)}:
            for heir in self.heirs(owner):
                fields = self._fields_of(heir)
                for call in self.uses.calls.get(heir, ()):
                    value = given_to(call, attribute, fields)
                    if value is None:
                        return None
                    found.append((value, None))
        elif not any(is_set_at_once(value, self.syntax) for value, _ in found):
            values = in_bodies(family, attribute, self.syntax)
            if values is None:
                return None
            found += [(value, None) for value in values]
        return found

    def _fields_of(self, owner: ast.ClassDef) -> list[Field]:
        """The fields of a dataclass; none of a class of another kind."""
        if owner not in self._fields:
            self._fields[owner] = fields_of(owner, self) or []
        return self._fields[owner]

    def held_as(self, owner: ast.ClassDef, node: ast.Attribute) -> set[Meaning]:
        """All that an attribute of an object of a class may stand for."""
        values = self._given(owner, node.attr)
        if not values:
            made = self._property(owner, node) if values is not None else NOTHING
            return {*made} or {Foreign(node)}
        found: set[Meaning] = set()
        for value, index in values:
            found |= self.meanings(value) if index is None else self.element(value, index)
        if any(isinstance(m, (Arguments, ArgumentsDict)) for m in found):
            family = self.family(owner)
            strange = set_otherwise(node.attr, family, self.syntax, self.classes)
            found |= {Foreign(strange)} if strange is not None else set()
        return found

    def _property(self, owner: ast.ClassDef, node: ast.Attribute) -> Meanings:
        """What a property of that name stands for."""
        found = self.computed(owner, node)
        return frozenset().union(*(self.meanings(value) for value in found))

    def computed(self, owner: ast.ClassDef, node: ast.Attribute) -> list[ast.expr]:
        """What a property of that name returns, for an object of a class or its heirs."""
        methods = [self.inherited(each, node.attr) for each in self.kinds(owner)]
        if not all(m is not None and is_property(m) for m in methods):
            return []
        returned = (r.value for m in methods if m is not None for r in self.returns(m))
        return [value for value in returned if value is not None]

    def family(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The classes whose methods may set an attribute of an object of a class."""
        return list(dict.fromkeys([*self.lineage(owner), *self.heirs(owner)]))

    @cached_property
    def _assigned(self) -> dict[str, list[tuple[ast.expr, Given]]]:
        """By the names of attributes: of what they are assigned, and what."""
        found: dict[str, list[tuple[ast.expr, Given]]] = {}
        for node in self.syntax.of(ast.Assign, ast.AnnAssign):
            if node.value is None:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                parts: list[tuple[ast.expr, int | None]] = [(target, None)]
                if isinstance(target, (ast.Tuple, ast.List)):
                    parts = [(e, i) for i, e in enumerate(target.elts)]
                for part, index in parts:
                    if isinstance(part, ast.Attribute):
                        given = part.value, (node.value, index)
                        found.setdefault(part.attr, []).append(given)
        return found

    def _set_to(self, attribute: str) -> dict[ast.ClassDef, list[Given]]:
        """By the class of the object, what an attribute of that name is assigned."""
        if attribute not in self._attributes:
            found: dict[ast.ClassDef, list[Given]] = {}
            self._attributes[attribute] = found  # who asks meanwhile gets what is there
            for holder, given in self._assigned.get(attribute, ()):
                for owner in self.classes(holder):
                    found.setdefault(owner, []).append(given)
        return self._attributes[attribute]

    def classes(self, node: ast.expr) -> list[ast.ClassDef]:
        """The classes of this file that ``node`` may be an object of (or name)."""
        if is_super(node):
            return self.bases_at(node)
        if isinstance(node, ast.Name):
            named = self.definition(node)
            if named is not None:
                return [named]
            bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
            found = [class_of_self(b, self.syntax) for b in bindings]
            owners = [o for o in found if o is not None]
            # what a parser's self is, its calls tell: a class that is made of this one
            if owners and not any(map(self.parser_class_of, owners)):
                return owners
        meanings = self.in_order(self.meanings(node))
        classes = [_named(m) or self.class_of(m) for m in meanings]
        return [owner for owner in classes if owner is not None]

    def class_of(self, meaning: Meaning) -> ast.ClassDef | None:
        """The class of this file that a meaning is an object of."""
        if isinstance(meaning, Instance):
            return meaning.definition
        if isinstance(meaning, Arguments):
            return self.tap_of(meaning.parse)
        made = self.parser_class(meaning.call.func) if isinstance(meaning, Parser) else None
        return made.own[0] if made is not None and made.own else None

    def tap_of(self, parse: ast.Call) -> ast.ClassDef | None:
        """The class of the arguments that a Tap's parse returns: it returns itself."""
        if not self._has_taps or not isinstance(parse.func, ast.Attribute):
            return None
        for meaning in self.meanings(parse.func.value):
            if isinstance(meaning, Parser):
                made = self.parser_class(meaning.call.func)
                if made is not None and made.library in TAPS and made.own:
                    return made.own[0]
        return None

    @cached_property
    def _has_taps(self) -> bool:
        return self.syntax.mentions("tap")

    def own_class(self, node: ast.expr) -> ast.ClassDef | None:
        """The class that a classmethod makes an object of, by its ``cls``."""
        if not isinstance(node, ast.Name):
            return None
        bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
        owner = class_of_self(bindings[0], self.syntax) if len(bindings) == 1 else None
        if owner is None or self.parser_class_of(owner) is not None:
            return None
        method = bindings[0].scope.node
        decorators = getattr(method, "decorator_list", ())
        return owner if any(ast.unparse(d) == "classmethod" for d in decorators) else None


def _named(meaning: Meaning) -> ast.ClassDef | None:
    """The class itself, where that is what an attribute or a variable holds."""
    node = meaning.node if isinstance(meaning, Foreign) else None
    return node if isinstance(node, ast.ClassDef) else None
