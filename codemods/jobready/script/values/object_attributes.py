"""What sets an attribute of an object otherwise than an assignment does.

``setattr(trainer, "args", other)``, ``for self.args in all_of_them:``, a property of that
name, ``vars(self)["args"] = other``, ``replace(context, args=other)``. Where the source has
one of these, the assignments don't tell what the object holds.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator

from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import CHANGES
from jobready.script.values.functions import method_of, name_of

# By what an expression may be an object of: `Flow` tells.
ClassesOf = Callable[[ast.expr], list[ast.ClassDef]]
SETTERS = ("setattr", "delattr", "__setattr__")
# What an assignment to several is made of.
PARTS = (ast.Tuple, ast.List, ast.Starred)


def set_otherwise(
    attribute: str,
    family: Collection[ast.ClassDef],
    syntax: Syntax,
    classes_of: ClassesOf,
) -> ast.AST | None:
    """Where an attribute of objects of some classes is set in such a way, if it is."""
    for each in family:
        own = method_of(each, attribute)
        if own is not None:
            return own
    for node in syntax.named.get(attribute, ()):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            if not _is_assigned(node, syntax) and _is_one(node.value, family, classes_of):
                return node
    for word in SETTERS:
        for named in syntax.named.get(word, ()):
            call = syntax.parent[named]
            if isinstance(call, ast.Call) and call.func is named and call.args:
                owner, names = _set_by(call, syntax)
                if names is None or attribute in names:
                    if not _gives_none(call) and _is_one(owner, family, classes_of):
                        return call
    for held, owner in _dicts(syntax):
        if _may_set(held, attribute, syntax) and _is_one(owner, family, classes_of):
            return held
    return _made_otherwise(attribute, family, syntax, classes_of)


def _dicts(syntax: Syntax) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Where the dict of an object is named, and the object: ``vars(it)``."""
    for node in syntax.named.get("__dict__", ()):
        if isinstance(node, ast.Attribute):
            yield node, node.value
    for node in syntax.named.get("vars", ()):
        call = syntax.parent[node]
        if isinstance(call, ast.Call) and call.func is node and call.args:
            yield call, call.args[0]


def _may_set(held: ast.expr, attribute: str, syntax: Syntax) -> bool:
    """Whether the dict of an object is changed, in what may be the attribute."""
    above = syntax.parent[held]
    if isinstance(above, ast.Subscript) and above.value is held:
        key = literal(above.slice)
        other = isinstance(key, str) and key != attribute
        return not isinstance(above.ctx, ast.Load) and not other
    if isinstance(above, ast.Attribute):
        return above.attr in CHANGES
    return isinstance(held, ast.Attribute) and not isinstance(held.ctx, ast.Load)


def _made_otherwise(
    attribute: str,
    family: Collection[ast.ClassDef],
    syntax: Syntax,
    classes_of: ClassesOf,
) -> ast.Call | None:
    """Where an object is made of another: ``replace(it, …)``, ``type(self)(…)``."""
    for node in syntax.named.get("replace", ()):
        call = syntax.parent[node]
        if isinstance(call, ast.Call) and call.func is node and call.args:
            sets = any(k.arg in (attribute, None) for k in call.keywords)
            if sets and _is_one(call.args[0], family, classes_of):
                return call
    for node in (*syntax.named.get("type", ()), *syntax.named.get("__class__", ())):
        above = syntax.parent[node]
        made: ast.AST = node
        owner = node.value if isinstance(node, ast.Attribute) else None
        if isinstance(above, ast.Call) and above.func is node and len(above.args) == 1:
            made, owner = (node, owner) if owner else (above, above.args[0])
        call = syntax.parent[made]
        if owner is not None and isinstance(call, ast.Call) and call.func is made:
            given = [
                ast.unparse(a) for a in (*call.args, *(k.value for k in call.keywords))
            ]
            if f"{ast.unparse(owner)}.{attribute}" in given:
                continue  # type(self)(self.args) has what this one has
            if _is_one(owner, family, classes_of):
                return call
    return None


def _set_by(call: ast.Call, syntax: Syntax) -> tuple[ast.expr, Collection[object] | None]:
    """The object that ``setattr`` changes, and the names, None where these aren't known."""
    owner, named = call.args[0], call.args[1:2]
    if name_of(call.func) == "__setattr__" and isinstance(call.func, ast.Attribute):
        if len(call.args) == 2:  # self.__setattr__(name, value)
            owner, named = call.func.value, call.args[:1]
    return owner, _names(named[0], syntax) if named else None


def _names(name: ast.expr, syntax: Syntax) -> Collection[object] | None:
    """The names that one stands for: a text, or those that a loop goes through."""
    known = literal(name)
    if isinstance(known, str):
        return (known,)
    if not isinstance(name, ast.Name):
        return None
    around = (a for a in syntax.ancestors(name) if isinstance(a, ast.For))
    loop = next((a for a in around if ast.unparse(a.target) == name.id), None)
    bindings = syntax.bindings(name.id, syntax.scope(name))
    if loop is None or any(b.kind != "loop" for b in bindings):
        return None
    through: ast.expr | None = loop.iter
    if isinstance(through, ast.Name):
        bindings = syntax.bindings(through.id, syntax.scope(through))
        above = (syntax.parent[n] for n in syntax.named.get(through.id, ()))
        changed = any(isinstance(a, ast.Attribute) for a in above)  # names.append("args")
        through = bindings[0].value if len(bindings) == 1 and not changed else None
    known = None if through is None else literal(through)
    return known if isinstance(known, (tuple, list)) else None


def _gives_none(call: ast.Call) -> bool:
    """Whether it is ``setattr(it, name, None)``, by which it holds nothing."""
    value = call.args[-1]
    return isinstance(value, ast.Constant) and value.value is None


def _is_assigned(node: ast.expr, syntax: Syntax) -> bool:
    """Whether it is a target of an assignment, alone or as one of several."""
    above = syntax.parent[node]
    while isinstance(above, PARTS):
        above = syntax.parent[above]
    return isinstance(above, (ast.Assign, ast.AnnAssign))


def _is_one(
    owner: ast.expr, family: Collection[ast.ClassDef], classes_of: ClassesOf
) -> bool:
    return any(each in family for each in classes_of(owner))
