"""The first word of the command line: where it is read, taken away, and decides."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.script.source.syntax import Syntax
from jobready.script.words.shown_words import reads_of

# Methods that give a text in another writing, and calls that only show one or look it up.
WRITES = frozenset(("casefold", "lower", "strip", "upper"))
SHOWS = frozenset(("debug", "error", "exit", "get", "info", "print", "warning"))
# The command line without its first word, by what gets it: ``sys.argv = …``, say.
WITHOUT_IT = {
    "{0}": (
        "{0}[1:]",
        "[{0}[0]] + {0}[2:]",
        "[{0}[0], *{0}[2:]]",
        "{0}[:1] + {0}[2:]",
    ),
    "{0}[1:]": ("{0}[2:]",),
}


@dataclass(frozen=True, eq=False)
class Removal:
    """A statement by which the first word is no longer in ``sys.argv``.

    It ``fails`` by itself where there is none, as ``del sys.argv[1]`` does.
    """

    statement: ast.stmt
    fails: bool


def first_word(node: ast.AST, syntax: Syntax) -> ast.expr | None:
    """The expression that is the first word, made of this ``sys.argv``; None for others.

    ``sys.argv[1]`` or ``sys.argv.pop(1)``.
    """
    parent = syntax.parent[node]
    if isinstance(parent, ast.Subscript) and parent.value is node:
        read = isinstance(parent.ctx, ast.Load) and _is_one(parent.slice)
        return parent if read else None
    if isinstance(parent, ast.Attribute) and parent.attr == "pop":
        call = syntax.parent[parent]
        if isinstance(call, ast.Call) and call.func is parent and not call.keywords:
            return call if len(call.args) == 1 and _is_one(call.args[0]) else None
    return None


def removal(node: ast.AST, syntax: Syntax) -> Removal | None:
    """The statement that takes the first word out of this ``sys.argv``."""
    argv = ast.unparse(node)
    statement = syntax.statement(node)
    word = first_word(node, syntax)
    if isinstance(word, ast.Call):
        value = getattr(statement, "value", None)
        alone = isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr))
        return (
            Removal(statement, True) if alone and value is written(word, syntax) else None
        )
    if isinstance(statement, ast.Delete):
        deleted = [ast.unparse(t) for t in statement.targets]
        return Removal(statement, True) if deleted == [f"{argv}[1]"] else None
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target, value = ast.unparse(statement.targets[0]), ast.unparse(statement.value)
    for name, values in WITHOUT_IT.items():
        if target == name.format(argv) and value in (v.format(argv) for v in values):
            return Removal(statement, False)
    return None


def written(word: ast.expr, syntax: Syntax) -> ast.expr:
    """The word in the writing in which it is used: ``sys.argv[1].lower()``."""
    method = syntax.parent[word]
    call = syntax.parent.get(method)
    if isinstance(method, ast.Attribute) and method.attr in WRITES:
        if isinstance(call, ast.Call) and call.func is method and not call.args:
            return written(call, syntax)
    return word


def only_chooses(word: ast.expr, syntax: Syntax) -> bool:
    """Whether all that is done with the word is to choose by it, or to show it.

    It is compared, looked up in a table or printed, also by the one name that it gets.
    Whatever else gets it might take it for a value, which a job would launch.
    """
    used = written(word, syntax)
    parent = syntax.parent[used]
    match parent:
        case ast.Compare() | ast.Match() | ast.Expr() | ast.If():
            return True
        case ast.Subscript(value=ast.Name() | ast.Attribute(), ctx=ast.Load()):
            return parent.slice is used
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in SHOWS and used in parent.args
        case ast.FormattedValue():
            return isinstance(syntax.statement(used), (ast.Expr, ast.Raise))
        case ast.Assign() if parent.value is used:
            return all(only_chooses(read, syntax) for read in _reads(parent, syntax))
        case ast.Tuple(elts=[first, *_]) if first is used:
            statement = syntax.parent[parent]
            return isinstance(statement, ast.Assign) and all(
                only_chooses(read, syntax) for read in _reads(statement, syntax, 0)
            )
    return False


def _reads(
    statement: ast.Assign, syntax: Syntax, index: int | None = None
) -> Iterator[ast.expr]:
    """The reads of the name that a statement assigns; itself where they aren't seen."""
    reads = reads_of(statement, syntax, index)
    yield from reads or statement.targets


def fails_first(word: ast.expr, syntax: Syntax) -> ast.stmt | None:
    """The statement that fails for want of the word, before all else that it does."""
    used = written(word, syntax)
    parent = syntax.parent[used]
    statement = syntax.statement(word)
    match statement:
        case ast.Assign(value=value) | ast.Expr(value=value) if value is used:
            return statement
        case ast.Match(subject=subject) if subject is used:
            return statement
        case ast.If(test=test) if isinstance(parent, ast.Compare) and parent.left is used:
            first = test.values[0] if isinstance(test, ast.BoolOp) else test
            return statement if first is parent else None
    return None


def _is_one(index: ast.expr) -> bool:
    return isinstance(index, ast.Constant) and index.value == 1 and index.value is not True
