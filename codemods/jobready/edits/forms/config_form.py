"""Form ``config``: W&B's documented ``args = wandb.config``, for clean scripts only."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.edits.forms.handed_back import parameter_obstacle
from jobready.edits.launched.job_config import rank_parameters
from jobready.edits.plan import InitEdit, LinesBehind
from jobready.edits.shown.run_statement import bound_run, has_own_lines, run_statement
from jobready.edits.shown.used_secrets import secret_parameters
from jobready.outcome import Reason
from jobready.script.configs.recorder import PARTIAL
from jobready.script.files.written_elsewhere import RECORDING, recording_names
from jobready.script.model import Init, Parameter, Parse, Script
from jobready.script.source.literals import literal
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import Arguments, ArgumentsDict, RunConfig
from jobready.script.values.parser_classes import ARGPARSE

LAUNCHABLE = (None, "online", "offline", "shared")


def obstacles(script: Script, type_checked: bool) -> Iterator[Reason]:
    """What rules the form out, the plainest fact first; none where the form fits."""
    if len(script.parses) != 1 or len(script.inits) != 1:
        what, place = _several(script)
        yield _reason(f"the script {what}", place)
        return
    parse, init = script.parses[0], script.inits[0]
    if parse.place.file != init.place.file or parse.place.file is not None:
        yield _reason("the arguments pass through another file", parse.place)
        return
    for name, value in init.copied:
        text = f"the run shows {ast.unparse(value)} as {name}, whatever is given for it"
        yield _reason(text, script.syntax.place(value))
    yield from _parameter_obstacles(parse)
    yield from _parse_obstacles(parse, script)
    if parse.parsers and not any(True for _ in _parse_obstacles(parse, script)):
        yield from _flow_obstacles(parse, init, script)
    if type_checked:
        text = "a type checker covers this file and would refuse the line"
        yield Reason(text)


def read_back(script: Script) -> LinesBehind:
    """The line that takes the values back; only where there is no obstacle."""
    syntax: Syntax = script.syntax
    init = script.inits[0]
    statement = run_statement(init, syntax)
    name = _bound_name(script.parses[0], syntax)
    func = init.call.func
    if isinstance(func, ast.Attribute):
        return LinesBehind(init.call, (f"{name} = {ast.unparse(func.value)}.config",))
    return LinesBehind(init.call, (f"{name} = {bound_run(statement)}.config",))


def config_edit(script: Script) -> tuple[InitEdit, ...]:
    """``config=args`` for an init that has none."""
    init = script.inits[0]
    if init.records:
        return ()
    return (InitEdit(init.call, str(_bound_name(script.parses[0], script.syntax))),)


def _several(script: Script) -> tuple[str, Place | None]:
    if len(script.parses) != 1:
        count = len(script.parses)
        return f"parses {count} times", script.parses[1].place if count > 1 else None
    count = len(script.inits)
    return f"calls wandb.init {count} times", script.inits[1].place if count > 1 else None


def _parameter_obstacles(parse: Parse) -> Iterator[Reason]:
    for parser in parse.parsers:
        for parameter in parser.parameters:
            fact = parameter_obstacle(parameter)
            if fact is not None:
                yield _reason(f"{_shown(parameter)} {fact}", parameter.place)
        for text, place in (*parser.unseen, *parser.oddities):
            yield _reason(text, place)
        if parser.commands is not None:
            yield _reason("the parser has commands", parser.commands.place)
        if parser.by_objects is not None:
            yield _reason("an object adds parameters here", parser.by_objects)
        if parser.own or parser.library != ARGPARSE:
            yield _reason("the parser is more than argparse's", parser.place)


def _parse_obstacles(parse: Parse, script: Script) -> Iterator[Reason]:
    syntax: Syntax = script.syntax
    if parse.holds_dataclasses:
        yield _reason("the arguments are dataclasses", parse.place)
    if parse.words is not None:
        yield _reason("the parse is given a list of words", parse.place)
    elif parse.call.args[1:] or any(k.arg == "namespace" for k in parse.call.keywords):
        yield _reason("the parse is given a namespace", parse.place)
    if _bound_name(parse, syntax) is None:
        yield _reason("the parsed arguments are not bound to one plain name", parse.place)


def _flow_obstacles(parse: Parse, init: Init, script: Script) -> Iterator[Reason]:
    syntax: Syntax = script.syntax
    statement, parsed = run_statement(init, syntax), syntax.statement(parse.call)
    if statement is None or syntax.parent[statement] is not syntax.parent[parsed]:
        yield _reason("wandb.init is not called beside the parse", init.place)
        return
    if syntax.scope(parse.call).is_class:
        yield _reason("the arguments are an attribute of a class", parse.place)
    for name, place in rank_parameters(script):
        yield _reason(f"{name} is left to the launcher of each process", place)
    if init.changed is not None:
        yield _reason("the script itself writes to the run's config", init.changed)
    yield from _written_by_frameworks(script)
    yield from keyword_obstacles(init, script)
    for place in (*script.argv_uses, *script.asked_words):
        yield _reason("the script itself looks at sys.argv", place)
    for text, place in script.doubts:
        yield _reason(text, place)
    if script.command_word is not None:
        yield _reason("the first word is the name of a command", script.command_word)
    for _, place in script.started_anew:
        yield _reason("the script is started anew with words of its own", place)
    for branch in script.count_branches:
        yield _reason("the script asks for the number of words", branch.place)
    for stop in script.stop_branches:
        yield _reason(f"the values may all come from {stop.given}", stop.place)
    if not has_own_lines(statement, syntax):
        yield _reason("wandb.init shares its line with other statements", init.place)
    yield from scope_reads(script)
    if not _can_name_config(init, statement):
        yield _reason("nothing names the run's config after wandb.init", init.place)
    if statement.lineno <= parsed.lineno:
        yield _reason("wandb.init comes before the parse", init.place)
    yield from _use_obstacles(parse, init, script)


def _written_by_frameworks(script: Script) -> Iterator[Reason]:
    """What records values of its own in the run that there is, as a Trainer does."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    for file in script.written_elsewhere:
        yield Reason(f"{file} may write to the run's config")
    for name, node in recording_names(syntax):
        yield _reason(f"{name} may write to the run's config", syntax.place(node))
    for call in syntax.of(ast.Call):
        owner = flow.definition(call.func)
        bases = [call.func]
        if owner is not None:
            bases = [base for each in flow.lineage(owner) for base in each.bases]
        for base in (name_of(b) for b in bases if flow.definition(b) is None):
            if base is not None and base.endswith(RECORDING):
                text = f"{base} may write to the run's config"
                yield _reason(text, syntax.place(call))


def keyword_obstacles(init: Init, script: Script) -> Iterator[Reason]:
    """Arguments of the init by which its config may lack what is launched."""
    for keyword in init.call.keywords:
        if keyword.arg in PARTIAL:
            yield _reason(f"the run's config is cut by {keyword.arg}=", init.place)
        elif keyword.arg is None and init.filtered is not None:
            yield _reason("wandb.init is given **keywords of elsewhere", init.place)
        elif keyword.arg == "config" and init.filtered is not None:
            yield _reason("the run may not show all parameters", init.filtered)
        elif keyword.arg == "mode" and literal(keyword.value) not in LAUNCHABLE:
            # a disabled run ignores launched values (wandb 0.13.8 to 0.31.0)
            text = "the run may be disabled, and then it has no launched values"
            yield _reason(text, init.place)
        elif keyword.arg == "reinit" and not isinstance(literal(keyword.value), bool):
            # reinit="create_new" leaves wandb.config alone
            text = "wandb.config may be another run's, as reinit= says"
            yield _reason(text, init.place)
        elif keyword.arg == "settings":
            yield _reason("wandb.init is given settings=", init.place)
    if init.resumed and not init.records:
        yield _reason("the run is resumed, and keeps its config", init.place)
    if not init.records:
        for parameter in secret_parameters(script).values():
            text = f"{_shown(parameter)} looks like a secret, to be kept out of config="
            yield _reason(text, parameter.place)


def scope_reads(script: Script) -> Iterator[Reason]:
    """Calls that see every name at once, and so the arguments' type."""
    syntax: Syntax = script.syntax
    for node in syntax.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("locals", "globals", "eval", "exec") or (
                node.func.id in ("vars", "dir") and not node.args
            ):
                yield _reason(f"{node.func.id}() may read any name", syntax.place(node))


def _use_obstacles(parse: Parse, init: Init, script: Script) -> Iterator[Reason]:
    """Each use of the arguments that is no plain read behind wandb.init."""
    syntax: Syntax = script.syntax
    flow: Flow = script.flow
    name = _bound_name(parse, syntax)
    scope = syntax.scope(parse.call)
    owner = syntax.owner(str(name), scope)
    dests = {p.name for m in parse.parsers for p in m.parameters}
    config = next((k.value for k in init.call.keywords if k.arg == "config"), None)
    if owner is not None:
        for binding in owner.bindings[str(name)]:
            if binding.value is not parse.call and not _is_vars_of(binding.value, parse):
                if not _reads_config(binding.value, flow):
                    yield _reason(f"{name} is bound again", syntax.place(binding.node))
    behind = syntax.end(init.call)
    for node in syntax.nodes:
        if not isinstance(node, ast.Name) or node.id != name:
            continue
        if (
            not isinstance(node.ctx, ast.Load)
            or syntax.owner(node.id, syntax.scope(node)) is not owner
        ):
            continue
        if config is not None and any(n is node for n in ast.walk(config)):
            continue
        place = syntax.place(node)
        if syntax.scope(node) is not scope:
            yield _reason(f"{name} is used in a function or class of its own", place)
        elif (place.line, place.column) < (behind.line, behind.column):
            yield _reason(f"{name} is read before wandb.init has returned", place)
        elif not _is_plain_read(node, dests, syntax):
            yield _reason(f"{name} is more than read: {_shown_use(node, syntax)}", place)
    if config is not None and not _is_arguments(config, flow):
        yield _reason("config= isn't just the parsed arguments", syntax.place(config))


def _is_arguments(node: ast.expr, flow: Flow) -> bool:
    # the line that reads back binds the same name behind the init
    known = (Arguments, ArgumentsDict, RunConfig)
    return all(isinstance(m, known) for m in flow.meanings(node)) and (
        isinstance(node, ast.Name)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "vars")
        or (isinstance(node, ast.Attribute) and node.attr == "__dict__")
    )


def _is_plain_read(node: ast.Name, dests: set[str], syntax: Syntax) -> bool:
    """``args.lr`` or ``args["lr"]``, read."""
    parent = syntax.parent[node]
    if isinstance(parent, ast.Attribute):
        if not isinstance(parent.ctx, ast.Load) or parent.attr not in dests:
            return False
    elif isinstance(parent, ast.Subscript) and parent.value is node:
        key = parent.slice
        if not isinstance(parent.ctx, ast.Load) or not isinstance(key, ast.Constant):
            return False
        if key.value not in dests:
            return False
    else:
        return False
    holder = syntax.parent[parent]
    return not (isinstance(holder, ast.AugAssign) and holder.target is parent)


def _shown_use(node: ast.Name, syntax: Syntax) -> str:
    text = ast.unparse(syntax.parent[node])
    return text if len(text) <= 50 else text[:49] + "…"


def _reads_config(value: ast.expr | None, flow: Flow) -> bool:
    if value is None:
        return False
    meanings = flow.meanings(value)
    return bool(meanings) and all(isinstance(m, RunConfig) for m in meanings)


def _is_vars_of(value: ast.expr | None, parse: Parse) -> bool:
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "vars"
        and value.args == [parse.call]
    )


def _bound_name(parse: Parse, syntax: Syntax) -> str | None:
    """The name in ``name = parser.parse_args()`` or ``name = vars(…)`` of it."""
    statement = syntax.statement(parse.call)
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    if statement.value is not parse.call and not _is_vars_of(statement.value, parse):
        return None
    if isinstance(parse.call.func, ast.Attribute) and "known" in parse.call.func.attr:
        return None
    return target.id if isinstance(target, ast.Name) else None


def _can_name_config(init: Init, statement: ast.stmt) -> bool:
    return isinstance(init.call.func, ast.Attribute) or bound_run(statement) is not None


def _shown(parameter: Parameter) -> str:
    return parameter.flags[-1] if parameter.flags else parameter.name


def _reason(text: str, place: Place | None) -> Reason:
    if place is None:
        return Reason(text)
    return Reason.at(text, place)
