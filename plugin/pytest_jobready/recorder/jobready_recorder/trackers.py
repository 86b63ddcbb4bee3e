"""Stand-ins for what starts runs itself: accelerate's Accelerator, Lightning's logger.

They call wandb as the real ones do (accelerate 1.15, lightning 2.6, mlx_lm), with the
difference that the logger starts its run at once, where the real one waits for the trainer.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

from .known import KNOWN
from .stand_ins import Permissive

# What modules have saved so far, for the logger that comes later.
_saved: list[Mapping[str, Any]] = []


class Accelerator(Permissive):
    """What ``accelerate.Accelerator`` does with runs, in the only process there is."""

    num_processes = 1
    process_index = local_process_index = 0
    is_main_process = is_local_main_process = True

    def __init__(self, *args: Any, log_with: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        names = log_with if isinstance(log_with, (list, tuple)) else [log_with]
        texts = [str(name).lower() for name in names]
        object.__setattr__(self, "tracks", any(t == "all" or "wandb" in t for t in texts))

    def init_trackers(
        self,
        project_name: str,
        config: Mapping[str, Any] | None = None,
        init_kwargs: Mapping[str, Any] | None = None,
    ) -> None:
        """Start a run, then put the config there."""
        if self.tracks:
            wandb = importlib.import_module("wandb")
            wandb.init(project=project_name, **(init_kwargs or {}).get("wandb", {}))
            if config:
                wandb.config.update(config, allow_val_change=True)

    def log(self, values: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        """Log to the run, if there is one."""
        if self.tracks:
            importlib.import_module("wandb").log(values)


class WandbLogger(Permissive):
    """What ``WandbLogger`` does with the run that it starts."""

    def __init__(
        self,
        name: str | None = None,
        *,
        project: str | None = None,
        config: Any = None,
        **kwargs: Any,
    ) -> None:
        wandb = importlib.import_module("wandb")
        run = wandb.init(name=name, project=project, config=config)
        super().__init__(experiment=run)
        for values in _saved:
            self.log_hyperparams(values)

    def log_hyperparams(self, params: Any) -> None:
        """Put them into the run's config."""
        values = params if isinstance(params, Mapping) else vars(params)
        self.experiment.config.update(values, allow_val_change=True)

    def log_metrics(self, metrics: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        """Log to the run."""
        self.experiment.log(metrics)


class WandBCallback(Permissive):
    """What the callback of mlx_lm does with the run that it starts."""

    def __init__(self, project_name: str, log_dir: str, config: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        wandb = importlib.import_module("wandb")
        wandb.init(project=project_name, config=config)

    def on_train_loss_report(self, train_info: Mapping[str, Any]) -> None:
        """Log to the run."""
        importlib.import_module("wandb").log(train_info)

    on_val_loss_report = on_train_loss_report


class LightningModule(Permissive):
    """What ``LightningModule`` keeps of the parameters that it is made with."""

    def save_hyperparameters(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is given, or else what the caller's ``__init__`` was given."""
        values = dict(sys._getframe(1).f_locals) if not args else {}
        for value in args:
            known = isinstance(value, Mapping)
            values |= value if known else getattr(value, "__dict__", {})
        for name in ("self", "__class__"):
            values.pop(name, None)
        object.__setattr__(self, "hparams", AttributeDict(values))
        if kwargs.get("logger", True):
            _record({k: v for k, v in values.items() if k not in _left_out(**kwargs)})


def _left_out(ignore: Any = (), **kwargs: Any) -> tuple[str, ...]:
    """The names that ``save_hyperparameters`` doesn't save."""
    return (ignore,) if isinstance(ignore, str) else tuple(ignore or ())


def _record(values: Mapping[str, Any]) -> None:
    """Show what a module saves in the run, as its trainer does when it fits it."""
    plain = {k: v for k, v in values.items() if isinstance(v, (bool, int, float, str))}
    _saved.append(plain)
    run = importlib.import_module("wandb").run
    if run is not None:
        run.config.update(plain, allow_val_change=True)


class AttributeDict(dict[str, Any]):
    """The ``hparams`` of a module: by attribute as by key."""

    def __getattr__(self, key: str) -> Any:
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key) from None

    __setattr__ = dict.__setitem__


def configure() -> None:
    """Have them where a script looks for them."""
    KNOWN["accelerate.Accelerator"] = Accelerator
    KNOWN["mlx_lm.tuner.callbacks.WandBCallback"] = WandBCallback
    for library in ("pytorch_lightning", "lightning.pytorch", "lightning"):
        KNOWN[f"{library}.LightningModule"] = LightningModule
        for module in ("loggers", "loggers.wandb"):
            KNOWN[f"{library}.{module}.WandbLogger"] = WandbLogger
