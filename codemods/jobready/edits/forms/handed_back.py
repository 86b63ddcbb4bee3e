"""Which parameters ``wandb.config`` hands back as they are."""

from __future__ import annotations

from math import isnan
from typing import Any

from jobready.script.model import Parameter
from jobready.script.source.literals import is_known

# Members of wandb.Config that an attribute of the same name can't reach (0.13.8 to 0.31.0).
CONFIG_MEMBERS = frozenset(
    [
        "as_dict",
        "get",
        "items",
        "keys",
        "merge_locked",
        "persist",
        "setdefaults",
        "update",
        "update_locked",
    ]
)
TYPED_DEFAULTS = {"int": int, "float": float, "str": str}


def parameter_obstacle(parameter: Parameter) -> str | None:
    """The fact about a parameter that wandb.config can't keep; None where it can."""
    if not parameter.named:
        return "has a name that is made at run time"
    if parameter.positional:
        return "is a positional"
    if parameter.required is not False:
        return "is required"
    if parameter.name in CONFIG_MEMBERS or parameter.name.startswith("_"):
        return "has the name of a member of wandb.config"
    if parameter.group is not None:
        return "excludes other options"
    if parameter.action in ("store_true", "store_false"):
        complementary = parameter.default is (parameter.action == "store_false")
        return None if complementary else "is a switch with a default of its own"
    if parameter.action != "store":
        return f"has action {parameter.action}"
    if parameter.choices is not None:
        return "has choices"
    if parameter.nargs is not None:
        return "takes several values"
    if parameter.type not in (None, "int", "float", "str"):
        return f"has type {parameter.type}"
    return _default_obstacle(parameter)


def _default_obstacle(parameter: Parameter) -> str | None:
    default: Any = parameter.default
    if not is_known(default):
        return "has a default that is made at run time"
    if default is None:
        return None
    wanted = TYPED_DEFAULTS[parameter.type or "str"]
    if type(default) is not wanted:
        return f"has a default of another type, {default!r}"
    if isinstance(default, float) and (isnan(default) or default.is_integer()):
        return (
            f"has the default {default!r}, which wandb.config hands back as another value"
        )
    if isinstance(default, int) and abs(default) >= 2**63:
        return f"has the default {default!r}, which wandb.config hands back as a float"
    return None
