"""Types and classes as training scripts give them to their parsers."""

from __future__ import annotations

import argparse
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
