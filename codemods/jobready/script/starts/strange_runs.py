"""What may start a run in a way that isn't followed, in a file without ``wandb.init``."""

from __future__ import annotations

import ast

from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow

# Keywords that an ``init`` of wandb has and others hardly have.
OF_WANDB = frozenset(("project", "entity", "config", "sync_tensorboard", "reinit"))


def read_strange_runs(syntax: Syntax, flow: Flow) -> list[tuple[str, Place]]:
    """A ``wandb.init`` that is named but not called, an ``init`` of something unknown."""
    if "wandb" not in syntax.text or not _imports_wandb(syntax):
        return []
    found = []
    for node in syntax.named.get("init", ()):
        if not isinstance(node, (ast.Name, ast.Attribute)):
            continue
        above = syntax.parent[node]
        called = isinstance(above, ast.Call) and above.func is node
        strange = not called and flow.qualified(node) == "wandb.init"
        if isinstance(above, ast.Call) and isinstance(node, ast.Attribute) and called:
            strange = _looks_like_wandb(node, above, flow)
        if strange and isinstance(node.ctx, ast.Load):
            text = f"{ast.unparse(node)} may start a run in a way that isn't followed"
            found.append((text, syntax.place(node)))
    return found


def _imports_wandb(syntax: Syntax) -> bool:
    names = [a.name for i in syntax.of(ast.Import) for a in i.names]
    names += [i.module or "" for i in syntax.of(ast.ImportFrom) if not i.level]
    return any(name.partition(".")[0] == "wandb" for name in names)


def _looks_like_wandb(method: ast.Attribute, call: ast.Call, flow: Flow) -> bool:
    name = flow.qualified(method)
    if name is not None or flow.functions(method):
        return (name or "").startswith("wandb.")  # wandb.sdk.init
    given = {k.arg for k in call.keywords}
    return "wandb" in ast.unparse(method.value).lower() or bool(given & OF_WANDB)
