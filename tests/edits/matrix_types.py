"""Types and classes as training scripts give them to their parsers."""

from __future__ import annotations

import argparse
import ast
import enum
from pathlib import Path


class Color(enum.Enum):
    RED = "r"
    BLUE = "b"

    def __str__(self) -> str:
        return str(self.value)


class Number(enum.IntEnum):
    ONE = 1
    TWO = 2


class Crossed(enum.Enum):
    """Each member has the name that is the other's value."""

    A = "B"
    B = "A"


class StoreDict(argparse.Action):
    """``a:1 b:2`` as a dict, as rl_zoo3 and others have it."""

    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        pairs = (word.split(":") for word in values)
        setattr(namespace, self.dest, dict(pairs))


class Updated(argparse.Action):
    """``{'a': 1}`` over the dict that is there, as espnet has it."""

    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        before = getattr(namespace, self.dest) or {}
        setattr(namespace, self.dest, {**before, **ast.literal_eval(values)})


class Preset(argparse.Action):
    """Sets another parameter beside its own."""

    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        setattr(namespace, self.dest, values)
        namespace.lr = 9.0


class InData(argparse.Action):
    """Puts a folder before the text that it is given."""

    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        setattr(namespace, self.dest, f"data/{values}")


class Joined(argparse.Action):
    """Adds a word to what the arguments hold already."""

    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        before = getattr(namespace, self.dest)
        setattr(namespace, self.dest, f"{before} {values}" if before else values)


class Lower(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        setattr(namespace, self.dest, values.lower())


class OnOff(argparse.Action):
    """A pair of switches, from before argparse had one."""

    def __init__(self, option_strings, dest, default=None, **keywords):  # type: ignore[no-untyped-def]
        options = [*option_strings, *(f"--no-{o[2:]}" for o in option_strings)]
        super().__init__(options, dest, nargs=0, default=default)

    def __call__(self, parser, namespace, values, option_string=None):  # type: ignore[no-untyped-def]
        setattr(namespace, self.dest, not option_string.startswith("--no-"))


class Adam: ...


class Sgd: ...


def str2bool(text: str) -> bool:
    if text.lower() in ("yes", "true", "t", "1"):
        return True
    if text.lower() in ("no", "false", "f", "0"):
        return False
    raise argparse.ArgumentTypeError("Boolean value expected.")


def lower_true(text: str) -> bool:
    return {"true": True, "false": False}[text]


def percent(text: str) -> float:
    return float(text) / 100


def whole(text: str) -> int:
    return int(float(text))


def positive(text: str) -> float:
    if float(text) <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return float(text)


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def words(text: str) -> list[str]:
    return text.split(",")


def experiment(text: str) -> str:
    return "exp_" + text


def upper(text: str) -> str:
    return text.upper()


def optimizer(text: str) -> type:
    return {"adam": Adam, "sgd": Sgd}[text]


def maybe_int(text: str) -> int | None:
    return None if text.lower() == "none" else int(text)


def in_data(text: str) -> Path:
    return Path("data") / text


def existing(path: str) -> str:
    """A type that refuses the default it is given, where the folder isn't there."""
    if not Path(path).exists():
        raise argparse.ArgumentTypeError(f"{path} isn't there")
    return path
