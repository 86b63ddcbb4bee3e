"""Training that ends before the script starts any run of its own.

``trainer.train()``, and ``wandb.init(job_type="export")`` further down for its files: the
framework has started a run by then, which is the one that trains.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.model import Init
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.order import runs_behind

TRAINS = ("fit", "train")


def trained_before(inits: Sequence[Init], syntax: Syntax, flow: Flow) -> bool:
    """Whether a Trainer trains before each of these runs, on every way that is seen."""
    return bool(inits) and any(
        all(_only_behind(init, training, syntax, flow) for init in inits)
        for training in _trainings(syntax, flow)
    )


def _only_behind(init: Init, training: ast.Call, syntax: Syntax, flow: Flow) -> bool:
    return runs_behind(init.call, training, syntax, flow) and not runs_behind(
        training, init.call, syntax, flow
    )


def _trainings(syntax: Syntax, flow: Flow) -> Iterator[ast.Call]:
    """The calls that train, on a name that a Trainer has."""
    for name in TRAINS:
        for method in syntax.named.get(name, ()):
            call = syntax.parent[method]
            if not isinstance(method, ast.Attribute) or not isinstance(call, ast.Call):
                continue
            if call.func is method and _is_trainer(method.value, syntax, flow):
                yield call


def _is_trainer(node: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether a call of a class named Trainer gives an object, which may have a name."""
    values = [node]
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        values = [value for binding in bindings for value in flow.given(binding)]
    calls = [v for v in values if isinstance(v, ast.Call)]
    return any((name_of(call.func) or "").endswith("Trainer") for call in calls)
