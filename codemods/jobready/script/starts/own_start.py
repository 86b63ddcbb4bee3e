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
        *("create_subprocess_exec", "create_subprocess_shell"),
    )
)
# What makes the name of another file, or of a folder, of a file's own.
BESIDE = frozenset(("dirname", "join", "name", "parent", "parents", "stem", "with_name"))


def starts_itself(syntax: Syntax, flow: Flow) -> Place | None:
    """The call that starts the script again; None where there is none.

    The agent's environment goes to children, so a job's config is launched there too.
    """
    for call in syntax.of(ast.Call):
        if name_of(call.func) not in STARTS:
            continue
        if not (flow.qualified(call.func) or "").startswith(("subprocess.", "os.")):
            continue
        commands = [named for a in call.args for named in _named(a, syntax)]
        if any(_is_script(n, flow) for c in commands for n in ast.walk(c)):
            return syntax.place(call)
    return None


def is_own_file(word: ast.expr, syntax: Syntax) -> bool:
    """Whether a word is the script's own file, and no other that is found beside it."""
    if isinstance(word, ast.Name) and word.id != "__file__":
        bindings = syntax.bindings(word.id, syntax.scope(word))
        values = [b.value for b in bindings if b.value is not None]
        return any(not isinstance(v, ast.Name) and is_own_file(v, syntax) for v in values)
    inside = list(ast.walk(word))
    if any(isinstance(n, (ast.BinOp, ast.List, ast.Tuple)) for n in inside):
        return False
    names = {name_of(n) for n in inside if isinstance(n, (ast.Name, ast.Attribute))}
    return "__file__" in names and names.isdisjoint(BESIDE)


def _named(node: ast.expr, syntax: Syntax) -> list[ast.expr]:
    """What a name for a command was given, the node itself where it is none."""
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        return [b.value for b in bindings if b.value is not None] or [node]
    return [node]


def _is_script(node: ast.AST, flow: Flow) -> bool:
    """Whether it is the script's file, ``sys.argv`` or the first word of it."""
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return False
    if isinstance(node, ast.Name) and is_own_file(node, flow.syntax):
        return True
    return flow.qualified(node) == "sys.argv"
