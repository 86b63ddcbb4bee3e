"""Form ``config`` for scripts without a command line: ``CONFIG = wandb.config``.

The dict or object that a run is given as its config is made anew out of the run's own,
where every use of it is a read behind ``wandb.init``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from math import isnan

from jobready.edits.forms.config_form import keyword_obstacles, scope_reads
from jobready.edits.forms.handed_back import CONFIG_MEMBERS
from jobready.edits.plan import LinesBehind, Plan
from jobready.edits.shown.run_statement import bound_run, has_own_lines, run_statement
from jobready.outcome import Reason
from jobready.script.configs.config_objects import key_read
from jobready.script.configs.own_config import OwnConfig, own_configs
from jobready.script.model import Init, Script, Value
from jobready.script.source.literals import is_known, literal
from jobready.script.source.scopes import FUNCTIONS
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import display
from jobready.script.values.flow import Flow

# What stands among the fields of a dataclass and is none, and what makes others of them.
NO_FIELDS = ("ClassVar", "InitVar")
CHANGES_FIELDS = frozenset(
    ("__init__", "__post_init__", "__getattr__", "__getattribute__", "__setattr__")
)
# What leaves a list that it gets as it is, and keeps none of it.
LOOKS = (ast.Compare, ast.FormattedValue, ast.BinOp, ast.Starred, ast.If, ast.While)


def plan(script: Script, type_checked: bool) -> Plan | None:
    """The edit, where it keeps what the script does; None where it doesn't."""
    found = own_configs(script.inits, script.syntax, script.flow)
    if len(found) != 1 or not found[0].reads:
        return None
    own = found[0]
    if any(True for _ in obstacles(own, script, type_checked)):
        return None
    init = script.inits[0]
    func = init.call.func
    config = bound_run(run_statement(init, script.syntax))
    if isinstance(func, ast.Attribute):
        config = ast.unparse(func.value)
    text = f"every value of {own.name.id} is only read, after wandb.init"
    return Plan(
        form="config",
        reasons=(Reason(text, init.place.line, init.place.column),),
        read_back=LinesBehind(init.call, (f"{own.name.id} = {config}.config",)),
    )


def obstacles(own: OwnConfig, script: Script, type_checked: bool) -> Iterator[Reason]:
    """What speaks against the edit, the plainest fact first."""
    syntax: Syntax = script.syntax
    if len(script.inits) != 1:
        yield _reason("the script starts several runs", script.inits[1].call, syntax)
        return
    init = script.inits[0]
    values = _values(own, script.flow)
    if values is None:
        text = f"not all values of {own.name.id} are spelled out in one place"
        yield _reason(text, own.made, syntax)
        return
    for key, value in values.items():
        fact = _value_obstacle(key, value)
        if fact is not None:
            yield _reason(f"{key!r} {fact}", own.made, syntax)
    yield from _init_obstacles(own, init, script)
    yield from _use_obstacles(own, values, script)
    if type_checked:
        yield Reason("a type checker covers this file and would refuse the line")


def _values(own: OwnConfig, flow: Flow) -> Mapping[str, Value] | None:
    """The values of the object by their names; None where a run tells some of them."""
    items = display(own.made)
    if items is not None:
        found: dict[str, Value] = {}
        for key, value in items:
            name = literal(key) if key is not None else None
            if not isinstance(name, str):
                return None
            found[name] = literal(value)
        return found
    if not isinstance(own.made, ast.Call) or own.made.args:
        return None
    given = {k.arg: literal(k.value) for k in own.made.keywords if k.arg is not None}
    owner = flow.definition(own.made.func)
    if owner is None:
        return given
    decorators = (getattr(d, "func", d) for d in owner.decorator_list)
    if not any(flow.qualified(d) == "dataclasses.dataclass" for d in decorators):
        return None
    fields = {
        s.target.id: literal(s.value) if s.value is not None else None
        for s in owner.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
        if not any(kind in ast.unparse(s.annotation) for kind in NO_FIELDS)
    }
    methods = {s.name for s in owner.body if isinstance(s, FUNCTIONS)}
    plain = not owner.bases and methods.isdisjoint(CHANGES_FIELDS)
    return {**fields, **given} if plain else None


def _value_obstacle(key: str, value: Value) -> str | None:
    """Why W&B doesn't hand a value back as it is; None where it does."""
    if not key.isidentifier() or key.startswith("_"):
        return "is a name that wandb.config changes"
    if not is_known(value):
        return "has a value that is made at run time"
    if isinstance(value, list):
        facts = (_value_obstacle(key, item) for item in value)
        return next((fact for fact in facts if fact is not None), None)
    if isinstance(value, float) and not isnan(value) and not value.is_integer():
        return None
    if value is None or isinstance(value, (bool, str)):
        return None
    if isinstance(value, int) and abs(value) < 2**63:
        return None
    return f"has the value {value!r}, which wandb.config hands back as another one"


def _init_obstacles(own: OwnConfig, init: Init, script: Script) -> Iterator[Reason]:
    """What must hold of the init and of where the object is made."""
    syntax: Syntax = script.syntax
    statement, made = run_statement(init, syntax), syntax.statement(own.made)
    if statement is None or syntax.parent[statement] is not syntax.parent[made]:
        text = f"wandb.init isn't called beside the line that makes {own.name.id}"
        yield _reason(text, init.call, syntax)
        return
    if not has_own_lines(statement, syntax):
        yield _reason("wandb.init shares its line with others", init.call, syntax)
    if not isinstance(init.call.func, ast.Attribute) and bound_run(statement) is None:
        yield _reason("nothing names the run's config", init.call, syntax)
    if init.changed is not None:
        place = init.changed
        yield Reason("the script writes to the run's config", place.line, place.column)
    if isinstance(own.given, ast.Dict):
        yield _reason("config= isn't just that object", own.given, syntax)
    yield from keyword_obstacles(init, script)
    yield from scope_reads(script)


def _use_obstacles(
    own: OwnConfig, values: Mapping[str, Value], script: Script
) -> Iterator[Reason]:
    """Each use of the object that is no plain read behind the init."""
    syntax: Syntax = script.syntax
    name, here = own.name.id, syntax.scope(own.name)
    owner = syntax.owner(name, here)
    if owner is not here or len(owner.bindings[name]) != 1:
        yield _reason(f"{name} is bound more than once", own.made, syntax)
    by_key = display(own.made) is not None
    end = syntax.end(own.call)
    for node in syntax.named.get(name, ()):
        if not isinstance(node, ast.Name) or node is own.name:
            continue
        if not isinstance(node.ctx, ast.Load):
            continue
        if syntax.owner(name, syntax.scope(node)) is not owner:
            continue
        place = syntax.place(node)
        if syntax.scope(node) is not here:
            yield _reason(f"{name} is used in a function or class", node, syntax)
        elif (place.line, place.column) < (end.line, end.column):
            yield _reason(f"{name} is read before wandb.init", node, syntax)
        elif not _is_plain_read(node, by_key, values, syntax):
            text = ast.unparse(syntax.parent[node])
            text = text if len(text) <= 50 else text[:49] + "…"
            yield _reason(f"{name} is more than read: {text}", node, syntax)
        elif _may_change(node, values, syntax, script.flow):
            text = f"a list of {name} may be changed in place, in the run's config too"
            yield _reason(text, node, syntax)


def _may_change(
    node: ast.Name, values: Mapping[str, Value], syntax: Syntax, flow: Flow
) -> bool:
    """Whether a list that is read here may become another, for all that read it later."""
    value = values.get(key_read(node, syntax) or "")
    if not isinstance(value, list):
        return False
    read = syntax.parent[node]
    holder = syntax.parent[read]
    if isinstance(holder, ast.Call) and holder.func is read:  # config.get("layers")
        read, holder = holder, syntax.parent[holder]
    if isinstance(holder, ast.Call):
        known = flow.functions(holder.func) or flow.definition(holder.func)
        return holder.func is read or bool(known)
    if isinstance(holder, ast.Attribute):
        return holder.attr not in ("copy", "count", "index")
    if isinstance(holder, ast.Subscript):
        inside = any(isinstance(item, list) for item in value)
        return inside or not isinstance(holder.ctx, ast.Load)
    if isinstance(holder, (ast.For, ast.comprehension)):
        return any(isinstance(item, list) for item in value)
    return not isinstance(holder, LOOKS)


def _is_plain_read(
    node: ast.Name, by_key: bool, values: Mapping[str, Value], syntax: Syntax
) -> bool:
    """Whether a run's config gives the same here."""
    key, parent = key_read(node, syntax), syntax.parent[node]
    if key not in values:
        return False
    if isinstance(parent, ast.Subscript):
        return by_key
    return by_key == (parent.attr == "get") and key not in CONFIG_MEMBERS  # type: ignore[attr-defined]


def _reason(text: str, node: ast.expr, syntax: Syntax) -> Reason:
    place = syntax.place(node)
    return Reason(text, place.line, place.column)
