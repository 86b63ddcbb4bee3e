"""Objects that get every argument before they are a run's config.

``for k, v in vars(args).items(): setattr(config, k, v)`` and ``config.update(vars(args))``:
whatever the object was made of, from there on it shows each parameter under its own name.
So does a dataclass that is made of them, ``Config(**vars(args))``, and an object that gets
each of them, ``config["lr"] = args.lr``. It may be a function that does so, and returns the
object, where it is called in one place. Nothing less is taken for that: a loop that leaves
some out, one that only some ways pass, or an object that may be changed in an unknown way
behind it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.configs.put_in import holds_all, is_made_of_all
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import key_of
from jobready.script.values.flow import Flow
from jobready.script.values.functions import class_of_self, method_of
from jobready.script.values.meanings import Instance
from jobready.script.values.object_fields import fields_of
from jobready.script.values.order import LEAVES, passes, running_scope, runs_behind

# Methods by which a dataclass may keep another value than it is given.
CHANGES_FIELDS = frozenset(("__init__", "__new__", "__post_init__", "__setattr__"))
# Methods by which an object may keep less than it is given from outside.
KEEPS = ("__setattr__", "__setitem__", "update")
# What an object's class runs where it is made, and not later on.
MAKES = frozenset(("__init__", "__new__", "__post_init__"))
HOPS = 4  # names that stand for one another, from an object back to where it is made


@dataclass(frozen=True)
class SetOn:
    """The object has all parameters; those in ``otherwise`` get another value as well.

    ``one_by_one`` are the names where each is set by a statement of its own.
    """

    otherwise: tuple[tuple[str, ast.expr], ...] = ()
    one_by_one: frozenset[str] = frozenset()


def set_on(
    config: ast.expr, init: ast.Call, names: frozenset[str], syntax: Syntax, flow: Flow
) -> SetOn | None:
    """What the ``config`` of an init shows if every argument is set on it, else None."""
    made = origin(object_of(config, flow), flow)
    if made is None or not isinstance(made, (ast.Call, ast.Dict)):
        return None
    settings = [
        statement
        for statement in syntax.of(ast.For, ast.Expr)
        if (target := _set_by(statement, flow)) is not None
        if origin(target, flow) is made
    ]
    sure: list[ast.stmt] = [s for s in settings if surely_before(s, init, syntax, flow)]
    if _is_made_of_all(made, flow):
        sure.append(syntax.statement(made))
    single: list[ast.stmt] = []
    if not sure:
        single = _set_one_by_one(made, init, names, syntax, flow)
    sure += single
    if not sure or ((settings or single) and not _keeps_all(made, flow)):
        return None
    ours = {n for s in (*settings, *single) for n in ast.walk(s)}
    otherwise = []
    for node, key, value in changes_of(made, syntax, flow):
        if node in ours:
            continue
        if not _runs_unseen(node, syntax):
            if not any(runs_behind(node, s, syntax, flow) for s in sure):
                continue
            if not runs_behind(init, node, syntax, flow):
                continue  # the run shows what was there when it started
        if key is None or isinstance(getattr(node, "ctx", None), ast.Del):
            return None
        if key in names:
            otherwise.append((key, value))
    return SetOn(tuple(otherwise), names if single else frozenset())


def _keeps_all(made: ast.expr, flow: Flow) -> bool:
    """Whether an object has all that is set on it: no method of its class may drop some."""
    owner = flow.definition(made.func) if isinstance(made, ast.Call) else None
    classes = flow.lineage(owner) if owner is not None else []
    own = [method_of(each, name) for each in classes for name in KEEPS]
    return all(method is None or _hands_on(method) for method in own)


def _hands_on(method: Function) -> bool:
    """Whether a method only sets what it is given: ``self[key] = value``."""
    given = [a.arg for a in method.args.args][1:]
    *_, only = method.body
    if len(method.body) > 1 + isinstance(method.body[0], ast.Expr) or method.decorator_list:
        return False
    match only:
        case ast.Assign(targets=[ast.Subscript(slice=key)], value=value):
            return [ast.unparse(key), ast.unparse(value)] == given
        case ast.Expr(value=ast.Call(args=args, keywords=[])) if given:
            return [ast.unparse(a) for a in args][-len(given) :] == given
    return False


def _runs_unseen(node: ast.expr, syntax: Syntax) -> bool:
    """Whether a node is run by no call: in a property, or in ``__getitem__``."""
    method = running_scope(node, syntax).node
    if not isinstance(method, FUNCTIONS) or isinstance(method, ast.Lambda):
        return False
    if not isinstance(syntax.parent[method], ast.ClassDef) or method.name in MAKES:
        return False
    unseen = bool(method.decorator_list) or method.name.startswith("__")
    return unseen and not _hands_on(method)


def origin(node: ast.expr, flow: Flow, hops: int = HOPS) -> ast.expr | None:
    """The one expression that makes what a name stands for; None if there are more.

    Or what an attribute of an object stands for, where it gets nothing else, or what a
    function gives that is called in one place.
    """
    if isinstance(node, ast.Call) and hops:
        given = _given_by(node, flow)
        made = {origin(value, flow, hops - 1) for value in given}
        return made.pop() if len(made) == 1 else node
    if isinstance(node, ast.Attribute) and hops:
        owners = flow.meanings(node.value)
        classes = [m.definition for m in owners if isinstance(m, Instance)]
        kept = [v for owner in classes for v in flow.kept(owner, node)]
        alone = len(kept) == len(owners) == 1
        return origin(kept[0], flow, hops - 1) if alone else node
    if not isinstance(node, ast.Name):
        return node
    found: set[ast.expr | None] = set()
    for binding in reaching(node, flow.syntax) if hops else ():
        given = flow.given(binding) or _made_once(binding, flow)
        found |= {origin(value, flow, hops - 1) for value in given} or {None}
    return found.pop() if len(found) == 1 else None


def _given_by(call: ast.Call, flow: Flow) -> list[ast.expr]:
    """What the function returns that is called here alone; none where that may vary."""
    function = flow.function(call.func)
    if not isinstance(function, ast.FunctionDef) or function.decorator_list:
        return []
    if flow.calls_for(function) != [call] or flow.uses.handed_over.get(function):
        return []
    if not isinstance(function.body[-1], ast.Return):
        return []
    if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(function)):
        return []
    given = [r.value for r in flow.returns(function)]
    return [value for value in given if value is not None] if all(given) else []


def _made_once(binding: Binding, flow: Flow) -> list[ast.expr]:
    """The call that makes what a method calls self, where there is only that one object."""
    owner = class_of_self(binding, flow.syntax)
    if owner is None or flow.heirs(owner) != [owner]:
        return []
    calls = flow.uses.calls.get(owner, [])
    return [*calls] if len(calls) == 1 else []


def object_of(config: ast.expr, flow: Flow) -> ast.expr:
    """The object whose dict is a config: ``asdict(it)``, ``vars(it)``, ``it.__dict__``."""
    if isinstance(config, ast.Attribute) and config.attr == "__dict__":
        return config.value
    if isinstance(config, ast.Call) and len(config.args) == 1 and not config.keywords:
        name = flow.qualified(config.func) or ast.unparse(config.func)
        if name in ("dict", "vars", "dataclasses.asdict"):
            return config.args[0]
    return config


def _is_made_of_all(made: ast.expr, flow: Flow) -> bool:
    """Whether it is ``Config(**vars(args))``, of a dataclass that keeps what it gets.

    Or a dict that is made so.
    """
    if is_made_of_all(made, flow):
        return True
    definition = flow.definition(made.func) if isinstance(made, ast.Call) else None
    if not isinstance(made, ast.Call) or definition is None:
        return False
    if fields_of(definition, flow) is None:
        return False
    bodies = (n for each in flow.lineage(definition) for n in each.body)
    if any(isinstance(n, FUNCTIONS) and n.name in CHANGES_FIELDS for n in bodies):
        return False
    given = [k.value for k in made.keywords if k.arg is None]
    alone = len(given) == len(made.keywords) == 1 and not made.args
    return alone and holds_all(given[0], flow)


def _set_one_by_one(
    made: ast.expr, init: ast.Call, names: frozenset[str], syntax: Syntax, flow: Flow
) -> list[ast.stmt]:
    """The statements that set every single argument: ``config["lr"] = args.lr``."""
    found: dict[str, ast.stmt] = {}
    for node, key, _ in changes_of(made, syntax, flow):
        holder = syntax.parent[node]
        if key in names and isinstance(holder, ast.Assign) and holder.targets == [node]:
            if parameter_read(holder.value, flow) == key:
                if surely_before(holder, init, syntax, flow):
                    found[key] = holder
    return list(found.values()) if names and found.keys() == names else []


def _set_by(statement: ast.For | ast.Expr, flow: Flow) -> ast.expr | None:
    """The object that a statement sets every argument on."""
    if isinstance(statement, ast.For):
        return _set_by_loop(statement, flow)
    call = statement.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr != "update" or len(call.args) != 1 or call.keywords:
        return None
    if not holds_all(call.args[0], flow):
        return None
    holder = call.func.value
    if isinstance(holder, ast.Attribute) and holder.attr == "__dict__":
        return holder.value
    if isinstance(holder, ast.Call) and ast.unparse(holder.func) == "vars":
        return holder.args[0] if len(holder.args) == 1 else None
    return holder


def _set_by_loop(loop: ast.For, flow: Flow) -> ast.expr | None:
    """The object in ``for k, v in vars(args).items(): setattr(it, k, v)``."""
    items, pair = loop.iter, loop.target
    if not isinstance(items, ast.Call) or not isinstance(items.func, ast.Attribute):
        return None
    if items.func.attr != "items" or not holds_all(items.func.value, flow):
        return None
    if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2:
        return None
    if len(loop.body) != 1 or loop.orelse:
        return None
    wanted = [ast.unparse(e) for e in pair.elts]
    only = loop.body[0]
    if isinstance(only, ast.Expr) and isinstance(only.value, ast.Call):
        call = only.value
        given = [ast.unparse(a) for a in call.args[1:]]
        sets = ast.unparse(call.func) == "setattr" and given == wanted
        return call.args[0] if sets else None
    if isinstance(only, ast.Assign) and isinstance(only.targets[0], ast.Subscript):
        target = only.targets[0]
        parts = [ast.unparse(target.slice), ast.unparse(only.value)]
        return target.value if len(only.targets) == 1 and parts == wanted else None
    return None


def surely_before(
    statement: ast.stmt, init: ast.Call, syntax: Syntax, flow: Flow, hops: int = HOPS
) -> bool:
    """Whether no way leads to an init but through a statement."""
    if _covers(statement, init, syntax, flow, hops):
        return True
    function = running_scope(statement, syntax).node
    if not isinstance(function, FUNCTIONS) or not hops or statement not in function.body:
        return False
    above = function.body[: function.body.index(statement)]
    if any(isinstance(n, (*LEAVES, ast.Yield)) for s in above for n in ast.walk(s)):
        return False
    calls = flow.calls_for(function)
    return any(
        surely_before(syntax.statement(c), init, syntax, flow, hops - 1) for c in calls
    )


def _covers(
    statement: ast.stmt, node: ast.expr, syntax: Syntax, flow: Flow, hops: int
) -> bool:
    """Whether every way to a node passes a statement, of the same function or a caller."""
    scope = running_scope(node, syntax)
    if scope is running_scope(statement, syntax):
        return passes(statement, node, syntax)
    function = scope.node
    if not isinstance(function, FUNCTIONS) or not hops:
        return False
    calls = [*flow.calls_for(function), *flow.uses.handed_over.get(function, [])]
    return bool(calls) and all(_covers(statement, c, syntax, flow, hops - 1) for c in calls)


def changes_of(
    made: ast.expr, syntax: Syntax, flow: Flow
) -> Iterator[tuple[ast.expr, str | None, ast.expr]]:
    """Where an object is changed, under whatever name: place, key, what it gets."""
    for node in syntax.of(ast.Attribute, ast.Subscript):
        if not isinstance(node.ctx, ast.Load) and origin(node.value, flow) is made:
            yield node, key_of(node), node
    for call in syntax.of(ast.Call):
        method, first = call.func, call.args[0] if call.args else None
        if isinstance(method, ast.Attribute) and _changes_it(method.attr):
            held = method.value
            if isinstance(held, ast.Attribute) and held.attr == "__dict__":
                held = held.value
            elif isinstance(held, ast.Call) and held.args:
                held = held.args[0]
            if origin(held, flow) is made:
                yield call, None, call
        elif isinstance(method, ast.Name) and method.id in ("setattr", "delattr"):
            if first is not None and origin(first, flow) is made:
                sets = method.id == "setattr" and len(call.args) > 1
                key = literal(call.args[1]) if sets else None
                yield call, key if isinstance(key, str) else None, call


def _changes_it(method: str) -> bool:
    """Whether a method of this name changes a dict, or a config: ``merge_from_file``."""
    return method in ("update", "pop", "popitem", "clear") or method.startswith("merge")
