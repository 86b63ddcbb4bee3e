"""Parameters that only a run names, and that may hold a key, a token or a password.

``for key in KEYS: parser.add_argument(f"--{key}")``: a new ``config=`` can't leave out by
its name what has none in the source.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jobready.edits.shown.secrets import may_hold_text, secret_name
from jobready.outcome import Reason
from jobready.script.model import Parameter, Script
from jobready.script.source.syntax import Syntax


def unnamed_secret(script: Script) -> Reason | None:
    """Why no run may be given all parameters, where one may be a secret without a name."""
    for parameter in script.parameters:
        if parameter.named or not may_hold_text(parameter):
            continue
        found = _secret(parameter, script.syntax)
        if found is not None:
            text = f"{parameter.name} may add {found}, a secret that the run would show"
            return Reason.at(text, parameter.place)
    return None


def _secret(parameter: Parameter, syntax: Syntax) -> str | None:
    """What in the source says so: how an option ends, or a text that it may end in."""
    for flag in parameter.flags:
        end = _end(flag)
        texts: Iterable[str] = _words(syntax) if end is None else [end]
        for text in texts:
            if secret_name(text):
                return text.lstrip("-_.")
    return None


def _end(flag: str) -> str | None:
    """The text at the end of an option's source; None where only a run tells it."""
    try:
        node = ast.parse(flag, mode="eval").body
    except SyntaxError:
        return ""  # of a library's, and no expression
    match node:
        case ast.JoinedStr(values=[*_, ast.Constant(value=str(text))]):
            return text
        case ast.BinOp(op=ast.Add(), right=ast.Constant(value=str(text))):
            return text
        case ast.Constant(value=str(text)):
            return text
    return None


def _words(syntax: Syntax) -> Iterable[str]:
    """The texts and the fields of a script that may be names, no environment variables."""
    for node in syntax.of(ast.Constant):
        if isinstance(node.value, str) and node.value.islower():
            # "--token" is an option of its own, f"--{key}-token" ends in a part of one
            part = isinstance(syntax.parent[node], (ast.JoinedStr, ast.BinOp))
            if part or not node.value.startswith("-"):
                yield node.value
    for statement in syntax.of(ast.AnnAssign):
        if isinstance(statement.target, ast.Name):
            yield statement.target.id
