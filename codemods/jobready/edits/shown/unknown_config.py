"""Showing the parameters of a run whose config isn't known: an update behind its init.

Whatever the config holds, each parameter is then found with the value that the script has:
what a launch sets, and a clone gives back. They go by ``args/`` and their names, so that
nothing hides them, nothing that the config holds is hidden, and whatever the script takes
from it stays the same.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jobready.edits.launched.job_config import rank_parameters
from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.plan import LinesBehind
from jobready.edits.shown.held_arguments import arguments_name, dict_of, parse_stages
from jobready.edits.shown.init_config import CONFIG_METHODS, as_dict, config_reads, left_out
from jobready.edits.shown.parsed_there import is_fresh, parsed_there
from jobready.edits.shown.run_statement import (
    has_own_lines,
    returned_run,
    run_behind,
    run_statement,
)
from jobready.edits.shown.through_environment import PLAIN, through_environment
from jobready.edits.shown.unshown import condition
from jobready.outcome import Reason
from jobready.script.configs.named_pops import named_pops
from jobready.script.configs.other_runs import is_dropped, is_of_other_run
from jobready.script.configs.removals import Removal, all_names, removals
from jobready.script.model import Init, Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of
from jobready.script.values.handed_over import TAKEN
from jobready.script.values.meanings import RunConfig
from jobready.script.values.order import comes_later
from jobready.script.values.shown_apart import apart

# What a run is called that got somewhere on a way which isn't followed.
RUNS = frozenset(("run", "wandb", "wb"))


def update_behind(init: Init, script: Script) -> tuple[LinesBehind, ...] | Reason:
    """The lines that show the parameters, or why there can be none.

    One goes behind the init. Where no name there holds the parameters, another behind
    their parse leaves them in the environment.
    """
    syntax: Syntax = script.syntax
    named = returned_run(init, syntax)
    statement = syntax.statement(init.call) if named else run_statement(init, syntax)
    if statement is None or not has_own_lines(statement, syntax):
        return Reason.at("wandb.init has no statement of its own", init.place)
    run = named or run_behind(init, statement)
    if run is None:
        return Reason.at("no name where wandb.init is called holds the run", init.place)
    if _is_stub(run, init, syntax):
        return Reason.at(f"{run} may be a class of the script's own here", init.place)
    read = _read(init, script)
    if read is not None:
        return read
    shown = _shown(init, script)
    ranks = {name for name, _ in rank_parameters(script)}
    unshown = ranks | left_out(init, script)
    removed = _removed_before(init, script)
    popped = {} if shown is None else _popped(removed, shown, init, script)
    if popped:
        values = ", ".join(f'"{k}": {name}' for k, name in popped.items())
        shown = f"{{**{shown}, {values}}}"
    lost = set[str]() if popped else _lost(removed, script)
    if isinstance(lost, Reason):
        return lost
    taken = update_line(run, apart(TAKEN))
    if shown is None:
        return through_environment(init, (taken,), script, named=named)
    if syntax.owner("vars", syntax.scope(init.call)) is not None:
        return Reason.at("vars stands for something else here", init.place)
    held = update_line(run, apart(shown, condition(unshown)))
    if lost - unshown:  # these before the others, which the script may have changed
        several = len(script.extensible_runs) > 1  # for which one line leaves them
        kept = None if several else lost - unshown
        return through_environment(init, (taken, held), script, kept, named)
    return (LinesBehind(init.call, (held,), named=named),)


def lost_before(init: Init, script: Script) -> set[str] | Reason:
    """The parameters that may be taken out of the arguments by the time of a run.

    A reason where these may be any, or may be gone before a line behind the parse.
    """
    return _lost(_removed_before(init, script), script)


def _lost(removed: Sequence[Removal], script: Script) -> set[str] | Reason:
    """The same of what is taken out in such places."""
    fresh = all(
        not isinstance(parsed := parsed_there(parse, script), Reason)
        and is_fresh(parsed, parse, script)
        for parse in (launched_parses(script) if removed else ())
    )
    for removal in removed:
        if removal.name is None or not fresh:
            return Reason.at(*removal.problem(script.syntax))
    return {removal.name for removal in removed if removal.name is not None}


def _removed_before(init: Init, script: Script) -> list[Removal]:
    """Where parameters may be taken out of the arguments by the time of a run."""
    syntax: Syntax = script.syntax
    return [
        removal
        for removal in removals(syntax, script.flow, all_names(script.parsers))
        if not comes_later(removal.target, init.call, syntax, script.flow)
    ]


def _popped(
    removed: Sequence[Removal], holder: str, init: Init, script: Script
) -> dict[str, str]:
    """The names of what is taken out of a dict; none unless all have one."""
    gone = {removal.name for removal in removed}
    taken = [p for p in script.parameters if p.name in gone]
    if not all(p.type_kind in PLAIN and p.nargs is None for p in taken):
        return {}
    return named_pops(removed, holder, init.call, script.syntax)


def update_line(run: str, shown: str) -> str:
    """The line that shows a dict of parameters, over what the config holds.

    The second argument of the update is for a run that is resumed, and shows what it had
    (wandb 0.13.8 to 0.31.0 raise otherwise); what a launch has set stays as it is.
    """
    return f"{run}.config.update({shown}, allow_val_change=True)"


def _is_stub(run: str, init: Init, syntax: Syntax) -> bool:
    """Whether what has the config may be a stand-in, ``class wandb``, where W&B isn't."""
    bindings = syntax.bindings(run.partition(".")[0], syntax.scope(init.call))
    return any(b.kind == "definition" for b in bindings)


def _read(init: Init, script: Script) -> Reason | None:
    """Why nothing more may be shown where the script reads the run's config.

    It comes upon all keys where it takes the config as a whole. What it takes out of one
    that isn't known may be made of parameters, and a job that has both would go by that.
    """
    syntax: Syntax = script.syntax
    for config in syntax.named.get("config", ()):
        if not _may_be_a_runs(config) or is_of_other_run(config, syntax, script.flow):
            continue
        if not script.flow.meanings(config) & {RunConfig()}:
            text = "the script reads what may be the run's config"
            return Reason.at(text, syntax.place(config))
    for read, key in config_reads(script):
        above = syntax.parent[read]
        if isinstance(above, ast.Compare) and above.left is not read:
            continue  # a key is looked for
        if is_dropped(read, syntax):
            continue
        by_key = isinstance(above, ast.Subscript) or key == "get"
        if key in CONFIG_METHODS - {"get"} or (key is None and not by_key):
            text = "the script reads the run's config, which would then hold the parameters"
            return Reason.at(text, syntax.place(read))
        if init.unclear:
            text = "the script takes values back from the run's config, which isn't known"
            return Reason.at(text, syntax.place(read))
    return None


def _may_be_a_runs(config: ast.AST) -> bool:
    """Whether it is ``it.config`` of something that is called a run, or wandb."""
    if not isinstance(config, ast.Attribute) or not isinstance(config.ctx, ast.Load):
        return False
    owner = config.value
    name = name_of(owner)
    if isinstance(owner, ast.Subscript) and isinstance(owner.slice, ast.Constant):
        name = str(owner.slice.value)
    return bool(RUNS & set((name or "").lower().split("_")))


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
