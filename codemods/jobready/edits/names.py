"""The names that the emitted lines need, and those that they may take."""

from __future__ import annotations

import ast
import builtins

from jobready.outcome import Reason, Refused
from jobready.script.flow import Flow
from jobready.script.meanings import Rest
from jobready.script.model import Parse, Place, Script
from jobready.script.reaching import is_above
from jobready.script.syntax import Scope, Syntax

BUILTINS = frozenset(vars(builtins))


def free_name(names: tuple[str, ...], syntax: Syntax, scope: Scope | None = None) -> str:
    """The first name that the file doesn't use."""
    used = syntax.names()
    if scope is not None:
        # a name of another function is free here
        used = {n for n in used if syntax.owner(n, scope) is not None}
    for name in names:
        if name not in used:
            return name
    number = 2
    while f"{names[0]}_{number}" in used:
        number += 1
    return f"{names[0]}_{number}"


def module_names(script: Script) -> dict[str, str]:
    """The names of the modules that the emitted lines use."""
    return {m: module_name(m, script) or m for m in ("argparse", "os", "sys")}


def module_name(module: str, script: Script) -> str | None:
    """The name under which the whole file can use a module; None where it can't yet."""
    syntax: Syntax = script.syntax
    first = min((p.place.line for p in script.parses), default=1)
    for name, bindings in syntax.module.bindings.items():
        for binding in bindings:
            node = binding.node
            plain = isinstance(node, ast.Import) and syntax.parent[node] is syntax.tree
            if not plain or len(bindings) != len(
                [b for b in bindings if b.kind == "import"]
            ):
                continue
            assert isinstance(node, ast.Import)
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                if bound == name and whole == module and node.lineno <= first:
                    return name
    return None


def missing_imports(script: Script) -> tuple[str, ...] | Refused:
    """The modules that the emitted lines use and the file doesn't import yet."""
    missing = []
    for module in ("argparse", "os", "sys"):
        if module == "sys" and not _needs_sys(script):
            continue
        if module_name(module, script) is not None:
            continue
        taken = script.syntax.module.bindings.get(module, [])
        if any(b.kind != "import" for b in taken):
            place = script.syntax.place(taken[0].node)
            text = f"the name {module} stands for something else than the module"
            return Refused((_reason(text, place),))
        missing.append(module)
    return tuple(missing)


def _needs_sys(script: Script) -> bool:
    """Whether any emitted line names ``sys.argv``."""
    commands = any(m.commands for m in script.parsers)
    return commands or any(_words_need_sys(p, script) for p in script.parses)


def _words_need_sys(parse: Parse, script: Script) -> bool:
    """Whether the new words of a parse name ``sys.argv``."""
    if parse.words is None:
        return True
    flow: Flow = script.flow
    meanings = flow.meanings(parse.words)
    if meanings and all(isinstance(m, Rest) for m in meanings):
        return False
    return is_plain(parse.words)


def is_plain(node: ast.expr) -> bool:
    """Whether naming it twice is the same as naming it once."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def hidden_sys(parse: Parse, words: str, script: Script) -> Reason | None:
    """Where a name of the function hides the module that the new words need."""
    name = module_name("sys", script) or "sys"
    if f"{name}.argv" not in words:
        return None
    syntax: Syntax = script.syntax
    owner = syntax.owner(name, syntax.scope(parse.call))
    if owner is None or owner is syntax.module:
        return None
    bound = owner.bindings[name]
    imported = all(script.flow.imported(b) == "sys" for b in bound)
    if imported and any(is_above(b, parse.call, syntax) for b in bound):
        return None
    return _reason(f"the name {name} stands for something else here", parse.place)


def hidden_builtins(script: Script, source: str) -> list[Reason]:
    """Names of the module that hide builtins which the emitted ``source`` uses."""
    module = script.syntax.module.bindings
    used = {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name)}
    return [
        _reason(f"{name} no longer stands for the builtin", script.syntax.place(b[0].node))
        for name, b in module.items()
        if name in BUILTINS & used
    ]


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
