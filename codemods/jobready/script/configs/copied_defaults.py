"""Parameters whose defaults a run shows under their names, as literals."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from jobready.script.configs.recording import Problem, Recording
from jobready.script.model import Parameter
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax


def copied_defaults(
    recording: Recording,
    parameters: Mapping[str, Parameter],
    init: ast.Call,
    syntax: Syntax,
) -> dict[Problem, tuple[str, ast.expr]]:
    """The parameters that an init shows as their defaults, whatever their values are.

    ``config={"lr": args.lr, "epochs": 100}`` beside ``--epochs`` with the default 100. Only
    what nothing else can read: what stands in the call itself.
    """
    found = {}
    for name, node, problem in recording.constants if recording.records else ():
        display = syntax.parent[node]
        if isinstance(display, ast.keyword):  # dict(epochs=100)
            display = syntax.parent[display]
        given = syntax.parent[display]
        inside = isinstance(given, ast.keyword) and given.arg == "config"
        default = parameters[name].default if name in parameters else None
        value = literal(node)
        same = type(value) is type(default) and value == default and value is not None
        if same and inside and syntax.parent[given] is init:
            found[problem] = name, node
    return found
