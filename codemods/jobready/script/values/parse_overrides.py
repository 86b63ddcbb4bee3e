"""Methods by which a parser of the script's own parses, and hands its words on.

Either by ``return super().parse_args(*args, **kwargs)``: words that are given to it count
as they do for argparse's own, so that a job's may be given to it from outside. Or in a
``parse_known_args`` that parses once for the name of a file, makes defaults of what the
file holds, and parses again: there a job's belong into both parses, for the second knows
the defaults.
"""

from __future__ import annotations

import ast
from typing import TypeGuard

from jobready.script.source.scopes import FUNCTIONS, Function

# What such a method may do with its parser beside parsing: the parameters stay the same.
DOES = frozenset(
    (
        *("get_default", "error", "exit", "_actions"),
        *("format_help", "format_usage", "print_help", "print_usage"),
    )
)
# Methods that argparse's own parse gives its words to.
INNER = frozenset(("parse_known_args", "parse_known_intermixed_args"))
OUTER = frozenset(("parse_args", "parse_intermixed_args"))


def hands_on(method: Function) -> bool:
    """Whether a method of a parser's class gives argparse's all its words, and no others.

    It returns what that returns, reads nothing else of the words, and leaves alone which
    parameters there are, and their defaults: a job asks for them before it is called.
    """
    return _is_faithful(method, DOES)


def parses_again(method: Function) -> bool:
    """The same where it makes other defaults between two parses, each of all the words."""
    if method.name != "parse_known_args" or method.args.vararg is not None:
        return False
    return _is_faithful(method, DOES | {"set_defaults"}) and not hands_on(method)


def _is_faithful(method: Function, does: frozenset[str]) -> bool:
    every = [*method.args.posonlyargs, *method.args.args]
    if method.name not in INNER | OUTER or method.decorator_list or not every:
        return False
    nodes = [n for n in ast.walk(method) if n is not method]
    odd = (*FUNCTIONS, ast.Lambda, ast.Await, ast.Global, ast.Nonlocal)
    if isinstance(method, ast.AsyncFunctionDef) or any(isinstance(n, odd) for n in nodes):
        return False
    parses = [n for n in nodes if isinstance(n, ast.Call) and _parses(n, method.name)]
    used = {n.value for n in nodes if isinstance(n, ast.Attribute) and n.attr in does}
    used |= {p.func.value for p in parses if isinstance(p.func, ast.Attribute)}
    used |= {n for p in parses for n in _launched(p) if isinstance(n, ast.expr)}
    for node in nodes:
        if _is_super(node):
            used.update(node.args)  # super(Parser, self)
    for node in nodes:
        if _is_named(node, every[0].arg) or _is_super(node):
            if node not in used:
                return False
    return _gives_back(method, parses, nodes) and _gives_all(method, parses, nodes)


def _is_super(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "super"


def _parses(call: ast.Call, name: str) -> bool:
    """Whether it is ``super().parse_args(…)``, the method's own name."""
    method = call.func
    if not isinstance(method, ast.Attribute) or method.attr != name:
        return False
    return _is_super(method.value)


def _is_named(node: ast.AST, name: str | None) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _gives_back(method: Function, parses: list[ast.Call], nodes: list[ast.AST]) -> bool:
    """Whether it returns on its last line, and always what a parse has returned."""
    if not isinstance(method.body[-1], ast.Return):
        return False
    kept: dict[str, ast.Assign] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and node.value in parses:
            kept[ast.unparse(node.targets[-1])] = node
    for node in nodes:
        if isinstance(node, ast.Return) and node.value not in parses:
            text = ast.unparse(node.value) if node.value is not None else ""
            if text not in kept or not _is_kept(kept[text], nodes):
                return False
    return True


def _is_kept(statement: ast.Assign, nodes: list[ast.AST]) -> bool:
    """Whether nothing else sets the names that get what a parse has returned."""
    own = {n for n in ast.walk(statement) if isinstance(n, ast.Name)}
    names = {n.id for n in own if isinstance(n.ctx, ast.Store)}
    return all(
        isinstance(n.ctx, ast.Load) or n in own or n.id not in names
        for n in nodes
        if isinstance(n, ast.Name)
    )


def _gives_all(method: Function, parses: list[ast.Call], nodes: list[ast.AST]) -> bool:
    """Whether each parse gets the words as they came, and nothing else looks at them."""
    given = method.args
    every = [*given.posonlyargs, *given.args]
    if given.vararg is not None:
        names = {a.arg for a in (given.vararg, given.kwarg) if a is not None}
        words = f"*{given.vararg.arg}" + (f", **{given.kwarg.arg}" if given.kwarg else "")
        if len(every) > 1 or any(_arguments(p) != words for p in parses):
            return False
    elif method.name in INNER and len(every) > 1:
        names = {every[1].arg}
        if any(not p.args or not _is_given(p.args[0], every[1].arg) for p in parses):
            return False
        if len(parses) > 1 and _goes_on(parses, every, nodes):
            return False
    else:
        return False
    inside = {n for p in parses for n in ast.walk(p)}
    read = [n for n in nodes if isinstance(n, ast.Name) and n.id in names]
    return bool(parses) and all(n in inside for n in read)


def _goes_on(parses: list[ast.Call], own: list[ast.arg], nodes: list[ast.AST]) -> bool:
    """Whether a parse goes on with what another has found: lists would grow twice."""
    names = {a.arg for a in own}
    given = [n for p in parses for n in (*p.args[1:], *(k.value for k in p.keywords))]
    kept = all(isinstance(n, ast.Name) and n.id in names for n in given)
    stored = {
        n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    return not kept or bool(names & stored)


def _is_given(words: ast.expr, name: str) -> bool:
    """Whether words are those of a name, or these with a job's behind them."""
    if isinstance(words, ast.List) and len(words.elts) == 2:
        first, last = words.elts
        if not isinstance(first, ast.Starred) or not isinstance(last, ast.Starred):
            return False
        own = first.value
        if isinstance(own, ast.IfExp) and ast.unparse(own.test) == f"{name} is None":
            own = own.orelse
        return _is_named(own, name) and isinstance(last.value, ast.Call)
    return _is_named(words, name)


def _launched(parse: ast.Call) -> list[ast.AST]:
    """What the function of a migrated parse is given: ``*job_args(self)``."""
    words = parse.args[0] if parse.args else None
    last = words.elts[-1] if isinstance(words, ast.List) and words.elts else None
    return list(ast.walk(last)) if isinstance(last, ast.Starred) else []


def _arguments(call: ast.Call) -> str:
    return ast.unparse(call)[len(ast.unparse(call.func)) + 1 : -1]
