"""What the value of a dataclass's field says to simple_parsing: a default, and other names.

``lr: float = 0.1``, ``field(default=0.1, help="…")`` and what simple_parsing has for lists.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jobready.script.model import Expression, Value
from jobready.script.source.literals import literal
from jobready.script.values.flow import Flow

OF_PYTHON = "dataclasses.field"
FIELDS = frozenset(
    f"simple_parsing.{module}field" for module in ("", "helpers.", "helpers.fields.")
)
LISTS, CHOICES, FLAGS, MUTABLES, SUBGROUPS = (
    frozenset(
        f"simple_parsing.{module}{name}" for module in ("", "helpers.", "helpers.fields.")
    )
    for name in ("list_field", "choice", "flag", "mutable_field", "subgroups")
)
# What a field says of itself, and nothing of how its option is read.
OF_FIELDS = frozenset(("repr", "compare", "hash", "kw_only"))
# What simple_parsing's says of the option, as argparse takes it.
OF_OPTIONS = frozenset(("action", "choices", "nargs"))
# What mutable_field doesn't hand on to what it makes.
OF_MUTABLES = frozenset((None, "compare", "hash", "init", "metadata", "repr"))
# Modules of Python whose functions give values, and no fields.
MODULES = frozenset(("math", "os", "pathlib"))
PLAIN = (ast.Attribute, ast.BinOp, ast.Constant, ast.JoinedStr, ast.Name, ast.UnaryOp)


@dataclass(frozen=True)
class Default:
    """The default of a field, if one ``is_given``, and other names of its option.

    What ``field(init=False)`` says no option ``is_argument`` for. ``action``, ``choices``
    and ``several`` words are what it says of the option itself.
    """

    value: Value = None
    is_given: bool = False
    aliases: tuple[str, ...] = ()
    is_argument: bool = True
    action: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False


def default_of(value: ast.expr | None, flow: Flow) -> Default | None:
    """What a field's value says; None where only a run tells."""
    if value is None:
        return Default()
    if not isinstance(value, ast.Call):
        known = isinstance(value, PLAIN) or _is_tuple(value)
        return Default(literal(value), is_given=True) if known else None
    name = flow.qualified(value.func) or ""
    if name == OF_PYTHON or name in FIELDS:
        return _of_field(value, simple=name in FIELDS)
    if name in LISTS and not value.keywords:
        starred = any(isinstance(a, ast.Starred) for a in value.args)
        items = literal(ast.List(value.args, ast.Load()))
        return None if starred else Default(items, is_given=True)
    if name in CHOICES:
        return _of_choice(value)
    if name in FLAGS and len(value.args) == 1 and not value.keywords:
        switch = literal(value.args[0])
        return Default(switch, is_given=True) if isinstance(switch, bool) else None
    if name.partition(".")[0] in MODULES:
        return Default(Expression(ast.unparse(value)), is_given=True)
    return None


def _is_tuple(value: ast.expr) -> bool:
    return isinstance(value, ast.Tuple) and all(isinstance(e, PLAIN) for e in value.elts)


def _of_field(call: ast.Call, *, simple: bool) -> Default | None:
    """What ``field(…)`` says, Python's or that of simple_parsing."""
    given = {k.arg: k.value for k in call.keywords}
    if "init" in given and literal(given["init"]) is False:
        return Default(is_argument=False)
    known = {"default", "default_factory", "metadata", *OF_FIELDS}
    known |= {"alias", "help", *OF_OPTIONS} if simple else set()
    if given.keys() - known or call.args[1:] or (call.args and not simple):
        return None
    if "metadata" in given and not _only_helps(given["metadata"]):
        return None
    said = _of_option(given)
    plain = call.args[0] if call.args else given.get("default")
    if said is None or (said.action and plain is not None):
        return None
    if said.action:  # which give the default too
        return replace(said, value=said.action == "store_false", is_given=True)
    if plain is not None:
        return replace(said, value=literal(plain), is_given=True)
    if "default_factory" not in given:
        return None if said.several else said
    made = _made(given["default_factory"])
    return None if made is None else replace(said, value=made, is_given=True)


def _of_option(given: Mapping[str | None, ast.expr]) -> Default | None:
    """What keywords say of the option itself; None for what isn't followed."""
    aliases = _aliases(given.get("alias"))
    action = literal(given["action"]) if "action" in given else ""
    nargs = literal(given["nargs"]) if "nargs" in given else None
    choices = literal(given["choices"]) if "choices" in given else ()
    if aliases is None or action not in ("", "store_true", "store_false"):
        return None
    if nargs not in (None, "*") or not _are_texts(choices):
        return None
    if action and (nargs or choices):
        return None
    return Default(
        aliases=aliases, action=action, choices=tuple(choices), several=nargs is not None
    )


def _of_choice(call: ast.Call) -> Default | None:
    """What ``choice("a", "b", default="a")`` says."""
    given = {k.arg: k.value for k in call.keywords}
    choices = literal(ast.List(call.args, ast.Load()))
    if len(call.args) < 2 or not _are_texts(choices):
        return None
    if given.keys() - {"default", "alias", "help"}:
        return None
    said = _of_option({k: v for k, v in given.items() if k == "alias"})
    if said is None or "default" not in given:
        return None if said is None else replace(said, choices=tuple(choices))
    default = literal(given["default"])
    return replace(said, value=default, is_given=True, choices=tuple(choices))


def _are_texts(value: Value) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value)


def has_subgroups(value: ast.expr | None, flow: Flow) -> bool:
    """Whether a field is one of several dataclasses, which the command line chooses."""
    return isinstance(value, ast.Call) and flow.qualified(value.func) in SUBGROUPS


def instance_of(value: ast.expr | None, flow: Flow) -> ast.Call | None:
    """The call that makes the default of a field which is a dataclass itself.

    ``Opt(lr=1)`` in ``field(default_factory=lambda: Opt(lr=1))``, or the call of the
    factory; None where there is none.
    """
    if not isinstance(value, ast.Call):
        return None
    name = flow.qualified(value.func) or ""
    if name in MUTABLES:
        if len(value.args) != 1 or any(k.arg in OF_MUTABLES for k in value.keywords):
            return None
        return ast.copy_location(ast.Call(value.args[0], [], value.keywords), value)
    if name != OF_PYTHON and name not in FIELDS:
        return value
    given = {k.arg: k.value for k in value.keywords if k.arg not in OF_FIELDS}
    (factory,) = given.values() if len(given) == 1 else (None,)
    if "default_factory" not in given or factory is None:
        return None
    if isinstance(factory, ast.Lambda):
        return factory.body if isinstance(factory.body, ast.Call) else None
    return ast.copy_location(ast.Call(factory, [], []), value)


def _only_helps(metadata: ast.expr) -> bool:
    """Whether it has no more than a text of help: other keys change the option."""
    return isinstance(metadata, ast.Dict) and all(
        isinstance(k, ast.Constant) and k.value == "help" for k in metadata.keys
    )


def _aliases(value: ast.expr | None) -> tuple[str, ...] | None:
    found = () if value is None else literal(value)
    found = (found,) if isinstance(found, str) else found
    if not isinstance(found, (list, tuple)) or not all(isinstance(a, str) for a in found):
        return None
    return tuple(found)


def _made(factory: ast.expr) -> Value | None:
    """What ``default_factory`` makes; None for an object of a class, a dataclass's say."""
    if isinstance(factory, ast.Lambda):
        displays = isinstance(factory.body, (ast.List, *PLAIN)) or _is_tuple(factory.body)
        return literal(factory.body) if displays else None
    return [] if ast.unparse(factory) == "list" else None
