"""The parameters of a script as the JSON Schema that W&B's launch drawer is made from.

``wandb.sdk.launch.manage_wandb_config(schema=…)`` takes it since wandb 0.17.6. It warns of
what is not in its own schema of schemas (``sdk/launch/inputs/schema.py``, 0.31.0): there is
no ``default``, and an array must list its choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jobready.edits.launched.job_config import renamed_keys
from jobready.edits.shown.secrets import looks_secret
from jobready.outcome import Reason
from jobready.script.model import Expression, Parameter, Script

SWITCHES = frozenset(("store_true", "store_false", "BooleanOptionalAction"))
LISTS = frozenset(("append", "extend"))
# Their values in a config are the script's own constants.
NOT_TYPED = frozenset(("store_const", "append_const"))
NUMBERS = {"int": "integer", "float": "number"}
MANY = frozenset(("*", "+", "..."))
SCALAR = (int, float, str)


@dataclass(frozen=True)
class Schema:
    """The schema, and the parameters that it can't hold, each with the reason."""

    schema: dict[str, Any]
    left_out: tuple[tuple[Parameter, str], ...] = ()


def as_schema(script: Script) -> Schema:
    """The schema of the job's config, by the keys under which the run shows it."""
    renamed = renamed_keys(script)
    keys = {} if isinstance(renamed, Reason) else dict(renamed)
    properties: dict[str, Any] = {}
    left_out: list[tuple[Parameter, str]] = []
    for parameter in script.parameters:
        found = _property(parameter)
        if isinstance(found, str):
            left_out.append((parameter, found))
        else:
            properties[keys.get(parameter.name, parameter.name)] = found
    return Schema({"type": "object", "properties": properties}, tuple(left_out))


def _property(parameter: Parameter) -> dict[str, Any] | str:
    """The schema of one parameter, or why W&B has none for it."""
    if not parameter.named:
        return "only a run tells its name"
    if looks_secret(parameter):
        return "its name says that it is secret, and W&B shows a job's inputs"
    kind = _kind(parameter)
    choices = _choices(parameter)
    if parameter.action in NOT_TYPED:
        return f"action {parameter.action} has no value of a type that a schema knows"
    if _is_list(parameter):
        if choices is None:
            return "W&B's schema knows lists only with choices"
        found: dict[str, Any] = {"type": "array", "items": {"type": kind, "enum": choices}}
    else:
        found = {"type": kind}
        if choices is not None and kind != "boolean":
            found["enum"] = choices
    if parameter.required is True:
        found["required"] = True
    if description := _description(parameter):
        found["description"] = description
    return found


def _kind(parameter: Parameter) -> str:
    if parameter.action in SWITCHES or parameter.type_kind in ("bool", "boolean"):
        return "boolean"
    if parameter.action == "count":
        return "integer"
    if parameter.type_kind == "number":
        return NUMBERS.get(parameter.type or "", "number")
    if isinstance(parameter.default, dict):
        return "object"
    return "string"


def _is_list(parameter: Parameter) -> bool:
    many = parameter.nargs in MANY or isinstance(parameter.nargs, int)
    taken = parameter.action in LISTS or (many and parameter.action == "store")
    return taken or isinstance(parameter.default, (list, tuple))


def _choices(parameter: Parameter) -> list[Any] | None:
    """The choices, where the source spells them out and a schema can hold them."""
    choices = parameter.choices
    if isinstance(choices, dict):
        choices = list(choices)
    if not isinstance(choices, (list, tuple, set, range)):
        return None
    found = sorted(choices, key=repr) if isinstance(choices, set) else list(choices)
    fits = all(isinstance(c, SCALAR) and not isinstance(c, bool) for c in found)
    return found if found and fits else None


def _description(parameter: Parameter) -> str:
    """The help and the default, for which W&B's schema has no other place."""
    words = parameter.help if isinstance(parameter.help, str) else ""
    default = parameter.default
    known = parameter.has_default and not isinstance(default, Expression)
    shown = repr(default) if known else None
    if "%(default)s" in words and known:
        return words.replace("%(default)s", str(default)).replace("%%", "%")
    words = words.replace("%%", "%")
    if default is None or shown is None or parameter.action in SWITCHES:
        return words
    return f"{words} (default: {shown})".strip()
