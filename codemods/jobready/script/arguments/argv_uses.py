"""What a script itself does with the words of its command line."""

from __future__ import annotations

import ast

from jobready.script.arguments.launch_function import emitted_nodes
from jobready.script.arguments.noted_words import is_noted
from jobready.script.arguments.parsers import calls_function
from jobready.script.source.place import Place
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict
from jobready.script.values.parser_classes import PARSE_METHODS

# The expressions in which words are put together for a parse.
WORDS = (
    ast.BinOp,
    ast.List,
    ast.Starred,
    ast.IfExp,
    ast.Subscript,
    ast.Slice,
    ast.keyword,
)
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


def argv_uses(syntax: Syntax, flow: Flow, own: set[ast.AST]) -> list[Place]:
    """Where the script changes ``sys.argv`` or decides something by it.

    Showing it, joining it for a log and taking the program's name decide nothing; a parse
    that is given ``sys.argv[1:]`` is a parse. The nodes in ``own`` are
    dealt with elsewhere.
    """
    found = []
    written = emitted_nodes(syntax)
    names = {"argv"} | {
        alias.asname
        for node in syntax.of(ast.ImportFrom)
        if node.module == "sys"
        for alias in node.names
        if alias.asname
    }
    for node in (n for name in sorted(names) for n in syntax.named.get(name, ())):
        assert isinstance(node, (ast.Attribute, ast.Name))
        if node in written or node in own:
            continue
        if not _is_argv(node, flow):
            continue
        read = isinstance(node.ctx, ast.Load)
        if not read or not (
            _is_shown(node, syntax, flow) or _is_parsed(node, syntax, flow)
        ):
            found.append(syntax.place(node))
    return sorted(found, key=lambda place: (place.line, place.column))


def _is_argv(node: ast.Attribute | ast.Name, flow: Flow) -> bool:
    """Whether it is ``sys.argv``, or a name of it that may stand for other words too."""
    if flow.qualified(node) == "sys.argv":
        return True
    bindings = flow.bindings_of(node) if isinstance(node, ast.Name) else []
    return any(flow.imported(b) == "sys.argv" for b in bindings)


def _is_shown(node: ast.AST, syntax: Syntax, flow: Flow, *, whole: bool = True) -> bool:
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
        return sliced and _is_shown(parent, syntax, flow, whole=False)
    if isinstance(parent, ast.FormattedValue):
        return not _is_kept(parent, syntax, flow)
    if isinstance(parent, ast.comprehension):
        made = syntax.parent[parent]
        if parent.iter is not node or not _only_quotes(made):
            return False
        return _is_shown(made, syntax, flow)
    if isinstance(parent, ast.Assign):
        reads = reads_of(parent, syntax)
        return bool(reads) and all(
            _asks_for_none(n, syntax) or _is_shown(n, syntax, flow, whole=whole)
            for n in reads
        )
    if isinstance(parent, ast.Starred):
        return _is_shown(parent, syntax, flow, whole=whole)
    if isinstance(parent, ast.Dict):
        return is_noted(node, parent, syntax, flow)
    if isinstance(parent, ast.Call) and node in parent.args:
        name = ast.unparse(parent.func).rpartition(".")[2]
        if name == "map":
            return _is_shown(parent, syntax, flow)
        if name in COPIES:
            return _is_shown(parent, syntax, flow, whole=whole)
        return name in SHOWS and not _is_used(parent, syntax, flow)
    return False


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

    ``args.command = " ".join(sys.argv)``: what reads them takes it for one of them.
    """
    statement = syntax.statement(text)
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


def _is_parsed(node: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether it is (part of) the words given to a parse, or to a function that parses."""
    inside = node
    for ancestor in syntax.ancestors(node):
        if isinstance(ancestor, ast.Call):
            method = ancestor.func
            if isinstance(method, ast.Attribute) and method.attr in PARSE_METHODS:
                if not calls_function(method, flow):
                    return True
            return _only_parses(ancestor, inside, syntax, flow)
        if isinstance(ancestor, ast.Assign):
            return _only_words(ancestor, syntax, flow)
        if isinstance(ancestor, ast.BoolOp):  # given or sys.argv[1:]
            if inside is not ancestor.values[-1]:
                return False
        elif not isinstance(ancestor, WORDS):
            return False
        inside = ancestor
    return False


def _only_words(statement: ast.Assign, syntax: Syntax, flow: Flow) -> bool:
    """Whether what gets the words is a name for the words of parses: ``argv = …``."""
    if not isinstance(statement.value, ast.Subscript):
        return False  # words of the script's own may come behind
    reads = reads_of(statement, syntax)
    return bool(reads) and all(_decides_nothing(n, syntax, flow) for n in reads)


def reads_of(statement: ast.Assign, syntax: Syntax) -> list[ast.Name]:
    """The reads of the name that is assigned; none where not all that it gets is seen."""
    name = statement.targets[0]
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
        if any(b.value is statement.value for b in reaching(n, syntax))
    ]
    changed = (syntax.parent[n] for n in own if not isinstance(n.ctx, ast.Load))
    if any(isinstance(p, (ast.AugAssign, ast.Delete)) for p in changed):
        return []
    inside = set(ast.walk(statement))
    return [] if inside.intersection(reads) else reads


def _asks_for_none(node: ast.AST, syntax: Syntax) -> bool:
    """Whether only ``node is None`` is asked, or the other way round."""
    parent = syntax.parent[node]
    return isinstance(parent, ast.Compare) and ast.unparse(parent).endswith("None")


def _only_parses(call: ast.Call, given: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether a function of this file only parses the words, or shows them."""
    function = flow.function(call.func)
    if function is None or given not in call.args:
        return False
    positional = [*function.args.posonlyargs, *function.args.args]
    index = call.args.index(given)
    if isinstance(call.func, ast.Attribute) or index >= len(positional):
        return False
    name = positional[index].arg
    named = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name)
    reads = (
        n
        for n in named
        if isinstance(n.ctx, ast.Load)
        if any(b.kind == "parameter" for b in reaching(n, syntax))  # args = parse(args)
    )
    return all(_decides_nothing(n, syntax, flow) for n in reads)


def _decides_nothing(node: ast.AST, syntax: Syntax, flow: Flow) -> bool:
    """Whether the words that a name stands for are only parsed, shown or looked for."""
    if _asks_for_none(node, syntax) or _is_shown(node, syntax, flow, whole=False):
        return True
    return _is_parsed(node, syntax, flow)
