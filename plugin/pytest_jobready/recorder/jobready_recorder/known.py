"""Members of libraries that have a stand-in of their own, by their names."""

from __future__ import annotations

from typing import Any


def strtobool(val: str) -> int:
    """What distutils had until Python 3.12: 1 for true, 0 for false."""
    text = val.lower()
    if text in ("y", "yes", "t", "true", "on", "1"):
        return 1
    if text in ("n", "no", "f", "false", "off", "0"):
        return 0
    raise ValueError(f"invalid truth value {text!r}")


def spawn(fn: Any, args: tuple[Any, ...] = (), *_: Any, **__: Any) -> None:
    """What torch.multiprocessing has: the first worker, in this process."""
    fn(0, *args)


def available() -> bool:
    """What torch.cuda has: a device is there, so that `… and args.cuda` is read.

    So is wandb, which libraries are asked for as well.
    """
    return True


def broadcast(object_list: list[Any], *_: Any, **__: Any) -> list[Any]:
    """What accelerate.utils has, and torch.distributed: the only process keeps its own."""
    return object_list


KNOWN: dict[str, Any] = {}
# The same for members of whatever module, by how their names end.
KNOWN_ENDS: dict[str, Any] = {
    ".strtobool": strtobool,  # also of transformers.utils
    ".str_to_bool": strtobool,
    "multiprocessing.spawn": spawn,
    ".broadcast_object_list": broadcast,
    "cuda.is_available": available,
    ".is_wandb_available": available,
    # What accelerate and a Trainer have where they are launched without them.
    ".deepspeed_plugin": None,
    ".fsdp_plugin": None,
    ".is_deepspeed_enabled": False,
    ".is_fsdp_enabled": False,
    # The tokens that a tokenizer has for itself, of which texts are made.
    ".bos_token": "<s>",
    ".eos_token": "</s>",
    ".pad_token": "<pad>",
    ".unk_token": "<unk>",
    # Names of options that a model sets: none.
    "generation_config.to_dict": dict,
    # The types in a table of transformers, which an option's help is made of.
    "_MAPPING.keys()[].model_type": "bert",
}
