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
        *("execv", "execve", "execvp", "execvpe"),
        *("spawnv", "spawnve", "spawnvp", "spawnvpe", "posix_spawn", "posix_spawnp"),
        *("getoutput", "getstatusoutput", "create_subprocess_shell", "spawn"),
        *("run_process", "open_process"),
    )
)
# What is given the words of a command one by one.
TAKES_WORDS = frozenset(
    (
        *("execl", "execle", "execlp", "execlpe"),
        *("spawnl", "spawnle", "spawnlp", "spawnlpe", "create_subprocess_exec"),
    )
)
# What puts words into a list that is there.
ADDS = frozenset(("append", "appendleft", "extend", "insert"))
# The modules that start programs.
STARTERS = frozenset(
    ("anyio", "asyncio", "os", "pexpect", "psutil", "pty", "subprocess", "trio")
)
# What is given texts that are no commands.
SAYS = frozenset(
    (
        *("ArgumentParser", "add_argument", "add_argument_group", "add_parser", "error"),
        *("print", "write", "exit", "log", "debug", "info", "warn", "warning", "critical"),
    )
)
# What makes the name of another file, or of a folder, of a file's own.
BESIDE = frozenset(
    (
        *("dirname", "join", "parent", "parents", "splitext", "stem"),
        *("with_name", "with_stem", "with_suffix"),
    )
)
# What may make one of its name.
OTHERWISE = frozenset(("name", "replace"))
NOT_SURELY = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.List, ast.Tuple)


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
    """Whether a word is surely the script's own file, and no other found beside it."""
    if isinstance(word, ast.Name) and word.id != "__file__":
        bindings = syntax.bindings(word.id, syntax.scope(word))
        values = [b.value for b in bindings if b.index is None]
        return bool(values) and all(
            v is not None and not isinstance(v, ast.Name) and is_own_file(v, syntax)
            for v in values
        )
    inside = list(ast.walk(word))
    if any(isinstance(n, NOT_SURELY) for n in inside):
        return False
    names = {name_of(n) for n in inside if isinstance(n, (ast.Name, ast.Attribute))}
    return "__file__" in names and names.isdisjoint(BESIDE | OTHERWISE)


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
