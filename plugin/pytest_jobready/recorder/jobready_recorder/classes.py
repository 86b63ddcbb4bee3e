"""Classes of the user's that derive from a stand-in: what Python asks of their bases."""

from __future__ import annotations

import builtins
import os
import types
from typing import Any

from .stand_ins import Permissive, attribute

_build = builtins.__build_class__


def configure() -> None:
    """Let them be made, and find what they inherit, if stand-ins are asked for."""
    if os.environ.get("JOBREADY_STAND_INS"):
        builtins.__build_class__ = build_class
        builtins.super = Super  # type: ignore[misc]


class Super(super):
    """Finds what a library's class has: ``super().from_pretrained(name)``."""

    def __getattr__(self, name: str) -> Any:
        """A stand-in, where one is among the bases."""
        owner = self.__self_class__
        if owner is None or not issubclass(owner, Permissive):
            raise AttributeError(f"'super' object has no attribute {name!r}")
        return attribute(owner.__name__, name)


def build_class(body: Any, name: str, /, *bases: Any, **keywords: Any) -> Any:
    """Make a class, with a metaclass that is all of those it inherits or names.

    A library's class has mostly none; that of stand-ins must be no obstacle.
    """
    try:
        return _build(body, name, *bases, **keywords)
    except TypeError as error:
        found = _metaclasses(bases, keywords.get("metaclass"))
        if "metaclass conflict" not in str(error) or not any(map(_of_stand_ins, found)):
            raise
    keywords["metaclass"] = type(name, tuple(found), {})
    return _build(body, name, *bases, **keywords)


def _metaclasses(bases: tuple[Any, ...], named: Any) -> list[type]:
    """Those that a class has, that of stand-ins first; none that another derives from."""
    found = {type(base) for base in types.resolve_bases(bases)}
    found |= {named} if isinstance(named, type) else set()
    least = [f for f in found if not any(f is not o and issubclass(o, f) for o in found)]
    return sorted(least, key=lambda f: (not _of_stand_ins(f), f.__qualname__))


def _of_stand_ins(metaclass: type) -> bool:
    return issubclass(metaclass, type(Permissive))
