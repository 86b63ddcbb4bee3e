"""Stand-ins for transformers: the parser that fills dataclasses, and the Trainer's run.

They add options, fill dataclasses and record as transformers 4.57 does
(``hf_argparser.py``, ``training_args.py``, ``WandbCallback``), with the fields that scripts
use most.
"""

from __future__ import annotations

import argparse
import dataclasses
import enum
import importlib
import json
import logging
import sys
import types
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .known import KNOWN, strtobool
from .reads import watch_class
from .stand_ins import Permissive, Version, attribute, is_stand_in

Strings = typing.Union[None, str, list[str]]  # noqa: UP007 (an object, on Python 3.10)


class HfArgumentParser(argparse.ArgumentParser):
    """A parser with an option for each field of some dataclasses."""

    def __init__(self, dataclass_types: Any = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        single = isinstance(dataclass_types, type)
        self.dataclass_types = [dataclass_types] if single else list(dataclass_types)
        for owner in self.dataclass_types:
            self._add_dataclass_arguments(owner)

    def _add_dataclass_arguments(self, owner: Any) -> None:
        hints = typing.get_type_hints(owner)
        for field in dataclasses.fields(owner):
            if field.init:
                self._add(field, hints[field.name])

    def _add(self, field: dataclasses.Field[Any], kind: Any) -> None:
        options: dict[str, Any] = dict(field.metadata)
        flags = [f"--{field.name}"]
        if "_" in field.name:
            flags.append(f"--{field.name.replace('_', '-')}")
        aliases = options.pop("aliases", [])
        flags += [aliases] if isinstance(aliases, str) else aliases
        if field.default is not dataclasses.MISSING:
            options["default"] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            options["default"] = field.default_factory()
        if typing.get_origin(kind) in (typing.Union, types.UnionType):
            members = [k for k in typing.get_args(kind) if k is not type(None)]
            kind = str if len(members) > 1 and str in members else members[0]
        if typing.get_origin(kind) is list:
            options |= {"type": typing.get_args(kind)[0], "nargs": "+"}
        elif typing.get_origin(kind) is typing.Literal:
            options |= _chosen(typing.get_args(kind))
        elif isinstance(kind, type) and issubclass(kind, enum.Enum):
            options |= _chosen([member.value for member in kind])
        elif kind is bool:
            options["type"] = _boolean
            if options.setdefault("default", False) is not None:
                options |= {"nargs": "?", "const": True}
        else:
            options["type"] = kind
        self.add_argument(*flags, required="default" not in options, **options)
        if kind is bool and field.default is True:
            off = [f"--no_{field.name}", f"--no-{field.name.replace('_', '-')}"]
            self.add_argument(*off, action="store_false", dest=field.name, default=False)

    def parse_args_into_dataclasses(
        self,
        args: Sequence[str] | None = None,
        return_remaining_strings: bool = False,
        **files: Any,
    ) -> tuple[Any, ...]:
        """The dataclasses, filled from the command line.

        Behind them a namespace of the options that belong to none, if there are any.
        """
        words = sys.argv[1:] if args is None else list(args)
        namespace, left = self.parse_known_args(words)
        values = dict(object.__getattribute__(namespace, "__dict__"))
        if left and not return_remaining_strings:
            text = f"Some specified arguments are not used by the HfArgumentParser: {left}"
            raise ValueError(text)
        found = self.parse_dict(values, allow_extra_keys=True)
        names = {f.name for c in self.dataclass_types for f in dataclasses.fields(c)}
        others = {name: value for name, value in values.items() if name not in names}
        if others:
            found = (*found, argparse.Namespace(**others))
        return (*found, left) if return_remaining_strings else found

    def parse_dict(
        self, args: dict[str, Any], allow_extra_keys: bool = False
    ) -> tuple[Any, ...]:
        """The dataclasses, filled from a dict."""
        found = []
        for owner in self.dataclass_types:
            watch_class(owner)
            names = {f.name for f in dataclasses.fields(owner) if f.init}
            found.append(owner(**{k: v for k, v in args.items() if k in names}))
        return tuple(found)

    def parse_json_file(self, json_file: Any, **extra: Any) -> tuple[Any, ...]:
        """The dataclasses, filled from a file."""
        return self.parse_dict(json.loads(Path(json_file).read_text("utf-8")), **extra)

    def parse_yaml_file(self, yaml_file: Any, **extra: Any) -> tuple[Any, ...]:
        """The dataclasses, filled from a file."""
        yaml = importlib.import_module("yaml")
        return self.parse_dict(yaml.safe_load(Path(yaml_file).read_text("utf-8")), **extra)


def _chosen(values: Sequence[Any]) -> dict[str, Any]:
    known = {str(value): value for value in values}
    of_text: Callable[[str], Any] = lambda text: known.get(text, text)  # noqa: E731
    return {"choices": list(values), "type": of_text}


def _boolean(text: str | bool) -> bool:
    return text if isinstance(text, bool) else bool(strtobool(text))


@dataclasses.dataclass
class TrainingArguments:
    """The arguments of a Trainer that scripts give or read."""

    output_dir: str | None = None
    overwrite_output_dir: bool = False
    do_train: bool = False
    do_eval: bool = False
    do_predict: bool = False
    eval_strategy: str = "no"
    per_device_train_batch_size: int = 8
    per_device_eval_batch_size: int = 8
    gradient_accumulation_steps: int = 1
    learning_rate: float = 5e-5
    weight_decay: float = 0.0
    max_grad_norm: float = 1.0
    num_train_epochs: float = 3.0
    max_steps: int = -1
    lr_scheduler_type: str = "linear"
    warmup_ratio: float = 0.0
    warmup_steps: int = 0
    logging_steps: float = 500
    save_strategy: str = "steps"
    save_steps: float = 500
    save_total_limit: int | None = None
    seed: int = 42
    bf16: bool = False
    fp16: bool = False
    local_rank: int = -1
    dataloader_num_workers: int = 0
    run_name: str | None = None
    remove_unused_columns: bool = True
    label_names: list[str] | None = None
    load_best_model_at_end: bool = False
    deepspeed: str | None = None
    optim: str = "adamw_torch"
    group_by_length: bool = False
    report_to: Strings = None
    push_to_hub: bool = False
    resume_from_checkpoint: str | None = None
    gradient_checkpointing: bool = False

    def __post_init__(self) -> None:
        """Spell out where runs are reported to, as W&B is installed: by default there."""
        if self.output_dir is None:
            self.output_dir = "trainer_output"
        if self.report_to in (None, "all", ["all"]):
            self.report_to = ["wandb"]
        elif isinstance(self.report_to, str):
            self.report_to = [] if self.report_to == "none" else [self.report_to]

    # Fields that subclasses may add their own to.
    _VALID_DICT_FIELDS: typing.ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        return attribute("TrainingArguments", name)

    def get_process_log_level(self) -> int:
        """What a Trainer logs by: warnings."""
        return logging.WARNING

    def to_dict(self) -> dict[str, Any]:
        """What a run records, with what it is given that is no field here."""
        names = [f.name for f in dataclasses.fields(self) if f.init]
        names += vars(self).get("_others", ())
        values = {name: getattr(self, name) for name in names}
        masked = {n: f"<{n.upper()}>" for n in names if n.endswith("_token")}
        plain = {k: v.value for k, v in values.items() if isinstance(v, enum.Enum)}
        return values | plain | masked


@dataclasses.dataclass
class Seq2SeqTrainingArguments(TrainingArguments):
    """The same for a Seq2SeqTrainer, with what it asks for besides."""

    sortish_sampler: bool = False
    predict_with_generate: bool = False
    generation_max_length: int | None = None
    generation_num_beams: int | None = None


def _fill_known(owner: Any) -> None:
    """Let a class take arguments that are no fields here as well: real ones are many."""
    fill = owner.__init__
    fields = {f.name for f in dataclasses.fields(owner)}

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        fill(self, *args, **{k: v for k, v in kwargs.items() if k in fields})
        others = {k: v for k, v in kwargs.items() if k not in fields}
        plain = [k for k, v in others.items() if not is_stand_in(v)]
        vars(self).update(others, _others=plain)

    owner.__init__ = __init__


_fill_known(TrainingArguments)
_fill_known(Seq2SeqTrainingArguments)


def _arguments_of(kind: str) -> type:
    """The arguments of a trainer of trl, such as SFTConfig: with fields of its own."""
    made: type = dataclasses.dataclass(type(f"{kind}Config", (TrainingArguments,), {}))
    _fill_known(made)
    return made


class Trainer(Permissive):
    """What ``transformers.Trainer`` does with the run that it starts."""

    def __init__(self, model: Any = None, args: Any = None, **kwargs: Any) -> None:
        super().__init__(model=model, args=args, **kwargs)

    def train(self, *args: Any, **kwargs: Any) -> Any:
        """Start a run where W&B is among what it reports to."""
        if "wandb" in self.args.report_to:
            wandb = importlib.import_module("wandb")
            if wandb.run is None:
                wandb.init(project="huggingface", name=self.args.run_name)
            wandb.config.update(self.args.to_dict(), allow_val_change=True)
            wandb.log({"train/loss": 1.0})
        return attribute("Trainer", "trained")


# How transformers names what logging has: see get_process_log_level.
LOG_LEVELS = {
    "detail": logging.DEBUG,
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
}


def configure() -> None:
    """Have them where a script looks for them."""
    KNOWN["transformers.__version__"] = Version("4.57.0")
    KNOWN["transformers.utils.logging.log_levels"] = LOG_LEVELS
    for modules, made in (
        (("hf_argparser", "HfArgumentParser"), HfArgumentParser),
        (("training_args", "TrainingArguments"), TrainingArguments),
        (("training_args_seq2seq", "Seq2SeqTrainingArguments"), Seq2SeqTrainingArguments),
        (("trainer", "Trainer"), Trainer),
        (("trainer_seq2seq", "Seq2SeqTrainer"), Trainer),
    ):
        module, name = modules
        KNOWN[f"transformers.{name}"] = KNOWN[f"transformers.{module}.{name}"] = made
    for kind in (
        *("CPO", "DPO", "Distillation", "GRPO", "KTO", "ORPO", "PPO", "RLOO", "Reward"),
        "SFT",
    ):
        trainer = type(f"{kind}Trainer", (Trainer,), {})  # a class may derive from both
        for part, known in (("Trainer", trainer), ("Config", _arguments_of(kind))):
            name, lower = f"{kind}{part}", kind.lower()
            for module in (
                *("trl", f"trl.trainer.{lower}_{part.lower()}"),
                f"trl.experimental.{lower}",
            ):
                KNOWN[f"{module}.{name}"] = known
