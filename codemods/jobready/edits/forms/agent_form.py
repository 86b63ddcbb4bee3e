"""Form ``agent``: a sweep's values, there only after ``wandb.init``, join the arguments.

``wandb.agent(sweep, function=train)`` calls ``train`` in the same process for each run, so
the parse is long over. The same Namespace is brought up to date in place, and only what
differs is written, so that ``1.0`` and its like keep the type that the parser gave them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import isnan

from jobready.edits.launched.names import free_name
from jobready.edits.plan import InitEdit, LinesBehind, Plan
from jobready.edits.shown.held_arguments import arguments_name
from jobready.edits.shown.init_config import init_edit
from jobready.edits.shown.run_statement import bound_run, has_own_lines, run_statement
from jobready.outcome import Reason, Refused, Unchanged
from jobready.project.environment import Environment
from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.configs.reading_back import is_read, update_in_place
from jobready.script.model import Expression, Init, Parameter, Script
from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict, RunConfig
from jobready.script.values.order import running_scope

LOAD = ast.Load()
LAUNCHED = ("launched", "wandb_config", "sweep_values")
TYPES = ("none", "number", "str")
SWITCHES = ("store_true", "store_false", "BooleanOptionalAction")


def plan(script: Script, environment: Environment) -> Plan | Unchanged | Refused:
    """The edits of form agent, or why there are none."""
    assert script.agent is not None
    taken = takes_from_config(script)
    if taken is not None:
        text = "a sweep whose runs take their values from wandb.config"
        return Unchanged((_reason(text, taken),))
    if len(script.inits) != 1:
        text = "a sweep in a script that doesn't call wandb.init just once"
        return Refused((_reason(text, script.agent),))
    init = script.inits[0]
    found = [_reason(text, place) for text, place in init.problems]
    found += _obstacles(init, script)
    edit = None if init.records else init_edit(init, script, environment.type_checked)
    if isinstance(edit, Reason):
        found.append(edit)
    name = arguments_name(init, script)
    if name is None:
        text = "no name holds the parsed arguments where wandb.init is called"
        found.append(_reason(text, init.place))
    if found or name is None:
        return Refused(tuple(found))
    text = "wandb.agent gives a sweep's values after wandb.init"
    return Plan(
        form="agent",
        reasons=(_reason(text, script.agent),),
        inits=(edit,) if isinstance(edit, InitEdit) else (),
        read_back=LinesBehind(init.call, _lines(*name, init, script)),
    )


def takes_from_config(script: Script) -> Place | None:
    """Where the runs read ``wandb.config``, in a script whose runs show no arguments."""
    syntax: Syntax = script.syntax
    for init in script.inits:
        update = update_in_place(init, syntax, script.flow)
        if update is not None:
            return syntax.place(update)
    if any(i.records for i in script.inits):
        return script.reads_back
    if _reads_swept(script):
        return None
    for node in syntax.nodes:
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            if any(isinstance(m, RunConfig) for m in script.flow.meanings(node)):
                return syntax.place(node)
    return None


def _reads_swept(script: Script) -> bool:
    """Whether the arguments are asked for a parameter that a sweep of the file varies."""
    syntax: Syntax = script.syntax
    swept: set[object] = set()
    for display in syntax.of(ast.Dict):
        for key, value in zip(display.keys, display.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "parameters":
                if isinstance(value, ast.Dict):
                    swept |= {k.value for k in value.keys if isinstance(k, ast.Constant)}
    return any(
        isinstance(n.ctx, ast.Load) and parameter_read(n, script.flow) in swept
        for n in syntax.of(ast.Attribute, ast.Subscript)
        if swept and (isinstance(n, ast.Subscript) or n.attr in swept)
    )


def _lines(name: str, is_dict: bool, init: Init, script: Script) -> tuple[str, ...]:
    syntax: Syntax = script.syntax
    func = init.call.func
    statement = run_statement(init, syntax)
    if isinstance(func, ast.Attribute):
        config = f"{ast.unparse(func.value)}.config"
    else:
        config = f"{bound_run(statement)}.config"
    launched = free_name(LAUNCHED, syntax, syntax.scope(init.call))
    known, held = f"getattr({name}, k, v)", f"vars({name})"
    if is_dict:
        known, held = f"{name}.get(k, v)", name
    return (
        f"{launched} = {config}.items()",
        f"{held}.update((k, v) for k, v in {launched} if v != {known})",
    )


def _obstacles(init: Init, script: Script) -> Iterator[Reason]:
    """What form agent can't give rightly."""
    syntax: Syntax = script.syntax
    for parser in script.parsers:
        for text, place in (*parser.unseen, *parser.oddities):
            yield _reason(text, place)
        for parameter in parser.parameters:
            fact = _parameter_obstacle(parameter)
            if fact is not None:
                shown = parameter.flags[-1] if parameter.flags else parameter.name
                text = f"{shown} {fact}, and a sweep's values are taken as they are"
                yield _reason(text, parameter.place)
    statement = run_statement(init, syntax)
    if statement is None or not has_own_lines(statement, syntax):
        yield _reason("wandb.init has no statement of its own", init.place)
    elif not isinstance(init.call.func, ast.Attribute) and not bound_run(statement):
        yield _reason("nothing names the run's config after wandb.init", init.place)
    if init.renamed or init.otherwise or init.copied:
        yield _reason("the run shows parameters under other names", init.place)
    yield from _early_reads(init, script)


def _parameter_obstacle(p: Parameter) -> str | None:
    """Why a value that W&B hands back can't stand for the parameter; None where it can."""
    if p.required is not False:
        return "is required, so that the script can't be started by a job"
    if p.action in SWITCHES:
        return None
    if p.action != "store" or not p.named:
        return f"has action {p.action}" if p.named else "has a name made at run time"
    if p.choices is not None:
        return "has choices"
    if p.type_kind not in TYPES:
        return f"has type {p.type}"
    default = p.default
    if isinstance(default, Expression):
        return "has a default that is made at run time"
    if isinstance(default, (tuple, set, bytes, dict)):
        return f"has the default {default!r}, which W&B hands back as something else"
    if isinstance(default, float) and isnan(default):
        return "has the default nan, which W&B hands back as None"
    return None


def _early_reads(init: Init, script: Script) -> Iterator[Reason]:
    """Reads in the function that the sweep runs, before the sweep's values are there."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    scope = syntax.scope(init.call)
    if not isinstance(scope.node, FUNCTIONS):
        yield _reason("wandb.init is not called in the sweep's function", init.place)
        return
    reached = argument_carriers(syntax)
    for node in syntax.of(ast.Name, ast.Attribute, ast.Call):
        if node not in reached or not isinstance(getattr(node, "ctx", LOAD), ast.Load):
            continue
        if not any(isinstance(m, (Arguments, ArgumentsDict)) for m in flow.meanings(node)):
            continue
        if not is_read(node, syntax, flow) or _only_leads(node, script):
            continue
        if not _comes_after(node, init, script, frozenset()):
            shown = ast.unparse(node)
            text = f"{shown} is read before wandb.init has the sweep's values"
            yield _reason(text, syntax.place(node))


def _comes_after(
    node: ast.expr, init: Init, script: Script, seen: frozenset[ast.AST]
) -> bool:
    """Whether the init was always passed where the node is reached."""
    syntax: Syntax = script.syntax
    scope = running_scope(node, syntax)
    if scope is syntax.scope(init.call):
        start, end = syntax.place(node), syntax.end(init.call)
        return (start.line, start.column) >= (end.line, end.column)
    function = scope.node
    if not isinstance(function, FUNCTIONS) or function in seen:
        return False
    calls = script.flow.uses.calls.get(function, [])
    handed = script.flow.uses.handed_over.get(function, [])
    return bool(calls) and all(
        _comes_after(c, init, script, seen | {function}) for c in (*calls, *handed)
    )


def _only_leads(node: ast.expr, script: Script) -> bool:
    """Whether a read only shows a value, or leads to the sweep: its count, its test."""
    syntax: Syntax = script.syntax
    if running_scope(node, syntax) is syntax.scope(script.inits[0].call):
        return False
    inside: ast.AST = node
    for above in syntax.ancestors(node):
        if isinstance(above, ast.Call) and inside is not above.func:
            name = script.flow.qualified(above.func) or ast.unparse(above.func)
            if name in ("print", "wandb.agent", "wandb.sweep"):
                return True
        if isinstance(above, ast.If) and inside is above.test:
            calls = (n for n in ast.walk(above) if isinstance(n, ast.Call))
            return any(script.flow.qualified(c.func) == "wandb.agent" for c in calls)
        if isinstance(above, ast.stmt):
            return False
        inside = above
    return False


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
