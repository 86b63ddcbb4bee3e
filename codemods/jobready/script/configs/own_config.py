"""Objects that a script makes itself, gives to a run as its config, and goes on reading.

``wandb.init(config=CONFIG)`` copies the values; a job's are only in the run's own config.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jobready.script.configs.config_objects import is_config_object, key_read
from jobready.script.model import Init
from jobready.script.source.literals import literal
from jobready.script.source.reaching import reaching
from jobready.script.source.syntax import Syntax
from jobready.script.values.config_items import display
from jobready.script.values.flow import Flow
from jobready.script.values.functions import name_of
from jobready.script.values.order import runs_behind

NAMESPACES = frozenset(("types.SimpleNamespace", "argparse.Namespace"))
# What reads a file of settings, by the last two parts of its name.
LOADERS = frozenset(
    ("json.load", "yaml.load", "yaml.safe_load", "yaml.full_load", "OmegaConf.load")
)
# What makes another dict of an object's values.
AS_DICT = frozenset(("vars", "dict", "asdict", "copy", "deepcopy", "to_container"))
# What an object may be given to without its values deciding anything.
SHOWS = frozenset(
    """
    print pprint pp len str repr type id isinstance hasattr vars dict asdict sorted list
    info debug warning log dump dumps save write to_yaml display rule
    """.split()  # noqa: SIM905 - a list of them takes a page
)
HOPS = 4


@dataclass(frozen=True, eq=False)
class OwnConfig:
    """An object whose values a run is given as its config.

    ``given`` is what ``call``, a ``wandb.init`` or an ``update``, is given; ``name`` is
    the object's name in it and ``made`` the expression that makes the object: a dict that
    is spelled out, an object with attributes, or what a file is read with. ``reads`` are
    the places where its values are used once the run has started, ``early`` those before.
    """

    call: ast.Call
    given: ast.expr
    name: ast.Name
    made: ast.expr
    reads: tuple[ast.expr, ...]
    early: tuple[ast.expr, ...]

    @property
    def is_loaded(self) -> bool:
        """Whether a file has the values."""
        return _is_loader(self.made)


def own_configs(
    inits: tuple[Init, ...], syntax: Syntax, flow: Flow
) -> tuple[OwnConfig, ...]:
    """The objects that are given to ``wandb.init(config=…)``."""
    given = [(i.call, k.value) for i in inits for k in i.call.keywords if k.arg == "config"]
    found = (_own_config(call, value, syntax, flow) for call, value in given)
    return tuple(own for own in found if own is not None)


def updating_configs(syntax: Syntax, flow: Flow) -> tuple[OwnConfig, ...]:
    """The objects that are given to ``wandb.config.update(…)`` once the run is there."""
    found = (
        _own_config(call, call.args[0], syntax, flow)
        for call in syntax.of(ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("update", "setdefaults")
        and call.args
        and is_config_object(call.func.value, syntax, flow)
    )
    return tuple(own for own in found if own is not None)


def _own_config(
    call: ast.Call, given: ast.expr, syntax: Syntax, flow: Flow
) -> OwnConfig | None:
    """The object that ``call`` is ``given``; None where it is no such object."""
    name = _name_in(given)
    made = _made(name, syntax, flow, HOPS) if name is not None else None
    if name is None or made is None or _is_brought_up_to_date(name, syntax, flow):
        return None
    reads, early = [], []
    for node in _uses(name, syntax):
        if _is_inside(node, call, syntax) or not _is_read(node, made, syntax, flow):
            continue
        if runs_behind(node, call, syntax, flow):
            reads.append(node)
        elif runs_behind(call, node, syntax, flow):
            early.append(node)
    return OwnConfig(call, given, name, made, tuple(reads), tuple(early))


def _name_in(given: ast.expr) -> ast.Name | None:
    """The name in ``config``, ``vars(config)``, ``config.__dict__``, ``{**config}``."""
    if isinstance(given, ast.Name):
        return given
    if isinstance(given, ast.Attribute) and given.attr == "__dict__":
        return _name_in(given.value)
    if isinstance(given, ast.Call) and name_of(given.func) in AS_DICT:
        if given.args:
            return _name_in(given.args[0])
        return _name_in(given.func.value) if isinstance(given.func, ast.Attribute) else None
    if isinstance(given, ast.Dict):
        spread = [v for k, v in zip(given.keys, given.values, strict=True) if k is None]
        return _name_in(spread[0]) if len(spread) == 1 else None
    return None


def _made(node: ast.expr, syntax: Syntax, flow: Flow, hops: int) -> ast.expr | None:
    """The one expression that makes the object a name stands for."""
    if not isinstance(node, ast.Name):
        return node if _makes_object(node, flow) else None
    bindings = reaching(node, syntax)
    if len(bindings) != 1 or not hops:
        return None
    values = flow.given(bindings[0])
    if len(values) != 1:
        return None
    return _made(values[0], syntax, flow, hops - 1)


def _makes_object(node: ast.expr, flow: Flow) -> bool:
    items = display(node)
    if items is not None:
        return True  # an empty one is filled key by key
    if not isinstance(node, ast.Call):
        return False
    name = flow.qualified(node.func)
    if name in NAMESPACES and all(k.arg is not None for k in node.keywords):
        return True
    return flow.definition(node.func) is not None or _is_loader(node)


def _is_loader(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return ".".join(ast.unparse(node.func).split(".")[-2:]) in LOADERS


def _uses(name: ast.Name, syntax: Syntax) -> Iterator[ast.Name]:
    """The places where the object is meant, under the name that it has in ``name``."""
    owner = syntax.owner(name.id, syntax.scope(name))
    bindings = reaching(name, syntax)
    for node in syntax.named.get(name.id, ()):
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if node is name or syntax.owner(node.id, syntax.scope(node)) is not owner:
            continue
        if reaching(node, syntax) == bindings:
            yield node


def _is_inside(node: ast.AST, call: ast.Call, syntax: Syntax) -> bool:
    return any(a is call for a in syntax.ancestors(node))


def _is_read(node: ast.Name, made: ast.expr, syntax: Syntax, flow: Flow) -> bool:
    """Whether a value of the object, or all of them, decide something here."""
    key = key_read(node, syntax)
    if key is not None:
        return not key.startswith("__") and _is_known(key, made)
    parent = syntax.parent[node]
    call = parent
    if isinstance(parent, ast.keyword):
        call = syntax.parent[parent]
    if not isinstance(call, ast.Call) or node is call.func:
        return False
    if isinstance(call.func, ast.Attribute) and is_config_object(
        call.func.value, syntax, flow
    ):
        return False
    name = flow.qualified(call.func) or ast.unparse(call.func)
    return not name.startswith("wandb.") and name.rpartition(".")[2] not in SHOWS


def _is_known(key: str, made: ast.expr) -> bool:
    """Whether the object surely has a key; that isn't told of all objects."""
    items = display(made)
    if not items or any(k is None for k, _ in items):
        return True
    return any(k is not None and literal(k) == key for k, _ in items)


def _is_brought_up_to_date(name: ast.Name, syntax: Syntax, flow: Flow) -> bool:
    """Whether the script itself puts values of the run's config into the object."""
    for node in _uses(name, syntax):
        statement = syntax.statement(node)
        parent = syntax.parent[node]
        stored = isinstance(parent, (ast.Attribute, ast.Subscript)) and not isinstance(
            parent.ctx, ast.Load
        )
        method = isinstance(parent, ast.Attribute) and parent.attr in ("update", "merge")
        handed = isinstance(parent, ast.Call) and name_of(parent.func) in (
            "setattr",
            "vars",
            "merge",
            "replace",
        )
        if stored or method or handed:
            inner = (n for n in ast.walk(statement) if isinstance(n, ast.expr))
            if any(is_config_object(n, syntax, flow) for n in inner):
                return True
    return False
