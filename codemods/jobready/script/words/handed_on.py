"""Where a script starts itself anew by the words that it was started with.

``subprocess.call(["torchrun", __file__, *sys.argv[1:]])``, or ``os.execv(sys.executable,
[sys.executable] + sys.argv)``: the process inherits the config of a job beside the same
words, and parses to the same values.
"""

from __future__ import annotations

import ast

from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.starts.own_start import is_own_file
from jobready.script.values.flow import Flow
from jobready.script.words.shown_words import is_shown, reads_of

# What starts a program that is given as a list, and where it stands among the arguments.
AS_LIST = {
    **dict.fromkeys(("run", "Popen", "call", "check_call", "check_output"), 0),
    **dict.fromkeys(("execv", "execvp", "execve", "execvpe"), 1),
}
# What is given each word, the first of which is the path.
EACH = frozenset(("execl", "execlp"))
# What is given the environment of the program by its place.
WITH_ENVIRONMENT = frozenset(("execve", "execvpe"))
COPIES = frozenset(("os.environ", "os.environ.copy()", "dict(os.environ)"))
ADDS = frozenset(("setdefault", "update"))
# What hands its environment on to the program that it starts, and all on one machine.
HERE = frozenset(("python", "python3", "torchrun", "accelerate"))
LAUNCH = ("WANDB_LAUNCH", "WANDB_CONFIG")


def handed_on(syntax: Syntax, flow: Flow) -> set[ast.AST]:
    """The nodes of ``sys.argv`` that only go on to the same script."""
    found: set[ast.AST] = set()
    for node in syntax.named.get("argv", ()):
        assert isinstance(node, (ast.Attribute, ast.Name))
        if flow.qualified(node) == "sys.argv" and _is_handed_on(node, syntax, flow):
            found.add(node)
    return found


def _is_handed_on(node: ast.Attribute | ast.Name, syntax: Syntax, flow: Flow) -> bool:
    words, parent = _without_first(node, syntax)
    part: ast.AST = words
    if isinstance(parent, ast.Starred):
        part, parent = parent, syntax.parent[parent]
    if isinstance(parent, ast.Call) and isinstance(part, ast.Starred):
        path, *given = parent.args
        if _starter(parent, flow) not in EACH or given[-1:] != [part] or parent.keywords:
            return False
        own = _names_script(given[:-1], words is node, node, syntax)
        return own and _runs_here(path, flow)
    if isinstance(parent, (ast.List, ast.Tuple)) and parent.elts[-1] is part:
        before = parent.elts[:-1]
    elif isinstance(parent, ast.BinOp) and parent.right is part:
        before = _words_of(parent.left)
    else:
        return False
    if not _names_script(before, words is node, node, syntax):
        return False
    return _is_started(parent, before[0], syntax, flow)


def _runs_here(program: ast.expr, flow: Flow) -> bool:
    """Whether a program starts others in its own environment."""
    if isinstance(program, ast.Constant):
        return program.value in HERE
    return flow.qualified(program) == "sys.executable"


def _without_first(
    node: ast.Attribute | ast.Name, syntax: Syntax
) -> tuple[ast.expr, ast.AST]:
    """The words that are taken, all or ``sys.argv[1:]``, and what they stand in."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.Subscript) and ast.unparse(parent.slice) == "1:":
        return parent, syntax.parent[parent]
    return node, parent


def _words_of(command: ast.expr) -> list[ast.expr]:
    """The words of lists that are added to each other; none where one isn't spelled out."""
    match command:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return elements
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, more = _words_of(left), _words_of(right)
            return [*first, *more] if first and more else []
    return []


def _names_script(
    before: list[ast.expr], whole: bool, node: ast.AST, syntax: Syntax
) -> bool:
    """Whether what stands before the words is a program that starts this script by them.

    The first of the ``whole`` words is the script, else it must stand just before them.
    """
    if not before or any(isinstance(word, ast.Starred) for word in before):
        return False
    if any(".py" in ast.unparse(word) for word in before):
        return False
    if whole:
        return not any(is_own_file(word, syntax) for word in before)
    *first, last = before
    here = syntax.place(node).file is None  # whose file is the script's
    own = ast.unparse(last) == "sys.argv[0]" or (here and is_own_file(last, syntax))
    return own and bool(first)


def _is_started(command: ast.AST, program: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether all that is done with a command is to start it, and to show it."""
    holder = syntax.parent[command]
    if isinstance(holder, ast.Call):
        return _starts(holder, command, program, syntax, flow)
    if not isinstance(holder, ast.Assign):
        return False
    reads = reads_of(holder, syntax)
    calls = [syntax.parent[read] for read in reads]
    started = [
        isinstance(call, ast.Call) and _starts(call, read, program, syntax, flow)
        for call, read in zip(calls, reads, strict=True)
    ]
    return any(started) and all(
        ok or is_shown(read, syntax, flow) for ok, read in zip(started, reads, strict=True)
    )


def _starter(call: ast.Call, flow: Flow) -> str:
    """What starts a program, of subprocess or os; nothing where a call is another."""
    module, _, name = (flow.qualified(call.func) or "").rpartition(".")
    return name if module in ("subprocess", "os") else ""


def _starts(
    call: ast.Call, command: ast.AST, program: ast.expr, syntax: Syntax, flow: Flow
) -> bool:
    """Whether a call starts a command in an environment that has what this one has."""
    name = _starter(call, flow)
    index = AS_LIST.get(name)
    if index and call.args:
        program = call.args[0]  # the first of the words is only what it is called
    if not _runs_here(program, flow):
        return False
    if index is None or call.args[index : index + 1] != [command]:
        return False
    if any(k.arg in (None, "executable", "shell") for k in call.keywords):
        return False
    given = [k.value for k in call.keywords if k.arg == "env"]
    given += call.args[2:] if name in WITH_ENVIRONMENT else []
    return all(_has_all(environment, syntax, flow) for environment in given)


def _has_all(environment: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether an environment surely has what a job's process has."""
    if any(isinstance(n, ast.Constant) and _is_of_launch(n) for n in ast.walk(environment)):
        return False
    match environment:
        case ast.Dict(keys=keys, values=values):
            held = (v for k, v in zip(keys, values, strict=True) if k is None)
            return any(ast.unparse(v) in COPIES for v in held)
        case ast.BinOp(left=left, op=ast.BitOr()):
            return ast.unparse(left) in COPIES
        case ast.Call(func=ast.Name("dict"), args=[first]):
            return ast.unparse(first) in COPIES
        case ast.Name(id=name):
            bound = reaching(environment, syntax)
            made = [b.value for b in bound if b.value is not None and b.index is None]
            scope = syntax.owner(name, syntax.scope(environment))
            uses = [n for n in syntax.named.get(name, ()) if isinstance(n, ast.Name)]
            uses = [n for n in uses if syntax.owner(name, syntax.scope(n)) is scope]
            return (
                len(bound) == len(made) == 1
                and not isinstance(made[0], ast.Name)
                and _has_all(made[0], syntax, flow)
                and all(_adds(n, syntax, flow) for n in uses if isinstance(n.ctx, ast.Load))
            )
    return ast.unparse(environment) in COPIES


def _adds(name: ast.Name, syntax: Syntax, flow: Flow) -> bool:
    """Whether a use of an environment only hands it on, or puts more into it."""
    parent = syntax.parent[name]
    if isinstance(parent, ast.Attribute):
        return parent.attr in ADDS and not _names_launch(syntax.parent[parent])
    if isinstance(parent, ast.Subscript):
        return not isinstance(parent.ctx, ast.Del) and not _names_launch(parent)
    call = parent if isinstance(parent, ast.Call) else syntax.parent[parent]
    return isinstance(call, ast.Call) and bool(_starter(call, flow))


def _names_launch(node: ast.AST) -> bool:
    """Whether something is said of what holds a job's config; or may be."""
    keys = [n for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return not keys or any(map(_is_of_launch, keys))


def _is_of_launch(key: ast.Constant) -> bool:
    return isinstance(key.value, str) and key.value.startswith(LAUNCH)
