"""A stand-in for Lightning's Trainer, which calls the user's callbacks when it fits.

A script may start its run, or log to it, in one of these (lightning 2.6).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from .known import KNOWN
from .stand_ins import Permissive, StandIn, attribute

# What is called up to the end of the first step, and what it is given besides the trainer
# and the module.
_HOOKS = {
    "setup": ("stage",),
    "on_fit_start": (),
    "on_train_start": (),
    "on_train_epoch_start": (),
    "on_train_batch_start": ("batch", "batch_idx"),
    "on_train_batch_end": ("outputs", "batch", "batch_idx"),
}
_GIVEN: dict[str, Any] = {"stage": "fit", "batch_idx": 0}


class Trainer(Permissive):
    """What ``Trainer`` does with its callbacks, in the only process there is."""

    current_epoch = global_step = 0
    global_rank = local_rank = node_rank = 0
    is_global_zero = True
    num_nodes = world_size = 1

    def __init__(
        self, *args: Any, callbacks: Any = None, logger: Any = None, **kwargs: Any
    ) -> None:
        listed = callbacks if isinstance(callbacks, (list, tuple)) else [callbacks]
        given = [callback for callback in listed if callback is not None]
        object.__setattr__(self, "callbacks", given)
        loggers = logger if isinstance(logger, (list, tuple)) else [logger]
        for first in loggers[:1]:
            if not isinstance(first, (bool, type(None))):
                object.__setattr__(self, "logger", first)

    @classmethod
    def from_argparse_args(cls, args: Any, **kwargs: Any) -> Trainer:
        """What Lightning had before 2.0: the other arguments are in a namespace."""
        return cls(**kwargs)

    def fit(self, model: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Take the first step, in which each callback gets as far as stand-ins let it."""
        for callback, hook in self._hooks_of_user():
            values = [_GIVEN.get(n, attribute("Trainer", n)) for n in _HOOKS[hook]]
            with contextlib.suppress(Exception):
                getattr(callback, hook)(self, model, *values)
        return attribute("Trainer", "fitted")

    def _hooks_of_user(self) -> Iterator[tuple[Any, str]]:
        """The methods that the user's own callbacks have, in the order of the calls."""
        for hook in _HOOKS:
            for callback in self.callbacks:
                if not isinstance(callback, StandIn) and hasattr(type(callback), hook):
                    yield callback, hook


def configure() -> None:
    """Have it where a script looks for it."""
    for library in ("pytorch_lightning", "lightning.pytorch", "lightning"):
        KNOWN[f"{library}.Trainer"] = Trainer
        KNOWN[f"{library}.trainer.Trainer"] = Trainer
