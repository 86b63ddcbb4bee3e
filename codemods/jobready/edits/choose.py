"""Deciding what a script gets: a form with its edits, nothing, or a refusal.

The lightest form that keeps the contract is taken: ``config`` where nothing stands
against it, else ``argv``; ``agent`` for sweeps that run in the same process. What can't be
told from the source is refused with its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jobready.edits.forms import agent_form, argv_form, config_form, own_config_form
from jobready.edits.options import Options
from jobready.edits.plan import Plan
from jobready.edits.swept import beside_sweep
from jobready.edits.uncalled_parse import uncalled_parse
from jobready.outcome import ROUTED, UNSEEN_RUN, Reason, Refused, Unchanged
from jobready.project.environment import Environment
from jobready.script.model import Init, Script
from jobready.script.source.place import Place
from jobready.script.starts.trained_before import trained_before
from jobready.script.values.parser_classes import TAPS
from jobready.script.when_run import does_something

Decision = Plan | Unchanged | Refused


def choose(script: Script, options: Options, environment: Environment) -> Decision:
    """What to do with a script that starts a run; see the module's docstring."""
    ended = _nothing_to_do(script)
    if ended is not None:
        return _own_config(script, options, environment) or ended
    uncalled = uncalled_parse(script)
    if uncalled is not None:
        return Refused((uncalled,))
    script = _of_trainer(beside_sweep(script) or script)
    facts = [_reason(text, place) for text, place in script.strange_parses]
    if script.agent is not None and not script.inits:
        tracker = script.trackers[0]
        text = f"a sweep's values exist only after wandb.init, which {tracker.name} calls"
        return Refused((*facts, _reason(text, tracker.place)))
    if script.agent is not None and not facts:
        return _agent(script, options, environment)
    if options.form == "agent":
        return Refused((Reason("form agent is for wandb.agent sweeps, and here is none"),))
    unknown: list[Reason] = []
    shows = not any(p.into_dataclasses for p in script.parses)
    for init in script.runs:
        passed = init.unclear if shows and init.may_show else ()
        unknown += [_reason(text, place) for text, place in passed]
        facts += [_reason(t, p) for t, p in init.problems if (t, p) not in passed]
    if facts:
        return Refused(tuple(facts))
    if not any(m.parameters or m.unseen or m.commands for m in script.parsers):
        return Unchanged((Reason("its parser has no parameters"),))
    if script.reads_back and options.form != "argv" and not _needs_argv(script):
        text = "takes its values back from wandb.config"
        return Unchanged((_reason(text, script.reads_back),))
    if script.inits:
        obstacles = list(config_form.obstacles(script, environment.type_checked))
    else:
        tracker = script.trackers[0]
        text = f"{tracker.name} starts the run"
        obstacles = [_reason(text, tracker.place)]
    if script.aside:
        text = "a sweep gives its runs their values beside them"
        obstacles.append(_reason(text, script.runs[0].place))
    text = "what the run's config holds isn't known"
    obstacles += [replace(reason, message=text) for reason in unknown]
    script = replace(script, inits=tuple(_once_shown(i) for i in script.inits))
    if not obstacles and options.form != "argv":
        return _config(script)
    if options.form == "config":
        return Refused(tuple(_prefixed("form config would break: ", obstacles[:1])))
    return _argv(script, options, environment, obstacles)


def _of_trainer(script: Script) -> Script:
    """The script with the run that trains, where a Trainer starts that before all others.

    A job is made of the first run, and what starts behind it in the same process gets that.
    """
    if script.trackers and trained_before(script.inits, script.syntax, script.flow):
        return replace(script, inits=())
    return script


def _once_shown(init: Init) -> Init:
    """The init, once all parameters are shown beside what its config holds."""
    if not init.unclear:
        return init
    return replace(init, whole=True, taken_out=frozenset())


def _nothing_to_do(script: Script) -> Unchanged | Refused | None:
    """The outcome of a script that parses nothing, or starts no run."""
    starts = [_reason("", i.place) for i in script.inits]
    starts += [_reason("", t.place) for t in script.trackers]
    parses = bool(script.parses or script.strange_parses)
    foreign = script.foreign_command or next(iter(script.foreign), None)
    if starts and foreign and (script.foreign_command or not parses):
        name, place = foreign
        return Refused(
            (_reason(f"parameters are read by {name}, which is not supported yet", place),)
        )
    if not parses:
        what = "starts a run but parses no arguments" if starts else "parses no arguments"
        return Unchanged((Reason(what),))
    if not script.parses and not does_something(script.syntax):
        return Unchanged((Reason("does nothing when it is run: give what imports it"),))
    if script.inits or script.trackers:
        return None
    if script.strange_inits:
        return Refused(tuple(_reason(t, place) for t, place in script.strange_inits))
    taking = [p.function_place for p in script.parses if p.function_place is not None]
    if taking and len(taking) == len(script.parses):  # its run is one of --run-in
        return Unchanged((_reason(ROUTED, taking[0]),))
    for parameter in script.parameters:
        if "wandb" in parameter.name.lower() and parameter.place.file is None:
            text = f"parses arguments, {parameter.name} among them, but {UNSEEN_RUN}"
            text += ": --run-in FILE says where"
            return Unchanged((_reason(text, parameter.place),))
    if script.strange_parses or any(m.parameters or m.unseen for m in script.parsers):
        text = "parses arguments, but no run is seen: --add-init would add one"
        return Unchanged((Reason(f"{text}, --run-in FILE says where it starts"),))
    return Unchanged((Reason("parses arguments, but no run is seen"),))


def _own_config(script: Script, options: Options, environment: Environment) -> Plan | None:
    """The plan for a script whose parameters are no command line, where there is one."""
    if script.parses or script.strange_parses or script.foreign:
        return None
    if options.form not in (None, "config"):
        return None
    return own_config_form.plan(script, environment.type_checked)


def _config(script: Script) -> Decision:
    init = script.inits[0]
    text = "every parameter is only read, after wandb.init"
    return Plan(
        form="config",
        reasons=(_reason(text, init.place),),
        inits=config_form.config_edit(script),
        read_back=config_form.read_back(script),
    )


def _agent(script: Script, options: Options, environment: Environment) -> Decision:
    if options.form not in (None, "agent"):
        text = f"a sweep's values exist only after wandb.init: form {options.form} won't do"
        return Refused((Reason(text),))
    places = [*(p.place for p in script.parses), *(i.place for i in script.inits)]
    elsewhere = [place for place in places if place.file is not None]
    if elsewhere:
        text = "a sweep whose parameters pass through another file is not supported"
        return Refused((_reason(text, elsewhere[0]),))
    others = [m for m in script.parsers if m.library in TAPS or m.dataclasses]
    if others:
        kind = "a Tap" if others[0].library in TAPS else "a dataclass"
        return Refused((_reason(f"a sweep whose arguments are {kind}", others[0].place),))
    return agent_form.plan(script, environment)


def _argv(
    script: Script, options: Options, environment: Environment, obstacles: list[Reason]
) -> Decision:
    outcome = argv_form.plan(
        script, environment, unsafe_fixes=options.unsafe_fixes, shared=options.shared
    )
    if not isinstance(outcome, Plan):
        return outcome
    why = tuple(obstacles[:1]) if outcome.brings_function else ()
    if options.form == "argv" and not obstacles:
        why = (Reason("form argv was asked for"),)
    return replace(outcome, reasons=(*why, *outcome.reasons))


def _needs_argv(script: Script) -> bool:
    """Whether the script can't start without a command line."""
    return any(p.required is not False for p in script.parameters)


def _prefixed(prefix: str, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(Reason(prefix + r.message, r.line, r.column) for r in reasons)


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)


__all__ = ["Decision", "choose"]
