"""The ``config=`` of a ``wandb.init`` that has none: a name that holds the arguments."""

from __future__ import annotations

import ast

from jobready.edits.plan import InitEdit
from jobready.outcome import Reason
from jobready.script.meanings import Arguments, ArgumentsDict
from jobready.script.model import Init, Place, Script
from jobready.script.reaching import is_above
from jobready.script.syntax import Scope, Syntax

# A parameter with such a word in its name is kept out of a config that wasn't there.
SECRET_WORDS = frozenset(
    ["key", "apikey", "token", "password", "passwd", "secret", "credentials"]
)
NOT_SECRET = frozenset(["tokens", "num", "max", "n", "per", "special"])


def init_edit(init: Init, script: Script) -> InitEdit | Reason:
    """``config=args`` for an init that has none: by a name that is seen there."""
    syntax: Syntax = script.syntax
    found = _arguments_name(init, script)
    if found is None:
        text = "wandb.init gets no config, and no name there holds the parsed arguments"
        return _reason(text, init.place)
    name, is_dict = found
    secrets = sorted(
        {p.name for m in script.parsers for p in m.parameters if looks_secret(p.name)}
    )
    if not secrets:
        return InitEdit(init.call, name)
    items = f"{name}.items()" if is_dict else f"vars({name}).items()"
    kept = ", ".join(f'"{s}"' for s in secrets)
    test = f"k != {kept}" if len(secrets) == 1 else f"k not in ({kept})"
    del syntax
    return InitEdit(init.call, f"{{k: v for k, v in {items} if {test}}}")


def looks_secret(name: str) -> bool:
    """Whether a parameter's name says that it holds a key, a token or a password."""
    parts = set(name.lower().replace("-", "_").split("_"))
    return bool(parts & SECRET_WORDS) and not parts & NOT_SECRET


def _arguments_name(init: Init, script: Script) -> tuple[str, bool] | None:
    """The innermost name of the arguments at the init; with True it is their dict."""
    syntax: Syntax = script.syntax
    here: Scope | None = syntax.scope(init.call)
    while here is not None:
        for name in here.bindings if not here.is_class else ():
            if syntax.owner(name, syntax.scope(init.call)) is here:
                kinds = {type(m) for m in script.flow.named_at(name, init.call)}
                pure = kinds in ({Arguments}, {ArgumentsDict})
                if pure and _is_bound_by(name, here, init, script):
                    return name, kinds == {ArgumentsDict}
        here = here.parent
    return None


def _is_bound_by(name: str, scope: Scope, init: Init, script: Script) -> bool:
    """Whether a name is bound whenever the init is reached."""
    bindings = scope.bindings[name]
    syntax: Syntax = script.syntax
    if syntax.scope(init.call) is scope:
        return any(is_above(b, init.call, syntax) for b in bindings)
    starts = _starts(init.call, scope, script)
    return bool(starts) and all(
        any(is_above(b, start, syntax) for b in bindings) for start in starts
    )


def _starts(init: ast.Call, scope: Scope, script: Script) -> list[ast.Call]:
    """The calls in ``scope`` by which the function that holds the init is reached."""
    syntax: Syntax = script.syntax
    uses = script.flow.uses
    found: list[ast.Call] = []
    seen: set[ast.AST] = set()
    waiting = [syntax.scope(init).node]
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        calls = [*uses.calls.get(function, []), *uses.handed_over.get(function, [])]
        owner = syntax.parent.get(function)
        if isinstance(owner, ast.ClassDef):
            waiting.append(owner)  # a method runs where its object was made, or later
        for call in calls:
            if syntax.scope(call) is scope:
                found.append(call)
            else:
                waiting.append(syntax.scope(call).node)
    return found


def _reason(text: str, place: Place) -> Reason:
    return Reason(text, place.line, place.column)
