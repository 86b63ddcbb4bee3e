"""Dataclasses that simple_parsing makes for the fields of others, and those of commands.

``opt: Optimizer`` in a dataclass gives options for the fields of ``Optimizer`` too, and
``command: Union[Train, Eval]`` one command for each of the classes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobready.script.source.annotations import subscripted, without_quotes
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax

if TYPE_CHECKING:
    from jobready.script.values.definitions import Definitions


def nested_in(owner: ast.ClassDef, flow: Definitions) -> dict[str, ast.ClassDef]:
    """The fields of a class, or of those it is made of, that are dataclasses themselves."""
    found: dict[str, ast.ClassDef] = {}
    for field in _fields(owner, flow):
        inner = dataclass_named(field.annotation, flow)
        if inner is not None and not _is_left_out(field.value):
            found.setdefault(ast.unparse(field.target), inner)
    return found


def commands_in(
    owner: ast.ClassDef, flow: Definitions
) -> tuple[ast.AnnAssign, list[ast.ClassDef]] | None:
    """The first field of a class that stands for commands, and the dataclass of each."""
    for field in _fields(owner, flow):
        classes = dataclasses_of_union(field.annotation, flow)
        if classes:
            return field, classes
    return None


def dataclasses_of_union(node: ast.expr, flow: Definitions) -> list[ast.ClassDef]:
    """The classes in ``Union[Train, Eval]``, if all are dataclasses: each is a command."""
    kinds = _members(without_quotes(node))
    classes = [dataclass_named(_at(kind, node, flow), flow) for kind in kinds]
    known = [each for each in classes if each is not None]
    return known if len(known) > 1 and len(known) == len(classes) else []


def dataclass_named(node: ast.expr, flow: Definitions) -> ast.ClassDef | None:
    """The dataclass that an annotation names; None for any other type."""
    owner = flow.definition(_at(without_quotes(node), node, flow))
    if owner is None:
        return None
    made = [d.func if isinstance(d, ast.Call) else d for d in owner.decorator_list]
    is_one = any(flow.qualified(each) == "dataclasses.dataclass" for each in made)
    return owner if is_one else None


def inside(
    owner: ast.ClassDef,
    flow: Definitions,
    within: str = "",
    around: tuple[ast.ClassDef, ...] = (),
) -> Iterator[tuple[ast.ClassDef, str]]:
    """A dataclass and all in it, each with what comes before the names of its fields.

    One that is in itself, ``around`` itself that is, comes once.
    """
    yield owner, within
    for name, inner in nested_in(owner, flow).items():
        if inner is not owner and inner not in around:
            yield from inside(inner, flow, f"{within}{name}.", (*around, owner))


def names_of_fields(syntax: Syntax) -> frozenset[str]:
    """The names that a field with a dataclass of a file may have, by the text alone."""
    imports = syntax.of(ast.ImportFrom)
    classes = {owner.name for owner in syntax.of(ast.ClassDef)}
    classes |= {a.asname for node in imports for a in node.names if a.asname}
    return frozenset(
        ast.unparse(field.target)
        for field in syntax.of(ast.AnnAssign)
        if isinstance(syntax.parent[field], ast.ClassDef)
        for node in ast.walk(without_quotes(field.annotation))
        if isinstance(node, (ast.Name, ast.Attribute))
        if (node.id if isinstance(node, ast.Name) else node.attr) in classes
    )


def _is_left_out(value: ast.expr | None) -> bool:
    """Whether it is ``field(init=False)``: what the object has there it makes itself."""
    given = value.keywords if isinstance(value, ast.Call) else []
    return any(k.arg == "init" and literal(k.value) is False for k in given)


def _fields(owner: ast.ClassDef, flow: Definitions) -> Iterator[ast.AnnAssign]:
    for each in flow.lineage(owner):
        yield from (s for s in each.body if isinstance(s, ast.AnnAssign))


def _members(node: ast.expr) -> list[ast.expr]:
    """The types in ``Union[A, B]`` and ``A | B``; none for another type."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*(_members(node.left) or [node.left]), node.right]
    if subscripted(node) == "Union" and isinstance(node, ast.Subscript):
        return node.slice.elts if isinstance(node.slice, ast.Tuple) else []
    return []


def _at(node: ast.expr, place: ast.expr, flow: Definitions) -> ast.expr:
    """A type as one that stands in the source, also where it is written as a text."""
    if node in flow.syntax.scopes or not isinstance(node, (ast.Name, ast.Attribute)):
        return node
    return flow.read_at(ast.unparse(node), place)
