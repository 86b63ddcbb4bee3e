"""What the value of a dataclass's field says to simple_parsing: a default, and other names.

``lr: float = 0.1``, ``field(default=0.1, help="…")`` and what simple_parsing has for lists.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from jobready.script.model import Expression, Value
from jobready.script.source.literals import literal
from jobready.script.values.flow import Flow

OF_PYTHON = "dataclasses.field"
FIELDS = frozenset(
    f"simple_parsing.{module}field" for module in ("", "helpers.", "helpers.fields.")
)
LISTS = frozenset(
    f"simple_parsing.{module}list_field" for module in ("", "helpers.", "helpers.fields.")
)
# What a field says of itself, and nothing of how its option is read.
OF_FIELDS = frozenset(("repr", "compare", "hash", "kw_only"))
# Modules of Python whose functions give values, and no fields.
MODULES = frozenset(("math", "os", "pathlib"))
PLAIN = (ast.Attribute, ast.BinOp, ast.Constant, ast.JoinedStr, ast.Name, ast.UnaryOp)


@dataclass(frozen=True)
class Default:
    """The default of a field, if one ``is_given``, and other names of its option.

    What ``field(init=False)`` says no option ``is_argument`` for.
    """

    value: Value = None
    is_given: bool = False
    aliases: tuple[str, ...] = ()
    is_argument: bool = True


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
    known |= {"alias", "help"} if simple else set()
    if given.keys() - known or call.args[1:] or (call.args and not simple):
        return None
    if "metadata" in given and not _only_helps(given["metadata"]):
        return None
    aliases = _aliases(given.get("alias"))
    if aliases is None:
        return None
    plain = call.args[0] if call.args else given.get("default")
    if plain is not None:
        return Default(literal(plain), is_given=True, aliases=aliases)
    if "default_factory" not in given:
        return Default(aliases=aliases)
    made = _made(given["default_factory"])
    return None if made is None else Default(made, is_given=True, aliases=aliases)


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
