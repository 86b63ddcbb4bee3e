"""The rules: one file each, found by being here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from jobready.rules.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code: each module of this package that has a ``RULE``."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}")
        for m in pkgutil.iter_modules(__path__)
    )
    rules = [m.RULE for m in modules if hasattr(m, "RULE")]
    return tuple(sorted(rules, key=lambda r: r.code))
