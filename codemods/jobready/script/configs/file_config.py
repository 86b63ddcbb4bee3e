"""A run's config that is read from a file, beside which the parameters can be shown.

``config = yaml.safe_load(open(args.config))``: it holds nothing of the arguments, so that a
clone would take the default of ``--config`` and train with another file. The run has to
show the parameters too. It can where the config is a dict for sure and the script gives it
nothing under a parameter's name. What the file has under such a name can't be told; there
the parameter must be shown, since it is what a launch sets.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.script.arguments.parameter_reads import parameter_read
from jobready.script.configs.set_on import changes_of, origin
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import key_of
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.meanings import HOLDER_NAMES, Arguments, ArgumentsDict
from jobready.script.values.order import exclude_each_other, runs_behind

READERS = frozenset(
    f"{module}.{name}"
    for module in ("json", "yaml", "toml", "tomllib", "tomli")
    for name in ("load", "safe_load", "full_load")
)
DUMPERS = frozenset(("json.dump", "json.dumps", "yaml.dump", "yaml.safe_dump"))
OPENERS = frozenset(("open", "read", "read_text", "read_bytes"))
# Tests that hold where a run has begun.
FOR_A_RUN = ("run", "run is not None", "wandb.run", "wandb.run is not None")
# What gives a dict of a dict with the same keys.
WRAPPERS = HOLDER_NAMES - {"Namespace", "SimpleNamespace"} | {"dict"}


def comes_from_file(
    config: ast.expr, init: ast.Call, names: frozenset[str], syntax: Syntax, flow: Flow
) -> bool:
    """Whether a config is a dict out of a file, with nothing of the arguments in it.

    ``names`` are those of the parameters.
    """
    made = origin(_unwrapped(config), flow)
    if not isinstance(made, ast.Call) or not _is_read(made, flow):
        return False
    inner = _unwrapped(made)
    if made is inner and not _is_dict(made, config, syntax, flow):
        return False
    taken = names.union(_set_later(syntax, flow))
    for node, key, _ in changes_of(made, syntax, flow):
        if key is None and _is_update_by_file(node, flow):
            continue
        if (key is None or key in taken) and runs_behind(init, node, syntax, flow):
            return False
    if any(key in taken for key in _keys_read(made, syntax, flow, taken)):
        return False
    return not any(
        runs_behind(init, call, syntax, flow) for call in _mixing(made, syntax, flow)
    )


def comes_with(update: ast.expr, init: ast.expr, syntax: Syntax) -> bool:
    """Whether an update, of the same function, is reached with every run of an init.

    An ``if`` around it has to be around the init too, to ask the same, or for the run.
    """
    around = list(syntax.ancestors(init))
    asked = {ast.unparse(a.test) for a in around if isinstance(a, ast.If)}
    for inner in syntax.ancestors(update):
        if inner in around:
            return not exclude_each_other(update, init, syntax)
        if isinstance(inner, ast.If):
            test = ast.unparse(inner.test)
            given = any(update in ast.walk(s) for s in inner.orelse)
            if given or (test not in asked and test not in FOR_A_RUN):
                return False
        elif isinstance(inner, (ast.For, ast.AsyncFor, ast.While, ast.Match, ast.IfExp)):
            return False
    return False


def _unwrapped(config: ast.expr) -> ast.expr:
    """The dict of ``dict(config)`` and ``EasyDict(config)``."""
    while isinstance(config, ast.Call) and name_of(config.func) in WRAPPERS:
        if len(config.args) != 1 or config.keywords:
            break
        config = config.args[0]
    return config


def _is_read(made: ast.Call, flow: Flow) -> bool:
    """Whether a call reads a file, or is given no more than the name of one.

    ``yaml.safe_load(f)``, ``EasyDict(json.load(open(path)))``, ``load(args.config)``.
    """
    inner = _unwrapped(made)
    if not isinstance(inner, ast.Call):
        return False
    if flow.qualified(inner.func) in READERS:
        return bool(inner.args) and _is_opened(inner.args[0], flow)
    if flow.function(inner.func) is not None or flow.definition(inner.func) is not None:
        return False
    if not isinstance(inner.func, ast.Name):
        return False  # a method may know the arguments, OmegaConf.load returns no dict
    given = [*inner.args, *(k.value for k in inner.keywords)]
    files = [g for g in given if not isinstance(g, ast.Constant)]
    return len(files) == 1 and parameter_read(files[0], flow) is not None


def _is_opened(stream: ast.expr, flow: Flow) -> bool:
    """Whether it is an open file, or what one holds."""
    if isinstance(stream, ast.Call):
        return name_of(stream.func) in OPENERS
    if not isinstance(stream, ast.Name):
        return False
    values = [b.value for b in reaching(stream, flow.syntax)]
    return bool(values) and all(
        isinstance(v, ast.Call) and name_of(v.func) in OPENERS for v in values
    )


def _is_dict(made: ast.Call, config: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether the script uses it as only a dict can be used."""
    if isinstance(config, ast.Call):  # dict(config)
        return True
    known = flow.qualified(made.func) in READERS  # a dict, a list or a text
    for node in syntax.of(ast.Name):
        parent = syntax.parent[node]
        if isinstance(parent, ast.Subscript) and parent.value is node and known:
            proof = key_of(parent) is not None
        elif isinstance(parent, ast.Attribute):
            proof = parent.attr in ("items", "keys", "get")
        elif isinstance(parent, ast.Call) and node in parent.args[:1]:
            proof = flow.qualified(parent.func) in DUMPERS
        else:
            continue
        if proof and origin(node, flow) is made:
            return True
    return False


def _set_later(syntax: Syntax, flow: Flow) -> Iterator[str]:
    """What the script adds to the arguments: ``args.device = …``."""
    for node in syntax.of(ast.Attribute):
        if isinstance(node.ctx, ast.Store):
            if any(isinstance(m, Arguments) for m in flow.meanings(node.value)):
                yield node.attr


def _keys_read(
    made: ast.Call, syntax: Syntax, flow: Flow, wanted: frozenset[str]
) -> Iterator[str]:
    """Which of the ``wanted`` keys the script reads of the dict."""
    for node in syntax.of(ast.Attribute, ast.Subscript):
        key = key_of(node)
        if key in wanted and isinstance(node.value, (ast.Name, ast.Attribute)):
            if origin(node.value, flow) is made:
                yield key
    for call in syntax.of(ast.Call):
        method = call.func
        if isinstance(method, ast.Attribute) and method.attr in ("get", "setdefault"):
            key = literal(call.args[0]) if call.args else None
            if isinstance(key, str) and key in wanted:
                if origin(method.value, flow) is made:
                    yield key


def _is_update_by_file(node: ast.expr, flow: Flow) -> bool:
    """Whether it is ``config.update(other)`` with what is read from a file as well."""
    if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return False
    other = origin(_unwrapped(node.args[0]), flow)
    return isinstance(other, ast.Call) and _is_read(other, flow)


def _mixing(made: ast.Call, syntax: Syntax, flow: Flow) -> Iterator[ast.Call]:
    """The calls of elsewhere that get both the dict and the arguments."""
    for call in syntax.of(ast.Call):
        if (
            flow.function(call.func) is not None
            or flow.qualified(call.func) == "wandb.init"
        ):
            continue
        holder = [call.func.value] if isinstance(call.func, ast.Attribute) else []
        given = [*holder, *call.args, *(k.value for k in call.keywords)]
        parts = [g.value if isinstance(g, ast.Starred) else g for g in given]
        named = (p for p in parts if isinstance(p, (ast.Name, ast.Attribute)))
        held = any(origin(p, flow) is made for p in named)
        kinds = (Arguments, ArgumentsDict)
        if held and any(isinstance(m, kinds) for p in parts for m in flow.meanings(p)):
            yield call
