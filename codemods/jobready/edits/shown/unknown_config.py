"""Showing the parameters of a run whose config isn't known: an update behind its init.

Whatever the config holds, each parameter is then found by its own name, with the value
that the script has: what a launch sets, and a clone gives back. It is no safe fix. A key of
the config that has a parameter's name shows the parameter from then on, and one that shows
it under another name is not what a job is to set.
"""

from __future__ import annotations

import ast

from jobready.edits.launched.names import hidden
from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.plan import LinesBehind
from jobready.edits.shown.held_arguments import arguments_name, dict_of, parse_stages
from jobready.edits.shown.init_config import as_dict, config_read, config_written
from jobready.edits.shown.parsed_there import parsed_there, starts_before
from jobready.edits.shown.run_statement import has_own_lines, run_behind, run_statement
from jobready.edits.shown.unshown import unshown
from jobready.outcome import Reason
from jobready.script.model import Init, Script
from jobready.script.source.syntax import Syntax
from jobready.script.values.functions import name_of
from jobready.script.values.handed_over import MODULES, TAKEN, left_by
from jobready.script.values.parser_classes import TAPS


def update_behind(init: Init, script: Script) -> tuple[LinesBehind, ...] | Reason:
    """The lines that show the parameters, or why there can be none.

    One goes behind the init. Where no name there holds the parameters, another behind
    their parse leaves them in the environment.

    The second argument of the update lets it change what the config shows (wandb 0.13.8 to
    0.31.0 raise otherwise); what a launch has set stays as it is in any case.
    """
    statement = run_statement(init, script.syntax)
    if statement is None or not has_own_lines(statement, script.syntax):
        return Reason.at("wandb.init has no statement of its own", init.place)
    run = run_behind(init, statement)
    secret = sorted(unshown(script))
    if secret:
        text = f"the run's config isn't known, and {secret[0]} can't be shown in it"
        return Reason.at(text, init.place)
    if run is None:
        return Reason.at("no name where wandb.init is called holds the run", init.place)
    read = config_read(script)
    if read is not None:
        text = "the script reads the run's config, which would then hold the parameters"
        return Reason.at(text, read)
    written = config_written(script)
    if written is not None:
        return written
    shown = _shown(init, script)
    if shown is not None:
        return (LinesBehind(init.call, (update_line(run, shown),)),)
    left = _left(init, script)
    if isinstance(left, Reason):
        return left
    update = update_line(run, TAKEN)
    if _stands_behind(update, init, script.syntax):
        return (left,)  # it is there for another script that starts this run
    taken = _with_modules(init.call, update, script)
    return taken if isinstance(taken, Reason) else (left, taken)


def update_line(run: str, shown: str) -> str:
    """The line that shows a dict of parameters, whatever the config holds."""
    return f"{run}.config.update({shown}, allow_val_change=True)"


def _stands_behind(line: str, init: Init, syntax: Syntax) -> bool:
    """Whether a line is there in the scope of an init."""
    text = ast.unparse(ast.parse(line))
    return any(
        name_of(call.func) == "update" and ast.unparse(call) == text
        for call in syntax.of(ast.Call)
        if syntax.scope(call) is syntax.scope(init.call)
    )


def _left(init: Init, script: Script) -> LinesBehind | Reason:
    """The line that leaves the parameters in the environment, behind their parse."""
    parses = launched_parses(script)
    if len(parses) != 1:
        text = "no name there holds what several parses give"
        return Reason.at(text, parses[-1].place)
    (parse,) = parses
    if starts_before(init, parse, script):
        return Reason.at("the run starts before the arguments are parsed", init.place)
    taps = [m.place for m in parse.parsers if m.library in TAPS]
    if taps:  # whose dict holds the parser as well
        return Reason.at("no environment takes a Tap to where the run starts", taps[0])
    parsed = parsed_there(parse, script)
    if isinstance(parsed, Reason):
        return parsed
    return _with_modules(parsed.call, left_by(parsed.name), script)


def _with_modules(call: ast.Call, line: str, script: Script) -> LinesBehind | Reason:
    """A line behind a call; it imports what the same function only imports further down.

    The name is the function's own, so that no other line sees what is imported there.
    """
    syntax: Syntax = script.syntax
    lines, uses = [line], []
    for module in reversed(MODULES):
        reason = hidden(module, module, call, script)
        if reason is None:
            uses.append(module)
            continue
        bound = syntax.scope(call).bindings.get(module, ())
        if not bound or any(script.flow.imported(b) != module for b in bound):
            return reason
        lines.insert(0, f"import {module}")
    return LinesBehind(call, tuple(lines), tuple(uses))


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
