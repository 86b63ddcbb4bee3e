"""How options of one name are told apart: as simple_parsing does, which is run for it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from jobready.script.parsers.fields.simple_options import Spelling, told_apart

Fields = dict[str, Any]
# Names of fields, with the dataclasses that are fields themselves.
CASES: list[Fields] = [
    {"lr": 0.1, "a": {"lr": 0.1}},
    {"a": {"lr": 0.1}, "b": {"lr": 0.1}},
    {"a": {"lr": 0.1, "n": 1}, "b": {"lr": 0.1, "n": 1}, "n": 2},
    {"a": {"x": {"lr": 0.1}}, "b": {"x": {"lr": 0.1}}},
    {"a": {"x": {"lr": 0.1}, "lr": 1.0}, "b": {"x": {"lr": 0.1}}, "lr": 0.5},
    {"name": "", "a": {"name": ""}, "b": {"c": {"name": ""}}},
    {"a": {"on": False, "f": True}, "b": {"on": True, "f": True}},
    {"a": {"lr_max": 1.0}, "lr": {"max": 1.0}},
    {"plain": 1},
]


def made(name: str, fields: Fields) -> type:
    """A dataclass with these fields, and those that it has inside."""
    listed: list[Any] = []
    for key, value in fields.items():
        kind = made(key.capitalize(), value) if isinstance(value, dict) else type(value)
        default = dataclasses.field(default_factory=kind)
        if not isinstance(value, dict):
            default = dataclasses.field(default=value)
        listed.append((key, kind, default))
    return dataclasses.make_dataclass(name, listed)


def spellings(fields: Fields, path: tuple[str, ...]) -> list[Spelling]:
    """The same, as it is read: the own fields of a dataclass first."""
    own = [
        Spelling(name, (), path, isinstance(value, bool))
        for name, value in fields.items()
        if not isinstance(value, dict)
    ]
    inner = (
        each
        for name, value in fields.items()
        if isinstance(value, dict)
        for each in spellings(value, (*path, name))
    )
    return [*own, *inner]


@pytest.mark.parametrize("explicit", [False, True])
@pytest.mark.parametrize("fields", CASES)
def test_options_are_those_of_the_real_parser(fields: Fields, explicit: bool) -> None:
    library = pytest.importorskip("simple_parsing")
    how = library.ConflictResolution
    parser = library.ArgumentParser(
        conflict_resolution=how.EXPLICIT if explicit else how.AUTO
    )
    parser.add_arguments(made("Config", fields), "config")
    parser._preprocessing()
    real = {tuple(sorted(set(a.option_strings))) for a in parser._actions[1:]}
    ours = spellings(fields, ("config",))
    assert told_apart(ours, explicit=explicit)
    assert {tuple(sorted(each.options())) for each in ours} == real


def test_other_names_get_the_same_prefix() -> None:
    first = Spelling("lr", ("-l", "rate", "--Rate"), ("config", "a"))
    second = Spelling("lr", (), ("config", "b"))
    assert told_apart([first, second])
    assert first.options() == ("-a.l", "--a.lr", "--a.Rate", "--a.rate")
    assert second.options() == ("--b.lr",)


def test_options_that_nothing_tells_apart() -> None:
    assert not told_apart([Spelling("lr", (), ("a",)), Spelling("lr", (), ("a",))])
    again = [Spelling("lr", (), ("a",)), Spelling("lr", (), ("a",))]
    assert not told_apart(again, explicit=True)
