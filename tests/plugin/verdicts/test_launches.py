"""Which values a script is launched with, so that each can be seen to arrive."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_jobready.verdicts.launches import (
    Launched,
    another,
    fixed_words,
    job_config,
    launch,
    same_words,
    unknown_overrides,
)
from pytest_jobready.verdicts.parameters import Candidate, Parameter, Typed


def typed(value: object) -> Typed:
    return Typed(type(value).__name__, repr(value))


def parameter(name: str, value: object, type_: str = "None", **more: Any) -> Parameter:
    """A parameter at its default, recorded in the run's config."""
    given: dict[str, Any] = {
        "key": name,
        "recorded": True,
        "flags": (f"--{name}",),
        "default": repr(value),
        "value": typed(value),
        "type": type_,
    }
    return Parameter(name, **{**given, **more})


def candidate(value: object, *words: str) -> Candidate:
    return Candidate(words, value, typed(value))


TEXT = parameter("name", "base", candidates=(candidate("other", "--name=other"),))


def one(
    given: Parameter, config: dict[str, Any] | None = None, **settings: Any
) -> Launched | None:
    """The launch of one parameter."""
    recorded = {given.key: given.value.value if given.value else None}
    found = launch(
        [given],
        recorded if config is None else config,
        settings.get("overrides", {}),
        settings.get("kept", ()),
    )
    return found[0] if found else None


@pytest.mark.parametrize(
    ("value", "type_", "other"),
    [
        (32, "int", 64),
        (1, "int", 2),
        (0, "int", 1),
        (2000, "int", 1000),
        (2048, "int", 1024),
        (0.1, "float", 0.05),
        (1.0, "float", 0.5),
        (0.0, "float", 0.5),
        (1, "float", 2),
    ],
)
def test_another_number(value: object, type_: str, other: object) -> None:
    found = another(parameter("x", value, type_))
    assert found is not None
    assert (found.json, found.words) == (other, ("--x", repr(other)))


@pytest.mark.parametrize("value", [-1, float("inf"), float("nan"), None])
def test_a_number_that_means_something_else_gets_what_the_parser_takes(
    value: object,
) -> None:
    type_ = "float" if isinstance(value, float) else "int"
    offered = candidate(3, "--x=3")
    assert another(parameter("x", value, type_, candidates=(offered,))) == offered
    assert another(parameter("x", value, type_)) is None


def test_a_switch_is_turned() -> None:
    offered = candidate(True, "--amp")
    assert another(parameter("amp", False, candidates=(offered,))) == offered


def test_a_choice_is_another_one_even_if_it_is_a_text() -> None:
    offered = candidate("cnn", "--model=cnn")
    given = parameter("model", "mlp", has_choices=True, candidates=(offered,))
    assert another(given) == offered


def test_a_number_with_choices_is_one_of_them() -> None:
    offered = candidate(18, "--depth=18")
    given = parameter("depth", 34, "int", has_choices=True, candidates=(offered,))
    assert another(given) == offered


def test_lists_of_numbers_are_numbers() -> None:
    offered = candidate([3, 3], "--sizes", "3", "3")
    assert another(parameter("sizes", [8, 8], "int", candidates=(offered,))) == offered


def test_a_number_of_the_scripts_own_type_is_launched_as_a_number() -> None:
    offered = Candidate(("--width=65",), "65", typed(65))
    found = another(parameter("width", 64, "positive", candidates=(offered,)))
    assert found == Candidate(("--width=65",), 65, typed(65))


def test_a_table_is_not_replaced_by_a_number() -> None:
    offered = Candidate(("--extra=3",), "3", typed(3))
    given = parameter("extra", {"dropout": 0.1}, "loads", candidates=(offered,))
    assert another(given) is None


@pytest.mark.parametrize("words", [candidate("x", "--p=x"), candidate(["x"], "--p", "x")])
def test_texts_and_paths_have_no_other_value(words: Candidate) -> None:
    assert another(parameter("p", "a", "Path", candidates=(words,))) is None


def test_the_command_line_says_what_a_changed_value_was() -> None:
    found = one(parameter("lr", 0.1, "float"))
    assert found is not None
    assert (found.json, found.due) == (0.05, typed(0.05))
    assert found.contrary == ("--lr", "0.1")
    assert found.otherwise == typed(0.1)


def test_a_text_keeps_its_value_while_the_command_line_says_another() -> None:
    found = one(TEXT)
    assert found is not None
    assert (found.json, found.due) == ("base", typed("base"))
    assert found.contrary == ("--name=other",)
    assert found.otherwise == typed("other")


@pytest.mark.parametrize(
    "more",
    [
        {"flags": ()},  # a positional has its place
        {"group": frozenset(("name", "id"))},  # it would exclude what is launched
        {"from_argv": False},
        {"recorded": False},
    ],
)
def test_a_text_that_no_command_line_can_tell_apart_is_left_alone(
    more: dict[str, Any],
) -> None:
    assert one(parameter("name", "base", candidates=TEXT.candidates, **more)) is None


def test_a_configured_value_is_launched_as_the_parser_takes_it() -> None:
    seen = Typed("PosixPath", "PosixPath('b')")
    offered = Candidate(("--out", "b"), "b", seen)
    given = parameter("out", "a", "Path", candidates=(offered,))
    found = one(given, {"out": "a"}, overrides={"out": "b"})
    assert found is not None
    assert (found.json, found.due, found.words) == ("b", seen, ("--out", "b"))


def test_what_is_kept_is_not_launched() -> None:
    assert one(parameter("lr", 0.1, "float"), kept={"lr"}) is None


def test_of_what_excludes_each_other_the_one_that_is_set_is_changed() -> None:
    group = frozenset(("a", "b"))
    first = parameter("a", 1, "int", group=group)
    second = parameter("b", 5, "int", group=group, default="1")
    found = launch([first, second], {"a": 1, "b": 5}, {}, ())
    assert [(each.name, each.json, each.contrary) for each in found] == [("b", 10, ())]


def test_what_a_kept_one_excludes_is_left_alone() -> None:
    group = frozenset(("a", "b"))
    both = [parameter(name, 1, "int", group=group) for name in "ab"]
    assert launch(both, {}, {}, {"a"}) == ()


def test_a_parameter_is_launched_under_its_key() -> None:
    given = parameter("lr", 0.1, "float", key="learning_rate")
    found = launch([given], {"learning_rate": 0.1}, {}, ())
    assert job_config({"learning_rate": 0.1, "x": 1}, found) == {
        "learning_rate": 0.05,
        "x": 1,
    }


def test_command_lines_for_and_against_the_job() -> None:
    found = launch([parameter("lr", 0.1, "float"), TEXT], {"name": "base"}, {}, ())
    args = ("--data", "x")
    assert fixed_words(args, found) == (*args, "--lr", "0.1", "--name=other")
    assert same_words(args, found) == (*args, "--lr", "0.05")


def test_names_that_are_no_parameter_are_told_with_the_nearest() -> None:
    known = [parameter("learning_rate", 0.1, "float"), TEXT]
    assert unknown_overrides({"learning-rat": 1}, ("zzz",), known) == [
        "overrides: learning-rat is no parameter: did you mean learning_rate?",
        "keep: zzz is no parameter: there are learning_rate, name",
    ]
    assert unknown_overrides({"name": "x"}, ("learning_rate",), known) == []


def test_a_value_that_the_parser_refuses_is_told() -> None:
    known = [parameter("lr", 0.1, "float", refused="invalid float value: 'x'")]
    (said,) = unknown_overrides({"lr": "x"}, (), known)
    assert said == "overrides: lr = 'x' is refused: invalid float value: 'x'"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Typed("int", "1"), Typed("float", "1.0"), True),
        (Typed("list", "[1, 2]"), Typed("list", "[1.0, 2.0]"), True),
        (Typed("float", "nan"), Typed("float", "nan"), True),
        (Typed("str", "'1'"), Typed("int", "1"), False),
        (Typed("bool", "True"), Typed("int", "1"), False),
        (Typed("list", "[1]"), Typed("tuple", "(1,)"), False),
        (Typed("PosixPath", "PosixPath('a')"), Typed("PosixPath", "PosixPath('b')"), False),
        (Typed("str", "'a'"), Typed("PosixPath", "PosixPath('a')"), False),
    ],
)
def test_numbers_are_compared_as_numbers_and_types_count(
    first: Typed, second: Typed, same: bool
) -> None:
    assert first.is_same(second) is same
    assert second.is_same(first) is same
