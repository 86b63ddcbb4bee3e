"""Where a script starts itself anew, in a process that inherits the job's config."""

from __future__ import annotations

import ast

from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of

# What starts a program: of subprocess, os and multiprocessing.
STARTS = frozenset(
    (
        *("run", "Popen", "call", "check_call", "check_output", "system", "popen"),
        *("execv", "execve", "execvp", "execvpe", "execl", "execlp", "spawnv"),
    )
)


def starts_itself(syntax: Syntax, flow: Flow) -> Place | None:
    """The call that starts the script again; None where there is none.

    The agent's environment goes to children, so a job's config is launched there too.
    """
    for call in syntax.of(ast.Call):
        if name_of(call.func) not in STARTS:
            continue
        if not (flow.qualified(call.func) or "").startswith(("subprocess.", "os.")):
            continue
        given = [n for a in call.args for n in ast.walk(_named(a, syntax))]
        if any(_is_script(n, flow) for n in given):
            return syntax.place(call)
    return None


def _named(node: ast.expr, syntax: Syntax) -> ast.expr:
    """What a name for a command was given, the node itself where it is none."""
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        if len(bindings) == 1 and bindings[0].value is not None:
            return bindings[0].value
    return node


def _is_script(node: ast.AST, flow: Flow) -> bool:
    """Whether it is ``__file__``, ``sys.argv`` or the first word of it."""
    if isinstance(node, ast.Name) and node.id == "__file__":
        return True
    return (
        isinstance(node, (ast.Name, ast.Attribute)) and flow.qualified(node) == "sys.argv"
    )
