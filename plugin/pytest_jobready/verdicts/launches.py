"""Which values a script is launched with to prove that each of them arrives.

Numbers, switches and parameters with choices get another value, while the command line
says what they were, as a job's fixed arguments may: launched values have to win. Texts and
paths keep theirs, since any other may name what isn't there, unless the project gives one;
for them the command line says something else, so that a value that arrives is the job's.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from pytest_jobready.verdicts.parameters import Candidate, Parameter, Typed

MANY = 1000  # steps or the like: fewer of them let a script get further


@dataclass(frozen=True)
class Launched:
    """One parameter in a launch.

    ``due`` is what every read has to see, ``otherwise`` what a script sees that the job's
    config doesn't reach. ``words`` stand for the same value on a command line, ``contrary``
    are those that the job's fixed arguments have.
    """

    parameter: Parameter
    json: Any
    due: Typed
    otherwise: Typed | None
    words: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The parameter's name."""
        return self.parameter.name


def unknown_overrides(
    overrides: Mapping[str, Any], keep: Sequence[str], parameters: Sequence[Parameter]
) -> list[str]:
    """One sentence for each configured name that is none, and each refused value."""
    names = [p.name for p in parameters]
    said = []
    for setting, listed in (("overrides", overrides), ("keep", keep)):
        for name in listed:
            if name not in names:
                near = get_close_matches(name.replace("-", "_"), names, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there are {_list(names)}"
                said.append(f"{setting}: {name} is no parameter: {hint}")
    for each in parameters:
        if each.refused is not None:
            value = overrides[each.name]
            said.append(f"overrides: {each.name} = {value!r} is refused: {each.refused}")
    return said


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def launch(
    parameters: Sequence[Parameter],
    config: Mapping[str, Any],
    overrides: Mapping[str, Any],
    kept: Collection[str],
) -> tuple[Launched, ...]:
    """What of the parameters can be proven, each with the value that proves it.

    ``config`` is what the plain run recorded; those in ``kept`` are left as they are. Of
    parameters that exclude each other only one that is set, or the first, is changed.
    """
    found: list[Launched] = []
    taken: set[str] = {name for p in parameters if p.name in kept for name in p.group}
    for parameter in sorted(parameters, key=lambda p: _is_default(p)):
        if parameter.name in kept or parameter.name in taken:
            continue
        launched = _launched(parameter, config, overrides)
        if launched is not None:
            taken |= parameter.group
            found.append(launched)
    order = [p.name for p in parameters]
    return tuple(sorted(found, key=lambda each: order.index(each.name)))


def _is_default(parameter: Parameter) -> bool:
    return parameter.value is None or parameter.value.text == parameter.default


def _launched(
    parameter: Parameter, config: Mapping[str, Any], overrides: Mapping[str, Any]
) -> Launched | None:
    if parameter.name not in overrides:
        chosen = another(parameter)
    elif parameter.kind == "Config":
        given = overrides[parameter.name]
        chosen = Candidate((), given, _typed(given))
    else:
        chosen = next(iter(parameter.candidates), None)
    if chosen is None:
        return _unchanged(parameter, config)
    return Launched(
        parameter,
        chosen.json,
        chosen.seen,
        parameter.value,
        chosen.words,
        _as_it_was(parameter),
    )


def _unchanged(parameter: Parameter, config: Mapping[str, Any]) -> Launched | None:
    """The recorded value, where a command line can say something else."""
    value = parameter.value
    if not parameter.recorded or value is None or not _has_a_place(parameter):
        return None
    for other in parameter.candidates:
        if other.words and not other.seen.is_same(value):
            recorded = config[parameter.key]
            return Launched(parameter, recorded, value, other.seen, (), other.words)
    return None


def _as_it_was(parameter: Parameter) -> tuple[str, ...]:
    """The words for the value of the plain run, where words can surely say it."""
    value = parameter.value
    if value is None or not _has_a_place(parameter):
        return ()
    if value.type not in ("int", "float", "str") or parameter.kind != "Store":
        return ()
    return (_long(parameter), str(value.value))


def _has_a_place(parameter: Parameter) -> bool:
    """Whether an option can be added to a command line without a look at the others.

    A positional word has its place among others, and one of several options that exclude
    each other would exclude the launched one.
    """
    return bool(parameter.flags) and not parameter.group and parameter.from_argv


def _long(parameter: Parameter) -> str:
    return max(parameter.flags, key=len)


def another(parameter: Parameter) -> Candidate | None:
    """Another value of a number, a switch or a parameter with choices; None for texts."""
    value = parameter.value.value if parameter.value is not None else None
    numbers = ("int", "float", "bool") if parameter.kind == "Config" else ("int", "float")
    if not parameter.has_choices and parameter.type in numbers:
        plain = _number(value)
        if plain is not None and (parameter.flags or parameter.kind == "Config"):
            words = (_long(parameter), repr(plain)) if parameter.flags else ()
            return Candidate(words, plain, _typed(plain))
    for candidate in parameter.candidates:
        seen = candidate.seen.value
        if parameter.has_choices:
            return candidate
        if _is_numeric(seen) and (value is None or _is_numeric(value)):
            # A function of the script's own makes a number of a word: jobs have the number.
            return candidate if isinstance(seen, list) else replace(candidate, json=seen)
    return None


def _number(value: object) -> bool | int | float | None:
    """A number that scripts most likely take in place of another.

    Doubling and halving keep what divides what; a share stays between 0 and 1.
    """
    if isinstance(value, bool):
        return not value
    if isinstance(value, int) and value >= MANY:
        return value // 2
    if isinstance(value, int) and value >= 0:
        return value * 2 if value > 1 else value + 1
    if isinstance(value, float) and math.isfinite(value) and value >= 0:
        return value * 0.5 if value else 0.5
    return None


def _is_numeric(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(_is_numeric, value))
    return isinstance(value, (bool, int, float))


def _typed(value: object) -> Typed:
    return Typed(type(value).__name__, repr(value))


def job_config(config: Mapping[str, Any], launched: Sequence[Launched]) -> dict[str, Any]:
    """The config of the job: what the plain run recorded, with the launched values."""
    return {**config, **{each.parameter.key: each.json for each in launched}}


def fixed_words(args: Sequence[str], launched: Sequence[Launched]) -> tuple[str, ...]:
    """A command line that says something else than the job; the last word counts."""
    return (*args, *(word for each in launched for word in each.contrary))


def same_words(args: Sequence[str], launched: Sequence[Launched]) -> tuple[str, ...]:
    """A command line that says the same as the job, for a run without one."""
    return (*args, *(word for each in launched for word in each.words))
