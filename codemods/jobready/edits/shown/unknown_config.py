"""Showing the parameters of a run whose config isn't known: an update behind its init.

Whatever the config holds, each parameter is then found with the value that the script has:
what a launch sets, and a clone gives back. It goes by its own name, or by ``args/`` and its
name where the config has another value under that. What the config holds stays as it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.launched.job_config import rank_parameters
from jobready.edits.plan import LinesBehind
from jobready.edits.shown.held_arguments import arguments_name, dict_of, parse_stages
from jobready.edits.shown.init_config import (
    as_dict,
    config_read,
    config_reads,
    config_written,
    left_out,
)
from jobready.edits.shown.run_statement import has_own_lines, run_behind, run_statement
from jobready.edits.shown.through_environment import through_environment
from jobready.edits.shown.unshown import condition
from jobready.outcome import Reason
from jobready.script.model import Init, Script
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import Change, changes_at
from jobready.script.values.handed_over import TAKEN
from jobready.script.values.meanings import RunConfig
from jobready.script.values.order import always_behind, statements_between
from jobready.script.values.shown_apart import PREFIX, apart

COMMENT = f"# named {PREFIX}... where the config has another value"


def update_behind(init: Init, script: Script) -> tuple[LinesBehind, ...] | Reason:
    """The lines that show the parameters, or why there can be none.

    One goes behind the init. Where no name there holds the parameters, another behind
    their parse leaves them in the environment. All go by ``args/`` and their names where
    the script itself looks for keys in the config, or may change any of them later.

    Where it takes values back from the config they may be made of parameters, and a job
    that has both would go by those.
    """
    statement = run_statement(init, script.syntax)
    if statement is None or not has_own_lines(statement, script.syntax):
        return Reason.at("wandb.init has no statement of its own", init.place)
    run = run_behind(init, statement)
    if run is None:
        return Reason.at("no name where wandb.init is called holds the run", init.place)
    shown = _shown(init, script)
    scope = script.syntax.scope(init.call)
    if shown is not None and script.syntax.owner("vars", scope) is not None:
        return Reason.at("vars stands for something else here", init.place)
    values = TAKEN if shown is None else shown
    ranks = {name for name, _ in rank_parameters(script)}
    out = condition(ranks | left_out(init, script)) if shown is not None else ""
    behind = _last_update(init, statement, script)
    taken = _taken(script) if init.unclear or isinstance(behind, Reason) else None
    if taken is not None:
        text = "the script takes values back from the run's config, which isn't known"
        return behind if isinstance(behind, Reason) else Reason.at(text, taken)
    if isinstance(behind, Reason):
        behind, update = init.call, update_line(run, apart(values, None, out))
    elif _is_unknown(init):
        update = update_line(run, apart(values, f"{run}.config", out))
        update = f"{COMMENT}\n{update}"
    else:
        update = update_line(run, values)
    if shown is None:
        return through_environment(init, behind, update, script)
    return (LinesBehind(behind, (update,)),)


def update_line(run: str, shown: str) -> str:
    """The line that shows a dict of parameters, over what the config holds.

    The second argument of the update is for a run that is resumed, and shows what it had
    (wandb 0.13.8 to 0.31.0 raise otherwise); what a launch has set stays as it is.
    """
    return f"{run}.config.update({shown}, allow_val_change=True)"


def _is_unknown(init: Init) -> bool:
    """Whether the run may be given a config whose keys aren't known."""
    given = any(k.arg in ("config", None) for k in init.call.keywords)
    spelled_out = init.extends is not None and not init.file
    return bool(init.unclear) or (given and not spelled_out)


def _taken(script: Script) -> Place | None:
    """Where a value may be taken from a run's config, and not only a key looked for."""
    syntax: Syntax = script.syntax
    for read, _ in config_reads(script):
        above = syntax.parent[read]
        if not isinstance(above, ast.Compare) or above.left is read:
            return syntax.place(read)
    return None


def _last_update(init: Init, start: ast.stmt, script: Script) -> ast.Call | Reason:
    """The call that the parameters are shown behind: of the init, or a later update.

    An update with keys that nobody knows goes first: W&B raises where it would change what
    is shown. The reason says why the parameters can't be shown by their own names.
    """
    syntax: Syntax = script.syntax
    read = config_read(script)
    if read is not None:
        text = "the script reads the run's config, which would then hold the parameters"
        return Reason.at(text, read)
    calls = [init.call]
    written = config_written(script)
    if written is not None:
        return written
    for change in _unknown_changes(script):
        if not isinstance(change.node, ast.Call):
            text = "the run's config gets keys that nobody knows"
            return Reason.at(text, syntax.place(change.node))
        calls.append(change.node)
    for call in calls[1:]:
        if not _is_soon_behind(syntax.statement(call), start, script):
            text = "the run's config gets keys that nobody knows, when it is under way"
            return Reason.at(text, syntax.place(call))
    return max(calls, key=lambda call: call.lineno)


def _is_soon_behind(statement: ast.stmt, start: ast.stmt, script: Script) -> bool:
    """Whether a statement always runs behind an init, and nothing of the script between."""
    syntax: Syntax = script.syntax
    between = statements_between(start, statement, syntax)
    if between is None or not isinstance(statement, ast.Expr):
        return False
    if not always_behind(statement, start, syntax) or not has_own_lines(statement, syntax):
        return False
    inside = (n for s in between for n in ast.walk(s))
    return not any(
        isinstance(n, ast.Call) and script.flow.functions(n.func) for n in inside
    )


def _unknown_changes(script: Script) -> Iterator[Change]:
    """What changes a run's config, nobody knows under which keys."""
    syntax: Syntax = script.syntax
    for node in syntax.of(ast.Name, ast.Attribute):
        for change in changes_at(node, syntax):
            if change.key is None:
                meanings = script.flow.meanings(node)
                if any(isinstance(m, RunConfig) for m in meanings):
                    yield change


def _shown(init: Init, script: Script) -> str | None:
    """The dict of all parameters; None where no name holds them."""
    found = arguments_name(init, script)
    if found is None:
        return None
    stages = parse_stages(init, script)
    if len(stages) > 1:
        together = ", ".join(f"**{part}" for part in map(dict_of, stages))
        return f"{{{together}}}"
    name, is_dict = as_dict(*found, script)
    return name if is_dict else f"vars({name})"
