"""Showing the parameters of a run whose config isn't known: an update behind its init.

Whatever the config holds, each parameter is then found by its own name, with the value
that the script has: what a launch sets, and a clone gives back. It is no safe fix. A key of
the config that has a parameter's name shows the parameter from then on, and one that shows
it under another name is not what a job is to set.
"""

from __future__ import annotations

import ast

from jobready.edits.held_arguments import arguments_name, dict_of, parse_stages
from jobready.edits.init_config import as_dict, config_read
from jobready.edits.plan import LinesBehind
from jobready.edits.run_statement import bound_run, has_own_lines, run_statement
from jobready.edits.unshown import unshown
from jobready.outcome import Reason
from jobready.script.model import Init, Script


def update_behind(init: Init, script: Script) -> LinesBehind | Reason:
    """The line behind the init that shows the parameters, or why there can be none.

    Its second argument lets the update change what the config shows (wandb 0.13.8 to
    0.31.0 raise otherwise); what a launch has set stays as it is in any case.
    """
    statement = run_statement(init, script.syntax)
    if statement is None or not has_own_lines(statement, script.syntax):
        return Reason.at("wandb.init has no statement of its own", init.place)
    run = bound_run(statement)
    if run is None and isinstance(init.call.func, ast.Attribute):
        run = ast.unparse(init.call.func.value)
    hidden = sorted(unshown(script))
    if hidden:
        text = f"the run's config isn't known, and {hidden[0]} can't be shown in it"
        return Reason.at(text, init.place)
    shown = _shown(init, script)
    if run is None or shown is None:
        what = "the run" if run is None else "the parsed arguments"
        return Reason.at(f"no name where wandb.init is called holds {what}", init.place)
    read = config_read(script)
    if read is not None:
        text = "the script reads the run's config, which would then hold the parameters"
        return Reason.at(text, read)
    return LinesBehind(init.call, (f"{run}.config.update({shown}, allow_val_change=True)",))


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
