"""Classes that take the name of what they are made of.

``from transformers import Seq2SeqTrainer`` and ``class Seq2SeqTrainer(Seq2SeqTrainer):``
bind one name twice. The base is what was imported; whoever reads the name later gets the
class.
"""

from __future__ import annotations

import ast

from jobready.script.source.scopes import Binding
from jobready.script.source.syntax import Syntax


def is_namesake(node: ast.Name, syntax: Syntax) -> bool:
    """Whether a name is the base of a class that gets the same name."""
    owner = syntax.parent[node]
    return isinstance(owner, ast.ClassDef) and owner.name == node.id and node in owner.bases


def in_place_of(bindings: list[Binding], node: ast.expr, syntax: Syntax) -> list[Binding]:
    """What of the bindings of a name counts where it is read.

    All of them, unless they are imports and below them one class that is made of what they
    import, all in the body of a module.
    """
    if len(bindings) < 2 or not any(b.kind == "definition" for b in bindings):
        return bindings
    *imports, last = sorted(bindings, key=lambda b: getattr(b.node, "lineno", 0))
    owner = last.node
    if not isinstance(owner, ast.ClassDef) or not isinstance(
        syntax.parent[owner], ast.Module
    ):
        return bindings
    if not any(isinstance(b, ast.Name) and b.id == owner.name for b in owner.bases):
        return bindings
    if any(b.kind != "import" or b.scope is not last.scope for b in imports):
        return bindings
    if isinstance(node, ast.Name) and is_namesake(node, syntax):
        return imports
    early = syntax.scope(node) is last.scope and node.lineno < owner.lineno
    return bindings if early else [last]
