"""What an object holds without an assignment to it: by its class, or made a dataclass.

``Context(args=args, rank=0)`` of a dataclass, and what stands in the body of a class for
objects that are given nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from jobready.script.source.literals import literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.definitions import Definitions

DATACLASS = "dataclasses.dataclass"
# Methods by which a dataclass may keep another value than it is given.
MAKES_ITSELF = frozenset(("__init__", "__new__", "__setattr__"))


@dataclass(frozen=True)
class Field:
    """A field of a dataclass: its name, and the value that it has in the class.

    Objects are made with it ``by_position`` too, unless it says otherwise.
    """

    name: str
    default: ast.expr | None
    by_position: bool = True


def fields_of(owner: ast.ClassDef, definitions: Definitions) -> list[Field] | None:
    """The fields of a dataclass in their order, None for a class of another kind."""
    if not is_dataclass(owner, definitions):
        return None
    found: dict[str, Field] = {}
    for base in reversed(owner.bases):
        of = definitions.definition(base)
        inherited = None if of is None else fields_of(of, definitions)
        if inherited is None:
            return None
        found |= {f.name: f for f in inherited}
    makers = [d for d in owner.decorator_list if isinstance(d, ast.Call)]
    by_name = any(_says(d, "kw_only", False) for d in makers)
    for statement in owner.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name, kind = statement.target.id, ast.unparse(statement.annotation)
            if kind.endswith("KW_ONLY"):
                by_name = True
            elif "ClassVar" not in kind:
                made = statement.value
                named = _says(made, "kw_only", by_name) or not _says(made, "init", True)
                found[name] = Field(name, made, by_position=not named)
    return list(found.values())


def _says(made: ast.expr | None, setting: str, otherwise: bool) -> bool:
    """What ``field(init=False)``, or the decorator, says of a setting."""
    for keyword in made.keywords if isinstance(made, ast.Call) else ():
        if keyword.arg == setting:
            return literal(keyword.value) is True
    return otherwise


def is_dataclass(owner: ast.ClassDef, definitions: Definitions) -> bool:
    """Whether a class is a dataclass that keeps what its objects are made with."""
    decorators = [d.func if isinstance(d, ast.Call) else d for d in owner.decorator_list]
    if [definitions.qualified(d) for d in decorators] != [DATACLASS]:
        return False
    if "init=False" in ast.unparse(owner.decorator_list[0]):
        return False
    if any("InitVar" in ast.unparse(n) for n in owner.body if isinstance(n, ast.AnnAssign)):
        return False
    return not {getattr(n, "name", "") for n in owner.body} & MAKES_ITSELF


def given_to(call: ast.Call, name: str, fields: list[Field]) -> ast.expr | None:
    """What a dataclass is made with for a field; None where it can't be told."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    defaults = {f.name: f.default for f in fields}
    if name not in defaults or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    places = [f.name for f in fields if f.by_position]
    if name in places[: len(call.args)]:
        return call.args[places.index(name)]
    if any(k.arg is None for k in call.keywords):
        return None
    return defaults[name]


def in_bodies(
    owners: Iterable[ast.ClassDef], name: str, syntax: Syntax
) -> list[ast.expr] | None:
    """What the bodies of classes give a name; None where it can't be told."""
    found: list[ast.expr] = []
    for owner in owners:
        for binding in syntax.scope(owner.body[0]).bindings.get(name, ()):
            if binding.kind == "assign" and binding.index is None and binding.value:
                found.append(binding.value)
            elif binding.kind not in ("declared", "definition"):
                return None
    return found


def is_set_at_once(value: ast.expr, syntax: Syntax) -> bool:
    """Whether every object gets a value when it is made: in ``__init__``, on every way."""
    holder = syntax.parent[syntax.statement(value)]
    return isinstance(holder, FUNCTIONS) and holder.name == "__init__"
