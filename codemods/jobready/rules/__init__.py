"""The rules: one file each, found by being here."""

from __future__ import annotations

import importlib
import pkgutil

from jobready.rules.model import Finding, Rule, Subject


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code: each module of this package that has a ``RULE``."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}")
        for m in pkgutil.iter_modules(__path__)
    )
    rules = [m.RULE for m in modules if hasattr(m, "RULE")]
    return tuple(sorted(rules, key=lambda r: r.code))


def findings(subject: Subject) -> tuple[Finding, ...]:
    """What all rules find in a script, in the order of the source."""
    found = [f for rule in all_rules() for f in rule.find(subject)]
    return tuple(sorted(found, key=lambda f: (f.place.line, f.place.column, f.code)))
