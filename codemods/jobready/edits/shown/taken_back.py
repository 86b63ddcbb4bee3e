"""Runs whose config a script takes as its arguments: they are shown behind that.

``wandb.init()``, then ``vars(args).update(wandb.config)``: a sweep sets what the script
reads, and the run shows no more than that. Shown by ``config=args``, the arguments would
come back as W&B records them, `1.0` as `1` (wandb 0.20 to 0.31.0); shown behind, not so.

A launched value comes back as it is, behind the parser that has taken it too. So parameters
must be such as JSON has, and none overwritten before: it would be as launched again.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from types import NoneType

from jobready.edits.plan import LinesBehind
from jobready.edits.shown.init_config import (
    config_read,
    config_written,
    held_at,
    unclear_update,
)
from jobready.edits.shown.run_statement import has_own_lines, run_behind, run_statement
from jobready.script.arguments.parameter_reads import names_copy
from jobready.script.arguments.unnamed_overwrites import unnamed_overwrites
from jobready.script.configs.reading_back import update_in_place
from jobready.script.model import Init, Parameter, Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict

# Keywords by which a run may go on that has its config already; None is ``**keywords``.
GOES_ON = frozenset(("id", "resume", "resume_from", "config", None))


def taken_back(init: Init, script: Script, type_checked: bool) -> LinesBehind | None:
    """The line that shows the parameters once they are up to date; None where it can't."""
    syntax: Syntax = script.syntax
    start, taken = run_statement(init, syntax), update_in_place(init, syntax, script.flow)
    if init.extends is not None or start is None or taken is None:
        return None
    if any(k.arg in GOES_ON for k in init.call.keywords):
        return None
    call = _update(taken, script.flow)
    if call is None or not has_own_lines(taken, syntax):
        return None
    if not all(_is_plain(p) for p in script.parameters) or _is_early(taken, script):
        return None
    if unclear_update(script) or config_read(script, taken) or config_written(script):
        return None
    here = replace(init, call=call, place=syntax.place(call))
    run, held = run_behind(init, start), held_at(here, script, type_checked)
    if run is None or held is None:
        return None
    return LinesBehind(call, (f"{run}.config.update({held})",))


def _is_plain(parameter: Parameter) -> bool:
    """Whether a launched value is what its text on the command line gives."""
    if parameter.action in ("help", "version"):
        return True
    default = parameter.default
    if not parameter.named or not isinstance(default, (bool, int, float, str, NoneType)):
        return False
    if parameter.action in ("store_true", "store_false"):
        return True
    plain = parameter.type_kind in ("none", "number", "str") and parameter.nargs is None
    return parameter.action == "store" and plain and default == default  # not nan


def _is_early(taken: ast.stmt, script: Script) -> bool:
    """Whether a parameter may be overwritten before the config is taken."""
    syntax: Syntax = script.syntax
    function = syntax.scope(taken).node
    place, last = syntax.place(taken), getattr(function, "end_lineno", None)
    unnamed = map(syntax.place, unnamed_overwrites(syntax, script.flow))
    return any(
        p.file != place.file or not (taken.end_lineno or 0) < p.line <= (last or p.line)
        for p in [*(o.place for o in script.overwrites), *unnamed]
    )


def _update(statement: ast.stmt, flow: Flow) -> ast.Call | None:
    """The call of a statement that gives the arguments each value as the config has it.

    ``vars(args).update(wandb.config)``, or a loop that sets each by ``setattr``.
    """
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        method = statement.value.func
        if isinstance(method, ast.Attribute) and _is_own(method.value, flow):
            return statement.value
    if not isinstance(statement, ast.For) or not isinstance(statement.iter, ast.Call):
        return None
    inside = [n for s in statement.body for n in ast.walk(s)]
    calls = [n for n in inside if isinstance(n, ast.Call) and name_of(n.func) == "setattr"]
    if len(calls) != 1 or len(calls[0].args) != 3:
        return None
    owner, *pair = calls[0].args
    given = ast.unparse(ast.Tuple(pair, ast.Load()))
    skips = any(isinstance(n, (ast.Break, ast.Continue, ast.Try)) for n in inside)
    if skips or given.strip("()") != ast.unparse(statement.target).strip("()"):
        return None
    stored = {n.id for n in inside if isinstance(n, ast.Name) and not _is_load(n)}
    if stored or not _is_own(owner, flow):
        return None
    return statement.iter


def _is_load(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _is_own(node: ast.expr, flow: Flow) -> bool:
    """Whether it is the parsed arguments or their dict, and no copy of them."""
    found = flow.meanings(node)
    if not found or not all(isinstance(m, (Arguments, ArgumentsDict)) for m in found):
        return False
    inner = node.args[0] if isinstance(node, ast.Call) and node.args else node
    inner = inner.value if isinstance(inner, ast.Attribute) else inner
    return not (names_copy(node, flow) or names_copy(inner, flow))
