"""How a script is rehearsed: what its table in ``[tool.jobready.jobs]`` says of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Stop = Literal["init", "first-log", "exit"]
STOPS = ("init", "first-log", "exit")
Checkout = Literal["working-tree", "HEAD"]
CHECKOUTS = ("working-tree", "HEAD")
StandIns = Literal["missing", "none"]
STAND_INS = ("missing", "none")
MOST_RANKS = 16  # processes on the user's machine


@dataclass(frozen=True)
class RehearsalSettings:
    """What the project says of the rehearsals of one script.

    ``rehearse`` is None where nothing is said. ``args`` is the command line of the plain
    run, and stands for the job's fixed arguments. ``overrides`` holds the values that
    parameters are launched with, ``keep`` the parameters that keep theirs. ``timeout`` is
    in seconds. ``ranks`` is the number of processes that a launcher such as torchrun would
    start; without it they are two, where the script asks for its rank. ``checkout`` and
    ``stand_ins`` are None where what the project says counts.
    """

    rehearse: bool | None = None
    stop: Stop = "first-log"
    timeout: float = 120.0
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict, hash=False)
    overrides: Mapping[str, Any] = field(default_factory=dict, hash=False)
    keep: tuple[str, ...] = ()
    ranks: int | None = None
    checkout: Checkout | None = None
    stand_ins: StandIns | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """What differs from the defaults, by key."""
        shown: dict[str, Any] = {}
        for key in REHEARSAL_KEYS:
            value = getattr(self, key.replace("-", "_"))
            if value != getattr(DEFAULT, key.replace("-", "_")):
                shown[key] = list(value) if isinstance(value, tuple) else value
        return shown


DEFAULT = RehearsalSettings()


@dataclass(frozen=True)
class WrongValue:
    """What a setting must be, said of a value that is something else."""

    expected: str


def rehearse_flag(value: object) -> bool | WrongValue:
    """Whether scripts are rehearsed without being asked to on the command line."""
    return value if isinstance(value, bool) else WrongValue("true or false")


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str | WrongValue]:
    """A check that a value is one of several words."""
    *others, last = (f'"{choice}"' for choice in choices)
    expected = f"{', '.join(others)} or {last}"

    def checked(value: object) -> str | WrongValue:
        found = isinstance(value, str) and value in choices
        return str(value) if found else WrongValue(f"{expected}, not {value!r}")

    return checked


_stop = _one_of(STOPS)
# Of which state of the repository scripts are rehearsed.
checkout = _one_of(CHECKOUTS)
# Whether something stands in for what scripts import and nobody finds.
stand_ins = _one_of(STAND_INS)


def _ranks(value: object) -> int | WrongValue:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_RANKS:
        return value
    return WrongValue(f"a number of processes from 1 to {MOST_RANKS}")


def _timeout(value: object) -> float | WrongValue:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return float(value)
    return WrongValue("a number of seconds above 0")


def _words(value: object) -> tuple[str, ...] | WrongValue:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return WrongValue('an array of words, like ["--data", "small"]')


def _env(value: object) -> dict[str, str] | WrongValue:
    if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
        return dict(value)
    return WrongValue('a table of texts, like {DATA = "/data"}')


def _overrides(value: object) -> dict[str, Any] | WrongValue:
    if not isinstance(value, dict):
        return WrongValue("a table of values, like {lr = 0.5}")
    strange = next((key for key, v in value.items() if not _is_json(v)), None)
    if strange is None:
        return dict(value)
    return WrongValue(f"a table of values that JSON has too, and {strange!r} is none")


def _keep(value: object) -> tuple[str, ...] | WrongValue:
    found = _words(value)
    if isinstance(found, WrongValue):
        return WrongValue('an array of names of parameters, like ["local_rank"]')
    return found


def _is_json(value: object) -> bool:
    if isinstance(value, list):
        return all(map(_is_json, value))
    if isinstance(value, dict):
        return all(map(_is_json, value.values()))
    return isinstance(value, (str, int, float, bool))


# The keys of a script's table, and what makes the value of one of what the file says.
REHEARSAL_KEYS: dict[str, Callable[[object], object]] = {
    "rehearse": rehearse_flag,
    "stop": _stop,
    "timeout": _timeout,
    "args": _words,
    "env": _env,
    "overrides": _overrides,
    "keep": _keep,
    "ranks": _ranks,
    "checkout": checkout,
    "stand-ins": stand_ins,
}
