"""What scripts ask of a machine that this one may not have."""

from __future__ import annotations

import contextlib
import os
import random
from types import ModuleType
from typing import Any

from .imports import after_import
from .stand_ins import is_stand_in


def configure() -> None:
    """Take no for an answer where that is asked for."""
    if os.environ.get("JOBREADY_LENIENT"):
        after_import({"resource": _watch_limits})
        _watch_random()


def _watch_limits(module: ModuleType) -> None:
    original = module.setrlimit

    def setrlimit(*args: Any) -> None:
        with contextlib.suppress(ValueError, OSError):
            original(*args)

    module.setrlimit = setrlimit  # type: ignore[attr-defined]


def _watch_random() -> None:
    """Take a stand-in for a seed, and what there is where more is to be drawn."""
    original, draw = random.seed, random.sample

    def seed(a: Any = None, version: int = 2) -> None:
        original(int(a) if is_stand_in(a) else a, version)

    def sample(population: Any, k: int, **more: Any) -> Any:
        return draw(population, min(k, len(population)), **more)

    random.seed, random.sample = seed, sample
