"""Words of the command line that only go into a text, by which nothing is decided."""

from __future__ import annotations

import ast

from jobready.script.arguments.kept_names import kept_as, says_elsewhere
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict
from jobready.script.words.noted_words import is_noted

SHOWS = frozenset(
    ("print", "join", "str", "repr", "info", "debug", "warning", "format", "list2cmdline")
)
COPIES = frozenset(("list", "tuple"))
# What makes a text of a word, as for a shell.
QUOTES = frozenset(("all", "any", "format", "quote", "replace", "repr", "str"))
# Methods of a text by whose result something may be decided.
TESTS = frozenset(
    ("count", "endswith", "find", "index", "partition", "rfind", "split", "startswith")
)


def is_shown(node: ast.AST, syntax: Syntax, flow: Flow, *, whole: bool = True) -> bool:
    """Whether the words only go into a text, or only the program's name is taken.

    That comes first in the ``whole`` of them, in which nothing is left out.
    """
    parent = syntax.parent[node]
    if isinstance(parent, ast.Subscript) and parent.value is node:
        if not isinstance(parent.ctx, ast.Load):
            return False
        if isinstance(parent.slice, ast.Constant) and parent.slice.value == 0:
            return whole
        sliced = isinstance(parent.slice, ast.Slice)
        return sliced and is_shown(parent, syntax, flow, whole=False)
    if isinstance(parent, ast.FormattedValue):
        return not _is_kept(parent, syntax, flow)
    if isinstance(parent, ast.comprehension):
        made = syntax.parent[parent]
        if parent.iter is not node or not _only_quotes(made):
            return False
        return is_shown(made, syntax, flow)
    if isinstance(parent, ast.Assign):
        reads = reads_of(parent, syntax)
        return bool(reads) and all(
            asks_for_none(n, syntax) or is_shown(n, syntax, flow, whole=whole)
            for n in reads
        )
    if isinstance(parent, ast.Starred):
        return is_shown(parent, syntax, flow, whole=whole)
    if isinstance(parent, ast.Dict):
        return is_noted(node, parent, syntax, flow)
    if isinstance(parent, ast.Call) and node in parent.args:
        name = ast.unparse(parent.func).rpartition(".")[2]
        if name == "map":
            return is_shown(parent, syntax, flow)
        if name in COPIES:
            return is_shown(parent, syntax, flow, whole=whole)
        shows = name in SHOWS or _only_logs(parent, name, syntax, flow)
        return shows and not _is_used(parent, syntax, flow)
    return False


def _only_logs(call: ast.Call, name: str, syntax: Syntax, flow: Flow) -> bool:
    """Whether it is ``logger.log_cmd(sys.argv)`` of a library, of which nothing comes."""
    named = name == "log" or name.startswith("log_")
    alone = isinstance(syntax.parent[call], ast.Expr)
    return named and alone and not flow.functions(call.func)


def _only_quotes(made: ast.AST) -> bool:
    """Whether a list is made of words without a call that may do something by them."""
    if not isinstance(made, (ast.ListComp, ast.GeneratorExp)):
        return False
    calls = (n for n in ast.walk(made) if isinstance(n, ast.Call))
    return all(name_of(call.func) in QUOTES for call in calls)


def _is_used(text: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether something is decided by a text of the words, or the arguments get it."""
    parent = syntax.parent[text]
    named: list[ast.AST] = [text]
    if isinstance(parent, ast.Assign):
        names = [name_of(t) for t in parent.targets if isinstance(t, ast.expr)]
        named += [n for name in names if name for n in syntax.named.get(name, ())]
    return any(_decides(n, syntax) or _is_kept(n, syntax, flow) for n in named)


def _is_kept(text: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether the arguments get a text, which would lack what a job launches.

    ``args.command = " ".join(sys.argv)``: what reads them takes it for one of them. Where
    nothing names it, it only says how the script was started.
    """
    statement = syntax.statement(text)
    noted = kept_as(statement, flow)
    if noted is not None and not says_elsewhere(noted.attr, [noted], syntax):
        return False
    holders: list[ast.expr] = []
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        if statement.value is None or text not in ast.walk(statement.value):
            return False
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        )
        kept = (t for t in targets if isinstance(t, (ast.Attribute, ast.Subscript)))
        holders += [t.value for t in kept]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        if name_of(statement.value.func) == "setattr":
            holders += statement.value.args[:1]
    meanings = (m for holder in holders for m in flow.meanings(holder))
    return any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings)


def _decides(node: ast.AST, syntax: Syntax) -> bool:
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute):
        return parent.attr in TESTS
    return isinstance(parent, (ast.Compare, ast.BoolOp, ast.If, ast.IfExp, ast.While))


def reads_of(
    statement: ast.Assign, syntax: Syntax, index: int | None = None
) -> list[ast.Name]:
    """The reads of the name that is assigned; none where not all that it gets is seen.

    With an ``index`` it is that name of ``one, two = 1, 2``.
    """
    name: ast.expr | None = statement.targets[0]
    if index is not None:
        name = _named_at(statement, index)
    if len(statement.targets) != 1 or not isinstance(name, ast.Name):
        return []
    owner = syntax.owner(name.id, syntax.scope(name))
    if owner is None or (owner.parent is None and syntax.place(name).file is not None):
        return []  # of a module, which others may read too
    nodes = [n for n in syntax.named.get(name.id, ()) if isinstance(n, ast.Name)]
    own = [n for n in nodes if syntax.owner(n.id, syntax.scope(n)) is owner]
    reads = [
        n
        for n in own
        if isinstance(n.ctx, ast.Load)
        if any(b.value is statement.value and b.index == index for b in reaching(n, syntax))
    ]
    changed = (syntax.parent[n] for n in own if not isinstance(n.ctx, ast.Load))
    if any(isinstance(p, (ast.AugAssign, ast.Delete)) for p in changed):
        return []
    inside = set(ast.walk(statement))
    return [] if inside.intersection(reads) else reads


def _named_at(statement: ast.Assign, index: int) -> ast.expr | None:
    """The one of several names that gets a value which is spelled out."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            starred = any(isinstance(e, ast.Starred) for e in (*names, *values))
            return None if starred or len(names) != len(values) else names[index]
    return None


def asks_for_none(node: ast.AST, syntax: Syntax) -> bool:
    """Whether only ``node is None`` is asked, or the other way round."""
    parent = syntax.parent[node]
    return isinstance(parent, ast.Compare) and ast.unparse(parent).endswith("None")


def stands_in(value: ast.expr) -> bool:
    """Whether the words stand in for those that a name may hold.

    ``sys.argv[1:] if argv is None else argv``, or ``argv or sys.argv[1:]``.
    """
    match value:
        case ast.BoolOp(op=ast.Or(), values=[ast.Name(), ast.Subscript()]):
            return True
        case ast.IfExp(body=ast.Subscript(), orelse=ast.Name(id=name)):
            return ast.unparse(value.test) in (f"{name} is None", f"not {name}")
        case ast.IfExp(body=ast.Name(id=name), orelse=ast.Subscript()):
            return ast.unparse(value.test) in (name, f"{name} is not None")
    return False
