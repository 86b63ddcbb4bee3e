"""What libraries find out about others, where some of these are stand-ins."""

from __future__ import annotations

import abc
import importlib
import os
import sys
from types import ModuleType
from typing import Any

from .imports import after_import
from .stand_ins import StandIn, StandInModule, attribute, is_stand_in


def configure() -> None:
    """Say that a stand-in is installed to the user's code, and that it isn't to wandb."""
    if not os.environ.get("JOBREADY_STAND_INS"):
        return
    # Which torch.multiprocessing imports as well.
    importlib.import_module("multiprocessing.connection")
    _watch_classes()
    _watch_versions(importlib.import_module("importlib.metadata"))
    patching = "wandb.integration.tensorboard.monkeypatch"
    hooks = {"wandb.util": _hide, patching: _leave_alone}
    after_import({**hooks, "pkg_resources": _watch_distributions})


def _watch_classes() -> None:
    """Let a stand-in be registered as a class, which it may be."""
    original = abc.ABCMeta.register

    def register(cls: abc.ABCMeta, subclass: Any) -> Any:
        return subclass if is_stand_in(subclass) else original(cls, subclass)

    abc.ABCMeta.register = register  # type: ignore[method-assign]


def _watch_versions(metadata: ModuleType) -> None:
    original = metadata.version

    def version(distribution_name: str) -> Any:
        if isinstance(sys.modules.get(distribution_name), StandInModule):
            return attribute(distribution_name, "__version__")
        return original(distribution_name)

    metadata.version = version  # type: ignore[attr-defined]


def _watch_distributions(resources: ModuleType) -> None:
    """The same for what setuptools had before."""
    original = resources.get_distribution

    def get_distribution(dist: Any) -> Any:
        if isinstance(dist, str) and isinstance(sys.modules.get(dist), StandInModule):
            return StandIn(dist)
        return original(dist)

    resources.get_distribution = get_distribution  # type: ignore[attr-defined]


def _hide(util: ModuleType) -> None:
    get_module = util.get_module

    def without_stand_ins(name: str, required: Any = None, lazy: bool = True) -> Any:
        found = get_module(name, None, lazy)
        if isinstance(found, StandInModule):
            found = None
        return get_module(name, required, lazy) if required and not found else found

    util.get_module = without_stand_ins  # type: ignore[attr-defined]
    if not hasattr(util, "generate_id"):  # wandb has moved it
        util.generate_id = lambda length=8: "0" * length  # type: ignore[attr-defined]


def _leave_alone(tensorboard: ModuleType) -> None:
    """Patch no tensorboard, which wandb refuses where there is none."""
    tensorboard.patch = lambda *args, **kwargs: None  # type: ignore[attr-defined]
