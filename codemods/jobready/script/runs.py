"""Finding the runs of a file and how the parameters get into their config."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from jobready.script.flow import (
    Arguments,
    ArgumentsDict,
    Flow,
    Foreign,
    Meanings,
    RunConfig,
)
from jobready.script.model import Init, Overwrite, Place
from jobready.script.syntax import Syntax
from jobready.script.values import literal

Problem = tuple[str, Place]
# Classes and keywords by which a framework starts a run of its own.
TRACKERS = {"WandbLogger", "WandbCallback", "WandbMetricsLogger", "init_trackers"}
TRACKER_KEYWORDS = {"report_to", "log_with"}


def read_inits(syntax: Syntax, flow: Flow, names: frozenset[str]) -> list[Init]:
    """The ``wandb.init`` calls; ``names`` are the dests of the parameters."""
    updates = _config_updates(syntax, flow)
    found = []
    for node in syntax.nodes:
        if isinstance(node, ast.Call) and flow.qualified(node.func) == "wandb.init":
            records, problems = _recorded(node, updates, names, syntax, flow)
            place = syntax.place(node)
            gate = _gate(node, syntax, flow)
            found.append(Init(node, place, records, tuple(problems), gate))
    return found


def read_trackers(syntax: Syntax, flow: Flow) -> list[Problem]:
    """What starts a run without ``wandb.init`` in sight."""
    found: list[Problem] = []
    for node in syntax.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = _last_name(node.func)
        if name in TRACKERS:
            found.append((name, syntax.place(node)))
        for keyword in node.keywords:
            if keyword.arg in TRACKER_KEYWORDS:
                found.append((f"{keyword.arg}=", syntax.place(keyword.value)))
    return found


def read_overwrites(
    syntax: Syntax, flow: Flow, names: frozenset[str], inits: Sequence[Init]
) -> list[Overwrite]:
    """The parameters that are set anew after the parse: ``args.lr *= world_size``."""
    found = []
    for node in syntax.nodes:
        if not isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            name = _parameter_read(target, flow)
            if name in names:
                counts = not _repeats(node, str(name), syntax, flow)
                counts = counts and not _follows(node, inits, syntax)
                found.append(Overwrite(str(name), syntax.place(node), counts))
    return found


def reads_back(syntax: Syntax, flow: Flow) -> Place | None:
    """Where the script takes the run's config as its arguments, if it does.

    ``args = wandb.config``, ``vars(args).update(wandb.config)``,
    ``Namespace(**wandb.config)`` and the loops over its keys.
    """
    for node in syntax.nodes:
        if isinstance(node, ast.Assign) and _is_config(node.value, flow):
            return syntax.place(node)
        if isinstance(node, ast.Call):
            given = [*node.args, *(k.value for k in node.keywords if k.arg is None)]
            holder = isinstance(node.func, ast.Attribute) and node.func.attr == "update"
            target = node.func.value if isinstance(node.func, ast.Attribute) else None
            if holder and target is not None and any(_is_config(a, flow) for a in given):
                if any(isinstance(m, ArgumentsDict) for m in flow.meanings(target)):
                    return syntax.place(node)
            unpacked = [k.value for k in node.keywords if k.arg is None]
            if any(_is_config(u, flow) for u in unpacked):
                return syntax.place(node)
        if isinstance(node, ast.For) and _is_config(_looped(node.iter), flow):
            setters = [
                n
                for n in ast.walk(node)
                if isinstance(n, ast.Call) and _last_name(n.func) == "setattr"
            ]
            if setters:
                return syntax.place(node)
    return None


def _looped(node: ast.expr) -> ast.expr:
    """What a loop goes over: ``config.items()`` is a loop over ``config``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.value
    return node


def _is_config(node: ast.expr, flow: Flow) -> bool:
    if isinstance(node, ast.Call) and _last_name(node.func) == "dict" and node.args:
        node = node.args[0]
    return any(isinstance(m, RunConfig) for m in flow.meanings(node))


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _config_updates(syntax: Syntax, flow: Flow) -> list[ast.Call]:
    """The calls of ``wandb.config.update`` and ``setdefaults``."""
    return [
        n
        for n in syntax.nodes
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Attribute)
        and n.func.attr in ("update", "setdefaults")
        and any(isinstance(m, RunConfig) for m in flow.meanings(n.func.value))
    ]


def _recorded(
    init: ast.Call,
    updates: list[ast.Call],
    names: frozenset[str],
    syntax: Syntax,
    flow: Flow,
) -> tuple[bool, list[Problem]]:
    """Whether the run's config shows the parameters by name, and what is unclear."""
    place = syntax.place(init)
    if init.args:
        return False, [("wandb.init is given arguments by position", place)]
    config: ast.expr | None = None
    for keyword in init.keywords:
        if keyword.arg is None:
            config_in = _keyword_dict(keyword.value, syntax)
            if config_in is None:
                text = "wandb.init is given **keywords that are made elsewhere"
                return False, [(text, syntax.place(keyword.value))]
            config = config_in.get("config", config)
        if keyword.arg == "config":
            config = keyword.value
    records = False
    problems: list[Problem] = []
    if config is not None and not _is_none(config):
        records, problems = _config_value(config, names, syntax, flow)
    elif not updates:
        problems += _config_writes(names, syntax, flow)
    for update in updates:
        if update.args:
            also, more = _config_value(update.args[0], names, syntax, flow)
            if also or not records:
                problems += more
            records = records or also
    return records, problems


def _config_writes(names: frozenset[str], syntax: Syntax, flow: Flow) -> list[Problem]:
    """Single keys that are written to the config of a run: ``wandb.config.lr = …``."""
    problems = []
    for node in syntax.nodes:
        if not isinstance(node, (ast.Assign, ast.AugAssign)):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if not isinstance(target, (ast.Attribute, ast.Subscript)):
                continue
            if not _is_config(target.value, flow):
                continue
            key = _key(target)
            if key is None or (key in names and _parameter_read(node.value, flow) != key):
                text = f"the run's config is written key by key: {ast.unparse(target)}"
                problems.append((text, syntax.place(node)))
    return problems


def _key(node: ast.Attribute | ast.Subscript) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    key = literal(node.slice)
    return key if isinstance(key, str) else None


def _keyword_dict(node: ast.expr, syntax: Syntax) -> dict[str, ast.expr] | None:
    """The keywords that ``**node`` gives, where one display in the source says them."""
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        if (
            len(bindings) != 1
            or bindings[0].kind != "assign"
            or bindings[0].index is not None
        ):
            return None
        if _is_changed(node.id, bindings[0].node, syntax):
            return None
        assert bindings[0].value is not None
        return _keyword_dict(bindings[0].value, syntax)
    items = _display(node)
    if items is None or any(k is None for k, _ in items):
        return None
    keys = {literal(k): v for k, v in items if k is not None}
    return keys if all(isinstance(k, str) for k in keys) else None


def _display(node: ast.expr) -> list[tuple[ast.expr | None, ast.expr]] | None:
    """Keys and values of a dict that is spelled out: ``{…}`` or ``dict(a=…)``."""
    if isinstance(node, ast.Dict):
        return list(zip(node.keys, node.values, strict=True))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "dict"
    ):
        items: list[tuple[ast.expr | None, ast.expr]] = [(None, a) for a in node.args]
        for keyword in node.keywords:
            key = ast.Constant(keyword.arg) if keyword.arg else None
            items.append((key, keyword.value))
        return items
    return None


def _is_changed(name: str, definition: ast.AST, syntax: Syntax) -> bool:
    """Whether a dict that has a name is used in any way that may change it."""
    for node in syntax.nodes:
        if (
            isinstance(node, ast.Name)
            and node.id == name
            and isinstance(node.ctx, ast.Load)
        ):
            parent = syntax.parent[node]
            if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store):
                return True
            if isinstance(parent, ast.Attribute) and parent.attr in (
                "update",
                "pop",
                "setdefault",
            ):
                return True
    return False


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _config_value(
    node: ast.expr, names: frozenset[str], syntax: Syntax, flow: Flow
) -> tuple[bool, list[Problem]]:
    """Whether a value given as config holds the parameters by name; what is unclear."""
    items = _display(node)
    if items is None and isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        if (
            len(bindings) == 1
            and bindings[0].value is not None
            and bindings[0].index is None
        ) and bindings[0].kind == "assign":
            items = _display(bindings[0].value)
    if items is not None:
        return _config_items(items, names, syntax, flow)
    meanings = flow.meanings(node)
    foreign = [
        m for m in meanings if not isinstance(m, (Arguments, ArgumentsDict, RunConfig))
    ]
    if meanings and not foreign:
        return any(not isinstance(m, RunConfig) for m in meanings), []
    return False, [_unclear(node, meanings, syntax)]


def _unclear(node: ast.expr, meanings: Meanings, syntax: Syntax) -> Problem:
    text = ast.unparse(node)
    linked = any(isinstance(m, (Arguments, ArgumentsDict)) for m in meanings)
    ends = sorted(syntax.place(m.node).line for m in meanings if isinstance(m, Foreign))
    if linked and ends:
        return (
            f"{text}, which the run's config is made of, is more than the parsed "
            f"arguments: it is set anew on line {ends[0]}",
            syntax.place(node),
        )
    return (
        f"can't tell what the run's config shows: {text} is not the parsed arguments",
        syntax.place(node),
    )


def _config_items(
    items: list[tuple[ast.expr | None, ast.expr]],
    names: frozenset[str],
    syntax: Syntax,
    flow: Flow,
) -> tuple[bool, list[Problem]]:
    """The same for a dict that is spelled out key by key."""
    records = False
    problems: list[Problem] = []
    for key, value in items:
        place = syntax.place(value)
        if key is None:
            also, more = _config_value(value, names, syntax, flow)
            records, problems = records or also, problems + more
            continue
        name = literal(key)
        read = _parameter_read(value, flow)
        if not isinstance(name, str):
            problems.append(("a key of the run's config is made at run time", place))
        elif read == name and name in names:
            records = True
        elif read in names:
            problems.append(
                (f"the run's config shows the parameter {read!r} as {name!r}", place)
            )
        elif _holds_arguments(value, flow):
            problems.append(
                (
                    f"the run's config holds all parameters under one key, {name!r}",
                    place,
                )
            )
        elif name in names:
            problems.append(
                (
                    f"the run's config shows something else as {name!r} than the parameter",
                    place,
                )
            )
    if not records and not problems:
        place = syntax.place(items[0][1]) if items else Place(1, 1)
        problems.append(("the run's config holds none of the parameters", place))
    return records, problems


def _holds_arguments(node: ast.expr, flow: Flow) -> bool:
    return any(isinstance(m, (Arguments, ArgumentsDict)) for m in flow.meanings(node))


def _parameter_read(node: ast.expr, flow: Flow) -> str | None:
    """The name in ``args.name``, ``args["name"]`` or ``getattr(args, "name")``."""
    if isinstance(node, ast.Attribute):
        owners = flow.meanings(node.value)
        return node.attr if any(isinstance(m, Arguments) for m in owners) else None
    if isinstance(node, ast.Subscript):
        owners = flow.meanings(node.value)
        key = literal(node.slice)
        held = any(isinstance(m, ArgumentsDict) for m in owners)
        return key if held and isinstance(key, str) else None
    return None


def _repeats(
    node: ast.Assign | ast.AugAssign | ast.AnnAssign,
    name: str,
    syntax: Syntax,
    flow: Flow,
) -> bool:
    """Whether doing it again changes nothing: under ``if args.x is None`` and the like."""
    if isinstance(node, ast.AugAssign) or node.value is None:
        return False
    for ancestor in syntax.ancestors(node):
        if isinstance(ancestor, ast.If):
            tested = [_parameter_read(n, flow) for n in _expressions(ancestor.test)]
            if name in tested:
                return True
    used = [_parameter_read(n, flow) for n in _expressions(node.value)]
    return name not in used and any(u is not None for u in used)


def _follows(node: ast.stmt, inits: Sequence[Init], syntax: Syntax) -> bool:
    """Whether it comes after every ``wandb.init``, in the same function."""
    place = syntax.place(node)
    return bool(inits) and all(
        syntax.scope(i.call) is syntax.scope(node) and i.place.line < place.line
        for i in inits
    )


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    for inner in ast.walk(node):
        if isinstance(inner, (ast.Attribute, ast.Subscript)):
            yield inner


def _gate(init: ast.Call, syntax: Syntax, flow: Flow) -> Problem | None:
    """The test of a parameter that decides whether the run starts."""
    for ancestor in syntax.ancestors(init):
        if isinstance(ancestor, ast.If):
            for inner in _expressions(ancestor.test):
                name = _parameter_read(inner, flow)
                if name is not None:
                    return ast.unparse(ancestor.test), syntax.place(ancestor)
    return None
