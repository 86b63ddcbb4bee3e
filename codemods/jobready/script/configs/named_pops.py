"""Parameters that a script takes out of the dict of its arguments, into a name each."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.script.configs.removals import Removal
from jobready.script.source.reaching import LOOPS
from jobready.script.source.syntax import Syntax
from jobready.script.values.order import passes


def named_pops(
    removed: Sequence[Removal], holder: str, init: ast.Call, syntax: Syntax
) -> dict[str, str]:
    """The names that surely hold the parameters at a run; none unless all have one.

    ``holder`` is the dict that they are taken out of: ``env = parsed.pop("env_id")``.
    """
    found: dict[str, str] = {}
    for removal in removed:
        name = _name_of(removal, holder, init, syntax)
        if name is None or removal.name is None or removal.name in found:
            return {}
        found[removal.name] = name
    return found


def _name_of(removal: Removal, holder: str, init: ast.Call, syntax: Syntax) -> str | None:
    """The name that alone gets what is popped, and stays as it is."""
    match removal.target:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=owner), attr="pop"), args=[_], keywords=[]
        ) if owner == holder:
            pass
        case _:
            return None
    statement = syntax.parent[removal.target]
    match statement:
        case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
            if value is not removal.target:
                return None
        case _:
            return None
    scope = syntax.scope(init)
    if syntax.scope(statement) is not scope or len(syntax.bindings(name, scope)) != 1:
        return None
    named = [n for n in syntax.named.get(name, ()) if isinstance(n, ast.Name)]
    if any(n is not target and not isinstance(n.ctx, ast.Load) for n in named):
        return None
    looped = any(isinstance(a, LOOPS) for a in syntax.ancestors(init))
    return name if passes(statement, init, syntax) and not looped else None


def shows_pop(shown: ast.expr, removal: Removal, init: ast.Call, syntax: Syntax) -> bool:
    """Whether a dict has the rest of the arguments, and what was popped by its name."""
    match shown:
        case ast.Dict(keys=[None, *keys], values=[ast.Name(id=holder), *values]):
            names = named_pops([removal], holder, init, syntax)
            pairs = [
                (k.value, v.id)
                for k, v in zip(keys, values, strict=True)
                if isinstance(k, ast.Constant) and isinstance(v, ast.Name)
            ]
            return bool(names) and all(pair in pairs for pair in names.items())
    return False


def has_pops(shown: ast.Dict, syntax: Syntax) -> bool:
    """Whether a dict has another's items, and besides only what was popped from that."""
    match shown:
        case ast.Dict(keys=[None, *keys], values=[ast.Name(id=holder), *values]):
            return all(
                isinstance(k, ast.Constant)
                and isinstance(v, ast.Name)
                and any(
                    isinstance(up := syntax.parent[n], ast.Assign)
                    and ast.unparse(up.value) == f"{holder}.pop({k.value!r})"
                    for n in syntax.named.get(v.id, ())
                )
                for k, v in zip(keys, values, strict=True)
            )
    return False
