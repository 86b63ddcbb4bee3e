"""The words of a command line that are noted in a record: ``{"argv": sys.argv}``.

They say how the script was started, which is true of a job as well. Nothing is decided by
them where nobody takes them out of the record again.
"""

from __future__ import annotations

import ast

from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of, named_parameters


def is_noted(words: ast.AST, record: ast.Dict, syntax: Syntax, flow: Flow) -> bool:
    """Whether words only go into a dict, under a key by which they are never read."""
    keys = [k for k, v in zip(record.keys, record.values, strict=True) if v is words]
    key = keys[0].value if keys and isinstance(keys[0], ast.Constant) else None
    if not isinstance(key, str):
        return False
    if any(_is_read(n, syntax) for n in syntax.of(ast.Constant) if n.value == key):
        return False
    named = (n for n in syntax.named.get(key, ()) if isinstance(n, ast.Attribute))
    if any(flow.qualified(n) != "sys.argv" for n in named):
        return False
    return not any(_may_take(call, key, syntax) for call in syntax.of(ast.Call))


def _is_read(text: ast.Constant, syntax: Syntax) -> bool:
    """Whether a text may be the key of something that is read: it is none of a display."""
    parent = syntax.parent[text]
    return not (isinstance(parent, ast.Dict) and text in parent.keys)


def _may_take(call: ast.Call, key: str, syntax: Syntax) -> bool:
    """Whether a function may be given them as a parameter of that name: ``**record``."""
    if all(k.arg is not None for k in call.keywords):
        return False
    functions = syntax.functions.get(name_of(call.func), ())
    return any(a.arg == key for f in functions for a in named_parameters(f.args))
