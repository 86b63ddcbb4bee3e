"""Parameters that a run's page shows inside of a value: those of a dataclass in another.

Their names have dots where the page has dicts: ``opt.lr`` for ``{"opt": {"lr": 0.1}}``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def flat(page: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """A page with what it shows of these parameters inside of values, under their names."""
    found = dict(page)
    for name in shown_inside(page, names):
        value: Any = page
        for key in name.split("."):
            value = value[key]
        found[name] = value
    return found


def put_inside(config: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """A job's config with the values of these parameters inside of others."""
    found: dict[str, Any] = {}
    for name, value in config.items():
        if name not in names:
            found[name] = value
            continue
        *keys, last = name.split(".")
        holder = found
        for key in keys:
            holder = holder.setdefault(key, {})
        holder[last] = value
    return found


def shown_inside(page: Mapping[str, Any], names: Collection[str]) -> frozenset[str]:
    """Those of the parameters that a page shows inside of values."""
    return frozenset(name for name in names if "." in name and _is_inside(page, name))


def _is_inside(page: Mapping[str, Any], name: str) -> bool:
    value: Any = page
    if name in page:
        return False
    for key in name.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return False
        value = value[key]
    return True
