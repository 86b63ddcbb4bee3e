"""Parameters that are secrets by what is done with them, or said of them.

``wandb.login(key=args.wandb)``, ``os.environ["HF_TOKEN"] = args.hf``, or a help that calls
one "your API key".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jobready.edits.shown.secrets import looks_secret, may_hold_text, secret_name
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.model import Parameter, Script
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of

# What a help says of a secret itself, and of where one is found.
SAID = re.compile(
    r"\b(?:api|access|secret|private|auth\w*)[ _-]?(?:key|token)\b|\bpass(?:word|phrase)\b"
)
ELSEWHERE = re.compile(r"\b(?:path|file|dir\w*|folder|env\w*|variable|name|whether|if)\b")
ENVIRONMENT = frozenset(("environ", "putenv"))


def secret_parameters(script: Script) -> dict[str, Parameter]:
    """The parameters that a new ``config=`` must not show, by their names."""
    used = set(_used(script))
    return {
        p.name: p
        for p in script.parameters
        if looks_secret(p) or (may_hold_text(p) and (p.name in used or _says_so(p)))
    }


def _says_so(parameter: Parameter) -> bool:
    """Whether a flag of another name, or the help, says that it is a secret."""
    if any(secret_name(flag.lstrip("-")) for flag in parameter.flags):
        return True
    said = parameter.help.lower() if isinstance(parameter.help, str) else ""
    return bool(SAID.search(said)) and not ELSEWHERE.search(said)


def _used(script: Script) -> Iterator[str]:
    """The names of the parameters that are given away as a key, a token or a password."""
    for value in _given_as_secret(script.syntax):
        name = parameter_read(value, script.flow)
        if name is not None:
            yield name


def _given_as_secret(syntax: Syntax) -> Iterator[ast.expr]:
    """The values of keywords, and of environment variables, that are called so."""
    for keyword in syntax.of(ast.keyword):
        called = syntax.parent[keyword]
        logs_in = isinstance(called, ast.Call) and name_of(called.func) == "login"
        name = keyword.arg or ""
        if secret_name(name) or (logs_in and name in ("key", "token")):
            yield keyword.value
    for call in syntax.of(ast.Call):
        if name_of(call.func) == "login" and call.args:
            yield call.args[0]
    for variable in syntax.of(ast.Subscript):
        above = syntax.parent[variable]
        if isinstance(above, ast.Assign) and name_of(variable.value) in ENVIRONMENT:
            if _is_secret_text(variable.slice):
                yield above.value


def _is_secret_text(node: ast.expr) -> bool:
    text = literal(node)
    return isinstance(text, str) and secret_name(text)
