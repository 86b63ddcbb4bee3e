"""Whether a script takes its values from the run's config by itself, wherever read."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import TypeGuard

from jobready.script.model import Init
from jobready.script.source.place import Place
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.carriers import argument_carriers, config_carriers
from jobready.script.values.flow import Flow
from jobready.script.values.meanings import Arguments, ArgumentsDict, Instance, RunConfig
from jobready.script.values.order import running_scope

# The test of form agent's line, by which only what differs is written.
SAME_ALREADY = re.compile(r"(\w+) != (?:getattr\([\w.]+, \w+|[\w.]+\.get\(\w+), \1\)")


def reads_back(syntax: Syntax, flow: Flow, inits: Sequence[Init]) -> Place | None:
    """Where the script takes the run's config as its arguments, if it always does.

    ``args = wandb.config``, ``argparse.Namespace(**wandb.config)``,
    ``vars(args).update(wandb.config)``, a loop that sets each key, or ``wandb.config.lr``
    wherever it reads a value. None where one read of the parsed arguments is left that
    a launched value doesn't reach.
    """
    if len(inits) != 1 or not inits[0].records or inits[0].problems:
        return None
    update = update_in_place(inits[0], syntax, flow)
    configs, arguments = config_carriers(syntax, flow), argument_carriers(syntax)
    either = configs | arguments
    used = [n for n in syntax.nodes if n in either and _is_used(n)]
    taken = [
        n
        for n in used
        if n in configs and _is_config(n, flow) and not _records(n, syntax, flow)
    ]
    for node in (n for n in used if n in arguments):
        if any(isinstance(m, (Arguments, ArgumentsDict)) for m in flow.meanings(node)):
            if is_read(node, syntax, flow) and not _behind(node, update, syntax, flow):
                return None
    if update is not None:
        return syntax.place(update)
    return min((syntax.place(n) for n in taken), key=lambda p: p.line, default=None)


def _is_used(node: ast.AST) -> TypeGuard[ast.Name | ast.Attribute | ast.Call]:
    if isinstance(node, (ast.Name, ast.Attribute)):
        return isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.Call)


def _is_config(node: ast.expr, flow: Flow) -> bool:
    return any(isinstance(m, RunConfig) for m in flow.meanings(node))


def is_read(node: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether the values are used here, not only handed on, named anew or recorded."""
    parent = syntax.parent[node]
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        return not all(_is_followed(t, syntax, flow) for t in targets)
    if isinstance(parent, (ast.Return, ast.NamedExpr, ast.Expr)):
        return False
    if isinstance(parent, ast.Call) and node is not parent.func:
        if _hands_on(parent, flow):
            return False
        if ast.unparse(parent.func) in ("vars", "dict"):
            return False  # the dict of it is judged where it is used
    if isinstance(parent, ast.Attribute) and parent.attr in ("__dict__", "parse_args"):
        return False
    return not _records(node, syntax, flow)


def _is_followed(target: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether what a target is given is found where the target is used."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(_is_followed(t, syntax, flow) for t in target.elts)
    if isinstance(target, ast.Attribute):
        return any(isinstance(m, Instance) for m in flow.meanings(target.value))
    return isinstance(target, ast.Name)


def _hands_on(call: ast.Call, flow: Flow) -> bool:
    """Whether a call gives the values to a function of this file, under one name."""
    function = flow.function(call.func)
    if function is None:
        return flow.definition(call.func) is not None
    return function.args.vararg is None and function.args.kwarg is None


def _records(node: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether it stands in the config that a run is given."""
    inside: ast.AST = node
    for ancestor in syntax.ancestors(node):
        if isinstance(ancestor, ast.keyword):
            call = syntax.parent[ancestor]
            if ancestor.arg == "config" and isinstance(call, ast.Call):
                return flow.qualified(call.func) == "wandb.init"
        elif isinstance(ancestor, ast.Call) and isinstance(ancestor.func, ast.Attribute):
            if ancestor.func.attr in ("update", "setdefaults"):
                return inside in ancestor.args and _is_config(ancestor.func.value, flow)
        elif isinstance(ancestor, ast.stmt):
            return False
        inside = ancestor
    return False


def update_in_place(init: Init, syntax: Syntax, flow: Flow) -> ast.stmt | None:
    """The statement beside the init, and behind it, that writes the config into args."""
    statement = syntax.statement(init.call)
    holder = syntax.parent[statement]
    if isinstance(statement, ast.With):
        holder = statement
    for block in ("body", "orelse", "finalbody"):
        for member in getattr(holder, block, ()):
            if isinstance(member, ast.stmt) and member.lineno > init.place.line:
                if _updates(member, flow):
                    return member
    return None


def _updates(statement: ast.stmt, flow: Flow) -> bool:
    if isinstance(statement, ast.For):
        source = statement.iter
        if isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute):
            source = source.func.value  # config.items()
        if any(isinstance(n, ast.If) for s in statement.body for n in ast.walk(s)):
            return False  # it may leave some of them out
        calls = (n for s in statement.body for n in ast.walk(s) if isinstance(n, ast.Call))
        sets = any(isinstance(c.func, ast.Name) and c.func.id == "setattr" for c in calls)
        return sets and _is_config(source, flow)
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr != "update" or len(call.args) != 1:
        return False
    if not _takes_all(call.args[0]) or not _is_config(_source(call.args[0], flow), flow):
        return False
    return any(isinstance(m, ArgumentsDict) for m in flow.meanings(call.func.value))


def _takes_all(given: ast.expr) -> bool:
    """Whether no value is left out, but those that are there already."""
    if not isinstance(given, (ast.GeneratorExp, ast.DictComp, ast.ListComp)):
        return True
    tests = [ast.unparse(test) for g in given.generators for test in g.ifs]
    return all(SAME_ALREADY.fullmatch(test) for test in tests)


def _source(given: ast.expr, flow: Flow) -> ast.expr:
    """What pairs of keys and values come from: ``((k, v) for k, v in config.items())``."""
    if not isinstance(given, ast.GeneratorExp):
        return given
    items = given.generators[0].iter
    if isinstance(items, ast.Name):
        bindings = flow.syntax.bindings(items.id, flow.syntax.scope(items))
        values = flow.given(bindings[0]) if len(bindings) == 1 else []
        items = values[0] if len(values) == 1 else items
    if isinstance(items, ast.Call) and isinstance(items.func, ast.Attribute):
        return items.func.value
    return items


def _behind(node: ast.expr, update: ast.stmt | None, syntax: Syntax, flow: Flow) -> bool:
    """Whether the arguments were brought up to date whenever the node is reached."""
    if update is None:
        return False
    here = syntax.scope(update)
    places: list[ast.expr] = [node]
    function = running_scope(node, syntax).node
    if function is not here.node and isinstance(function, FUNCTIONS):
        places = list(flow.uses.calls.get(function, [node]))
    return all(
        running_scope(n, syntax) is here and n.lineno >= update.lineno for n in places
    )
