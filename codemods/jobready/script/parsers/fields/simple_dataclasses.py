"""The dataclasses that simple_parsing reads, field by field, with those inside of them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from jobready.script.model import Expression, Parameter
from jobready.script.parsers.fields.simple_defaults import (
    Default,
    default_of,
    has_subgroups,
    instance_of,
)
from jobready.script.parsers.fields.simple_options import Spelling, told_apart
from jobready.script.parsers.fields.simple_types import parameter_of
from jobready.script.parsers.options.drafts import Draft
from jobready.script.source.annotations import without_quotes
from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS, Function
from jobready.script.values.flow import Flow
from jobready.script.values.functions import method_of
from jobready.script.values.nested_dataclasses import dataclass_named

# What bases of elsewhere bring besides fields, which they don't.
BASES = frozenset(
    (
        *("ABC", "abc.ABC", "object", "typing.Protocol"),
        *(
            f"simple_parsing.{module}{name}"
            for module in ("", "helpers.", "helpers.serialization.")
            for name in ("FrozenSerializable", "JsonSerializable", "Serializable")
        ),
    )
)
# Methods by which an object may hold something else than what it is made with.
CHANGES = frozenset(
    """
    __init__ __new__ __setattr__ __getattribute__ __getattr__ __delattr__
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# The keywords of ``@dataclass`` by which its objects hold no fields, or none of their own.
OTHER_OBJECTS = frozenset(("init", "slots"))
Defaults = Mapping[str, ast.expr]


class FieldReader:
    """Reads the dataclasses that a parser gets; ``spell`` gives it their parameters."""

    def __init__(self, draft: Draft, flow: Flow) -> None:
        self.draft = draft
        self.flow = flow
        self._found: list[tuple[Parameter, Spelling]] = []

    def read(
        self,
        owner: ast.ClassDef,
        path: tuple[str, ...],
        within: str = "",
        defaults: Defaults | None = None,
        around: tuple[ast.ClassDef, ...] = (),
    ) -> None:
        """Add the fields of a dataclass, its own first, as simple_parsing has them.

        ``path`` are the names of the dataclasses that it is in, ``within`` is what comes
        before its own names in a run's config. ``defaults`` are those that an object is
        made with that has the others of its class; None where there is no such object.
        """
        nested = []
        for name, field in self.fields(owner).items():
            inner = dataclass_named(field.annotation, self.flow)
            if inner is None or has_subgroups(field.value, self.flow):
                self._add(name, field, path, within, self._given(name, owner, defaults))
            elif inner is owner or inner in around:
                self._doubt(f"the field {name} has a dataclass that it is in", field)
            else:
                nested.append((name, field, inner))
        for name, field, inner in nested:
            known = True
            made = field.value
            if defaults is not None and name in defaults:
                made = defaults[name]
            given: Defaults | None = None
            if made is not None:
                given = self._made_with(made, inner)
                known = given is not None
            if not known:
                self._doubt(f"only a run tells how the field {name} is read", field)
            self.read(inner, (*path, name), f"{within}{name}.", given, (*around, owner))

    def fields(self, owner: ast.ClassDef) -> dict[str, ast.AnnAssign]:
        """The fields of a class with those of its bases, of which the first counts last."""
        found: dict[str, ast.AnnAssign] = {}
        for base in reversed(owner.bases):
            if (self.flow.qualified(base) or ast.unparse(base)) not in BASES:
                made_of = self.flow.definition(base)
                if made_of is None:
                    text = f"the dataclass {ast.unparse(base)} is not in this file"
                    self._doubt(text, base)
                else:
                    found |= self.fields(made_of)
        fields = [s for s in owner.body if isinstance(s, ast.AnnAssign)]
        if fields and not self._is_dataclass(owner):
            self._doubt(f"{owner.name} is no plain dataclass", owner)
        for statement in owner.body:
            if isinstance(statement, FUNCTIONS):
                if _may_change_fields(statement, found):
                    text = f"{owner.name}.{statement.name} may change the fields"
                    self._doubt(text, statement)
            elif isinstance(statement, ast.AnnAssign):
                name = ast.unparse(statement.target)
                found.pop(name, None)
                if self._is_argument(statement):
                    found[name] = statement
            elif not _is_no_field(statement, found):
                text = f"{owner.name} has more than fields and methods"
                self._doubt(text, statement)
        return found

    def spell(self, *, explicit: bool = False, apart: bool = True) -> None:
        """Give the parser the parameters, with their options."""
        spellings = [spelling for _, spelling in self._found]
        known = told_apart(spellings, explicit=explicit)
        if not known or not (apart or not any(s.prefix for s in spellings)):
            self._doubt("fields of its dataclasses share an option", self.draft.call)
        self.draft.parameters += [
            replace(p, flags=spelling.options()) for p, spelling in self._found
        ]

    def _doubt(self, text: str, node: ast.expr | ast.stmt) -> None:
        self.draft.unseen.append((text, self.flow.syntax.place(node)))

    def _is_argument(self, field: ast.AnnAssign) -> bool:
        """Whether it is a field that the objects are made with."""
        annotation = ast.unparse(without_quotes(field.annotation))
        if annotation.partition("[")[0].rpartition(".")[2] == "ClassVar":
            return False
        default = default_of(field.value, self.flow)
        return default is None or default.is_argument

    def _is_dataclass(self, owner: ast.ClassDef) -> bool:
        """Whether it is decorated as one, and its objects hold what they are made with."""
        if len(owner.decorator_list) != 1 or owner.keywords:
            return False
        (decorator,) = owner.decorator_list
        keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
        made = decorator.func if isinstance(decorator, ast.Call) else decorator
        if self.flow.qualified(made) != "dataclasses.dataclass":
            return False
        return not any(k.arg is None or k.arg in OTHER_OBJECTS for k in keywords)

    def _made_with(self, made: ast.expr, owner: ast.ClassDef) -> Defaults | None:
        """What an object of a class is made with by name; None for any other value."""
        call = instance_of(made, self.flow)
        if call is None or call.args or self.flow.definition(call.func) is not owner:
            return None
        given = {k.arg: k.value for k in call.keywords if k.arg is not None}
        return given if len(given) == len(call.keywords) else None

    def _given(
        self, name: str, owner: ast.ClassDef, defaults: Defaults | None
    ) -> Default | None:
        """The default that an object brings for a field, in place of its own."""
        if defaults is None:
            return None
        if _is_set_behind(name, owner, self.flow):  # by ``__post_init__``
            return Default(Expression(f"{owner.name}().{name}"), is_given=True)
        if name in defaults:
            return Default(literal(defaults[name]), is_given=True)
        return None

    def _add(
        self,
        name: str,
        field: ast.AnnAssign,
        path: tuple[str, ...],
        within: str,
        given: Default | None,
    ) -> None:
        default = default_of(field.value, self.flow)
        if default is None:
            text = f"only a run tells how the field {name} is read"
            if has_subgroups(field.value, self.flow):
                text = f"only a run tells which subgroup the field {name} has"
            self._doubt(text, field)
            return
        if given is not None:
            default = replace(default, value=given.value, is_given=True)
        made = parameter_of(f"{within}{name}", default, field, self.flow)
        if made is None:
            text = f"the field {name} has a type that isn't followed"
            annotation = ast.unparse(without_quotes(field.annotation))
            self._doubt(f"{text}: {annotation}", field)
            return
        has_no = made.action == "BooleanOptionalAction"
        spelling = Spelling(name, default.aliases, path, has_no)
        self._found.append((replace(made, within=path[0]), spelling))


def _may_change_fields(method: Function, fields: Mapping[str, ast.AnnAssign]) -> bool:
    """Whether a method hides a field, or sets one in a way that isn't followed."""
    if method.name in CHANGES or method.name in fields:
        return True
    names = (n.attr for n in ast.walk(method) if isinstance(n, ast.Attribute))
    return any(name in ("__dict__", "__setattr__") for name in names)


def _is_no_field(statement: ast.stmt, fields: Mapping[str, ast.AnnAssign]) -> bool:
    """Whether it is a variable of the class alone, or nothing that its objects have."""
    if isinstance(statement, ast.Assign):
        names = [ast.unparse(target) for target in statement.targets]
        return all(n.isidentifier() and n not in fields for n in names)
    return isinstance(statement, (ast.Expr, ast.Pass, ast.ClassDef))


def _is_set_behind(name: str, owner: ast.ClassDef, flow: Flow) -> bool:
    """Whether an object may have another value of a field once it is made."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == name
        and not isinstance(node.ctx, ast.Load)
        for each in flow.lineage(owner)
        if method_of(each, "__post_init__") is not None
        for node in ast.walk(each)
    )
