"""What the modules of Lightning save for their Trainer to record: ``save_hyperparameters``.

The Trainer gives it to the logger when it fits a module (``_log_hyperparams``, read in
Lightning 2.6): the arguments of the module's ``__init__``, by their names.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.source.literals import is_known, literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of

SAVES = "save_hyperparameters"


def saved_otherwise(
    parameters: Collection[str], syntax: Syntax, flow: Flow
) -> Iterator[tuple[str, Place]]:
    """The parameters by whose names modules save something else, and where."""
    made = syntax.of(ast.Call) if syntax.mentions(SAVES) else []
    for call in made:
        owner = flow.definition(call.func)
        init = None if owner is None else _init(owner)
        if init is None:
            continue
        saved = _saved(init) & {*parameters}
        for name, value in _given(call, init.args):
            if name in saved and (value is None or parameter_read(value, flow) != name):
                yield name, syntax.place(value or call)


def _init(owner: ast.ClassDef) -> ast.FunctionDef | None:
    """The ``__init__`` of a class."""
    functions = (f for f in owner.body if isinstance(f, ast.FunctionDef))
    return next((f for f in functions if f.name == "__init__"), None)


def _saved(init: ast.FunctionDef) -> set[str]:
    """The arguments that it saves; none where it is told to save what isn't known."""
    given = init.args
    every = {a.arg for a in (*given.posonlyargs, *given.args[1:], *given.kwonlyargs)}
    found: set[str] = set()
    for call in (n for n in ast.walk(init) if isinstance(n, ast.Call)):
        if name_of(call.func) != SAVES:
            continue
        told = {k.arg: literal(k.value) for k in call.keywords}
        named = [literal(a) for a in call.args]
        if told.get("logger") is False or not all(map(is_known, named)):
            continue
        left_out = told.get("ignore")
        if isinstance(left_out, str):
            left_out = [left_out]
        if isinstance(left_out, (list, tuple)):
            every -= {*left_out}
        found |= every & {*named} if named else every
    return found


def _given(
    call: ast.Call, arguments: ast.arguments
) -> Iterator[tuple[str, ast.expr | None]]:
    """What a call gives each argument behind the first; None for a default."""
    spread = any(isinstance(a, ast.Starred) for a in call.args)
    if spread or any(k.arg is None for k in call.keywords):
        return
    positional = [a.arg for a in (*arguments.posonlyargs, *arguments.args)][1:]
    bound: dict[str, ast.expr] = dict(zip(positional, call.args, strict=False))
    bound |= {k.arg: k.value for k in call.keywords if k.arg is not None}
    for name in (*positional, *(a.arg for a in arguments.kwonlyargs)):
        yield name, bound.get(name)
