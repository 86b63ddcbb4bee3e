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
from jobready.script.source.scopes import Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import (
    argument_for,
    method_of,
    name_of,
    named_parameters,
    unpacks,
)

SAVES = "save_hyperparameters"


def saved_otherwise(
    parameters: Collection[str], syntax: Syntax, flow: Flow
) -> Iterator[tuple[str, Place]]:
    """The parameters by whose names modules save something else, and where."""
    made = syntax.of(ast.Call) if syntax.mentions(SAVES) else []
    for call in made:
        owner = flow.definition(call.func)
        init = None if owner is None else method_of(owner, "__init__")
        if init is None or unpacks(call):
            continue
        saved = _saved(init) & {*parameters}
        positional = [*init.args.posonlyargs, *init.args.args]
        for argument in (a for a in _taken(init) if a.arg in saved):
            value = argument_for(call, argument, positional, method=True)
            if value is None or parameter_read(value, flow) != argument.arg:
                yield argument.arg, syntax.place(value or call)


def _taken(init: Function) -> list[ast.arg]:
    """The arguments behind the first, which is the module itself."""
    return named_parameters(init.args)[1:]


def _saved(init: Function) -> set[str]:
    """The arguments that it saves; none where it is told to save what isn't known."""
    every = {a.arg for a in _taken(init)}
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
