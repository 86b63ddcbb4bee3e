"""Options that a loop over texts adds: ``for name in ("lr", "seed"): …``."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from jobready.script.source.literals import literal
from jobready.script.source.put_together import put_together
from jobready.script.source.syntax import Syntax
from jobready.script.values.elements import looped_over
from jobready.script.values.flow import Flow

MOST = 100  # options of one loop


def looped_options(call: ast.Call, syntax: Syntax, flow: Flow) -> list[ast.Call]:
    """The calls that one comes to in a loop over texts that the source spells out.

    Each with the option's own text, and otherwise as it stands; none where not all of the
    texts, or of what is made of them, are seen.
    """
    names = {n.id for a in call.args for n in ast.walk(a) if isinstance(n, ast.Name)}
    if len(names) != 1:
        return []
    (name,) = names
    bindings = syntax.bindings(name, syntax.scope(call))
    loops = [b for b in bindings if b.kind == "loop" and isinstance(b.node, ast.For)]
    if len(bindings) != 1 or not loops or loops[0].node not in syntax.ancestors(call):
        return []
    texts = [literal(each) for each in looped_over(loops[0], flow)]
    spelled = [text for text in texts[: MOST + 1] if isinstance(text, str)]
    found = [_with_text(call, {name: text}, syntax) for text in spelled]
    made = [each for each in found if each is not None]
    return made if len(made) == len(texts) else []


def _with_text(call: ast.Call, names: Mapping[str, str], syntax: Syntax) -> ast.Call | None:
    """The call with the texts that its options are made of."""
    args = [_text(a, names) for a in call.args]
    words = [a for a in args if a is not None]
    if len(words) < len(args):
        return None
    keywords = [k for k in call.keywords if k.arg != "dest"]
    for given in (k for k in call.keywords if k.arg == "dest"):
        dest = _text(given.value, names)
        keywords += [given if dest is None else ast.keyword("dest", dest)]
    return syntax.put_at(ast.Call(call.func, words, keywords), call)


def _text(node: ast.expr, names: Mapping[str, str]) -> ast.expr | None:
    """The text that an expression comes to, in its place."""
    text = put_together(node, names)
    return None if text is None else ast.copy_location(ast.Constant(text), node)
